import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../commands/command-line.ts';
import { build, GOLDEN, published } from '../published.ts';
import { startedSandbox } from '../running-sandbox.ts';
import type { Part } from '../statements.ts';
import { baseOf, definitionOf, versionOf } from './wanted.ts';

const PYTHON = join(process.env.REGILD_PEERS ?? '', 'sdk/bin/python');

/** Microsoft's Python SDKs, pointed by the variables that `regild sandbox` prints, read all that regild made, field by field. */
export async function sdk({ prove, folder }: Part): Promise<void> {
  await writeFile(join(folder, 'images.yaml'), `version: 1\nimages:\n${GOLDEN}`);
  const sandbox = await startedSandbox(folder);
  try {
    const made = await published(folder, await build(folder, sandbox.variables), 'web');
    const { publisher, offer, sku, version: base } = made.plan.base.urn;
    const words = ['rg-images', 'gal_golden', 'web', made.version.version, made.plan.location, publisher, offer, sku, base];
    const { code, stdout, stderr } = await run(PYTHON, [join(import.meta.dirname, 'read.py'), ...words], {
      folder,
      environment: sandbox.variables,
    });
    await prove('they log in and read', async () => assert.equal(code, 0, stderr));
    const read = JSON.parse(stdout);
    await prove('every field of the definition is the planned one', async () => assert.deepEqual(read.definition, definitionOf(made)));
    await prove('every field of the version is the published one', async () =>
      assert.deepEqual(read.version, versionOf(made, read.version)),
    );
    await prove('the base is what the plan says of it', async () => assert.deepEqual(baseOf(read.base), made.plan.base));
    await prove('the definition has no other version, and Image Builder no template', async () => {
      assert.deepEqual([read.versions, read.templates], [[made.version.version], []]);
    });
  } finally {
    await sandbox.close();
  }
}
