import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT, regild, run } from '../commands/command-line.ts';
import { scenarioFolders } from '../scenarios/folders.ts';
import { environmentOfPacker, PACKER } from './packer-program.ts';
import type { Part } from './statements.ts';

const SCENARIOS = join(ROOT, 'test/scenarios');
const EXAMPLES = join(ROOT, 'docs/examples');

/** What HashiCorp's Packer says of every folder that regild writes for it; without the Azure plugin, which no registry here has. */
export async function packer({ prove, folder }: Part): Promise<void> {
  await prove('it is the pinned one', async () => {
    assert.match((await run(PACKER, ['version'], { folder })).stdout, /^Packer v1\.16\.0$/m);
  });
  // Laid out as in the checkout, since scenarios name disks beside their folder.
  await mkdir(join(folder, 'test/scenarios'), { recursive: true });
  await symlink(join(ROOT, 'test/inspect'), join(folder, 'test/inspect'));
  const scenarios = await rendered(join(folder, 'test/scenarios/all'), await scenarioManifest(), scenarioFolders());
  const examples = await rendered(join(folder, 'examples'), await exampleManifest(), [EXAMPLES]);
  await prove('every scenario is rendered for it', async () => {
    assert.deepEqual(
      scenarios.map((path) => basename(join(path, '..'))),
      scenarioFolders()
        .map((path) => basename(path))
        .toSorted(),
    );
  });
  for (const path of [...scenarios, ...examples]) {
    await prove(`fmt, validate and inspect: ${basename(join(path, '..'))}`, async () => {
      for (const words of [['fmt', '-check', '-diff'], ['validate', '-syntax-only'], ['inspect']]) {
        const { code, stdout, stderr } = await run(PACKER, [...words, '.'], { folder: path, environment: environmentOfPacker(folder) });
        assert.deepEqual([words[0], code, stderr], [words[0], 0, ''], stdout);
        assert.doesNotMatch(stdout, /warning/i);
      }
    });
  }
}

/** The Packer folders of all images of a manifest, sorted; the files that its entries name lie in `files/` of these folders. */
async function rendered(folder: string, manifest: unknown, sources: readonly string[]): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'images.yaml'), stringify(manifest));
  for (const files of sources.map((source) => join(source, 'files'))) {
    if (existsSync(files)) await cp(files, join(folder, 'files'), { recursive: true });
  }
  const { code, stderr } = await regild(['render', '--sandbox'], { folder });
  // A blocked image is rendered too, without what Packer cannot do.
  assert.ok(code === 0 || code === 2, stderr);
  const out = join(folder, 'rendered');
  return (await readdir(out)).toSorted().map((image) => join(out, image, 'packer'));
}

async function scenarioManifest(): Promise<unknown> {
  const images = scenarioFolders().map(async (path) => [basename(path), await yaml(join(path, 'image.yaml'))]);
  const defaults = await yaml(join(SCENARIOS, 'defaults.yaml'));
  return { version: 1, defaults: { ...defaults, engine: 'packer' }, images: Object.fromEntries(await Promise.all(images)) };
}

async function exampleManifest(): Promise<unknown> {
  const manifest = await yaml(join(EXAMPLES, 'fleet.yaml'));
  return { ...manifest, defaults: { ...Object(manifest.defaults), engine: 'packer' } };
}

async function yaml(path: string): Promise<Readonly<Record<string, unknown>>> {
  return parse(await readFile(path, 'utf8'));
}
