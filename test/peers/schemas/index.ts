import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT, regild, run } from '../../commands/command-line.ts';
import type { Part } from '../statements.ts';

const CHECK = join(process.env.REGILD_PEERS ?? '', 'schemas/bin/check-jsonschema');

interface Judged {
  readonly system: 'github' | 'azure' | 'gitlab';
  readonly schema: string;
  readonly files: readonly string[];
  readonly words: readonly string[];
  /** A mistake in the first file that the schema has to find. */
  readonly mistake: readonly [right: string, wrong: string];
}

const JUDGED: readonly Judged[] = [
  {
    system: 'github',
    schema: 'vendor.github-workflows',
    files: ['.github/workflows/images.yml'],
    words: [],
    mistake: ['runs-on:', 'run-on:'],
  },
  {
    system: 'azure',
    schema: 'vendor.azure-pipelines',
    files: ['azure-pipelines-images.yml'],
    words: ['--regex-variant', 'python'],
    mistake: ['scriptType: bash', 'scriptType: sh'],
  },
  {
    system: 'gitlab',
    schema: 'vendor.gitlab-ci',
    files: ['.gitlab/regild-image.yml', '.gitlab/regild.yml'],
    words: ['--data-transform', 'gitlab-ci'],
    mistake: ['image: node:24', 'image: [24]'],
  },
];

/** What the published schemas of GitHub, Azure Pipelines and GitLab say of the files that `ci init` writes, and of the action. */
export async function schemas({ prove, folder }: Part): Promise<void> {
  for (const judged of JUDGED) {
    const repository = join(folder, judged.system);
    await mkdir(repository, { recursive: true });
    await cp(join(ROOT, 'images.yaml'), join(repository, 'images.yaml'));
    const written = await regild(['ci', 'init', '--for', judged.system], { folder: repository });
    await prove(`${judged.system}: what ci init writes`, async () => {
      assert.equal(written.code, 0, written.stderr);
      for (const file of judged.files) await holds(judged, join(repository, file));
    });
    await prove(`${judged.system}: a mistake in it is found`, async () => {
      const path = join(repository, judged.files[0] ?? '');
      const text = await readFile(path, 'utf8');
      const broken = join(repository, 'broken.yml');
      await writeFile(broken, text.replace(...judged.mistake));
      assert.notEqual(await readFile(broken, 'utf8'), text);
      await assert.rejects(holds(judged, broken));
    });
  }
  await prove('the child pipeline that ci matrix prints for GitLab', async () => {
    const { stdout } = await regild(['ci', 'matrix', '--format', 'gitlab'], { folder: join(folder, 'gitlab') });
    const path = join(folder, 'child.json');
    await writeFile(path, stdout);
    await check(['--builtin-schema', 'vendor.gitlab-ci', path], folder);
  });
  await prove("regild's own action", () => check(['--builtin-schema', 'vendor.github-actions', join(ROOT, 'action.yml')], folder));
}

async function holds({ system, schema, words }: Judged, path: string): Promise<void> {
  await check(['--builtin-schema', schema, ...words, await AS_READ[system](path)], join(path, '..'));
}

/** A file as the schema has to see it. */
const AS_READ: Readonly<Record<Judged['system'], (path: string) => Promise<string>>> = {
  github: async (path) => path,
  azure: asAzureReads,
  gitlab: asJobs,
};

async function check(words: readonly string[], folder: string): Promise<void> {
  const { code, stdout, stderr } = await run(CHECK, words, { folder });
  assert.equal(code, 0, `${stdout}${stderr}`.slice(-2000));
}

/** A job whose name begins with a dot is extended by others, and its schema passes over it: as a job of its own it is looked at. */
async function asJobs(path: string): Promise<string> {
  const shown = `${path}.shown.yml`;
  await writeFile(shown, (await readFile(path, 'utf8')).replaceAll(/^\.(?=\w)/gm, ''));
  return shown;
}

/**
 * Azure's schema is written for its editor, which hands it every scalar as a text but for the inputs of a task; and it lists UseNode@1 without its shape. The
 * file as that editor reads it, without those steps, as JSON beside it.
 */
async function asAzureReads(path: string): Promise<string> {
  const document: unknown = parse(await readFile(path, 'utf8'));
  const json = `${path}.json`;
  await writeFile(json, JSON.stringify(asTexts(document)));
  return json;
}

function asTexts(value: unknown, key?: string): unknown {
  if (key === 'inputs') return value;
  if (Array.isArray(value)) return value.filter((step) => step?.task !== 'UseNode@1').map((item) => asTexts(item));
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asTexts(item, name)]));
}
