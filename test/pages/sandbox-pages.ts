import assert from 'node:assert/strict';
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWords } from '../../src/commands/run-words.ts';

/** What is kept of the newest version's content, below a folder. */
async function inventoryOf(folder: string): Promise<string> {
  const found = await Array.fromAsync(glob('.regild/runs/*/web-golden/record/inventory.json', { cwd: folder }));
  const newest = found.toSorted().at(-1);
  assert.ok(newest !== undefined, 'no inventory is kept');
  return newest;
}

/** The pages of verbs, as they are in a project with two versions of one image, built in the sandbox that remembers: what was inspected, carried and lost stands in them. */
export async function sandboxPages(): Promise<readonly (readonly [name: string, html: string])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'regild-pages-'));
  const page = async (words: string, ...ends: readonly number[]) => {
    const said: string[] = [];
    const code = await runWords(words.split(' '), {
      environment: { REGILD_SANDBOX_SPEED: '5000', PATH: process.env.PATH, HOME: folder },
      folder,
      out: (text) => said.push(text),
      tell: (text) => said.push(text),
      diagnostics: { write: () => true } as unknown as NodeJS.WriteStream,
      interactive: false,
      color: false,
      signal: new AbortController().signal,
      now: () => new Date(),
    });
    assert.ok([0, ...ends].includes(code), `${words} ended with ${code}`);
    return said.join('');
  };
  try {
    await page('init');
    const manifest = join(folder, 'images.yaml');
    await writeFile(manifest, `${(await readFile(manifest, 'utf8')).trimEnd()}\n    refresh: { every: 7d }\n`);
    await page('build');
    await page('sandbox advance 8d');
    await writeFile(
      manifest,
      (await readFile(manifest, 'utf8')).replace('customize: []', 'customize: [{ packages: [nginx, postgresql-client] }]'),
    );
    await page('build');
    await page('sandbox advance 8d');
    return [
      ['build-image', await page('report --format html')],
      ['inspect', await page('inspect web-golden --format html')],
      ['parity', await page(`inspect web-golden --against ${await inventoryOf(folder)} --format html`)],
      ['lineage', await page('lineage --format html')],
      ['diff', await page('diff web-golden --format html')],
      ['refresh', await page('refresh --check --format html', 10)],
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
