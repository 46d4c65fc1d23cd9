import assert from 'node:assert/strict';
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWords } from '../../src/commands/run-words.ts';
import { Inventory } from '../../src/model/index.ts';

/** What is kept of the newest version's content, below a folder. */
async function inventoryOf(folder: string): Promise<string> {
  const found = await Array.fromAsync(glob('.regild/runs/*/web-golden/record/inventory.json', { cwd: folder }));
  const newest = found.toSorted().at(-1);
  assert.ok(newest !== undefined, 'no inventory is kept');
  return newest;
}

/** An inventory as another AMI would have it: a newer package, one that is gone, one that is new, a file that was changed, and a database that could not be read. */
function anotherAmi(text: string): string {
  const inventory = Inventory.parse(JSON.parse(text));
  const { packages, content, unread } = inventory;
  return JSON.stringify({
    ...inventory,
    source: { kind: 'snapshot', name: 'ami-0000000000000000b (snap-0000000000000000b)', simulated: true },
    packages: [
      ...packages
        .filter(({ name }) => name !== 'postgresql-client')
        .map((each) => (each.name === 'nginx' ? { ...each, version: '1.26.0-1' } : each)),
      { manager: 'deb', name: 'zz<b>bold</b>', version: '1|2' },
    ],
    content: content.map((each) => (each.path === '/opt/shop/settings.toml' ? { ...each, mode: '0666', sha256: '0'.repeat(64) } : each)),
    unread: [...unread, { place: '/var/lib/dpkg/status', reason: 'it has <script>1</script> bytes' }],
  });
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
    await writeFile(join(folder, 'other.json'), anotherAmi(await page('inspect web-golden --json')));
    return [
      ['build-image', await page('report --format html')],
      ['inspect', await page('inspect web-golden --format html')],
      ['parity', await page(`inspect web-golden --against ${await inventoryOf(folder)} --format html`)],
      ['lineage', await page('lineage --format html')],
      ['diff', await page('diff web-golden --format html')],
      ['diff-amis', await page('diff ami-064b0f5e3937918bf other.json --sandbox --region eu-west-1 --format html')],
      ['refresh', await page('refresh --check --format html', 10)],
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
