import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, run } from '../../commands/command-line.ts';
import type { Part } from '../statements.ts';

const HADOLINT = join(process.env.REGILD_PEERS ?? '', 'hadolint', 'bin', 'hadolint');

/** What hadolint says of the Dockerfile. No engine builds it here. */
export async function hadolint({ prove, folder }: Part): Promise<void> {
  const lint = (path: string) => run(HADOLINT, ['--no-color', '--failure-threshold', 'info', path], { folder });
  await prove('the Dockerfile', async () => {
    const { code, stdout } = await lint(join(ROOT, 'Dockerfile'));
    assert.deepEqual([code, stdout], [0, '']);
  });
  await prove('a Dockerfile with a mistake is told', async () => {
    const path = join(folder, 'Dockerfile');
    const text = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
    await writeFile(path, text.replaceAll(':24.21.0-trixie-slim', ''));
    const { code, stdout } = await lint(path);
    assert.equal(code, 1);
    assert.match(stdout, /DL3006/);
  });
}
