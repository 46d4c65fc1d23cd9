import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseManifest } from '../../src/manifest/index.ts';
import { STAGES } from '../../src/model/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));

/** Manifests that a page shows whole. */
const manifests = pages.flatMap((page) =>
  [...read(`docs/${page}`).matchAll(/^```yaml\n(version: 1\nimages:\n {2}\S+:\n {4}source:[\s\S]*?)^```/gm)].map(
    ([, text = ''], index) => [`${page} ${index + 1}`, text] as const,
  ),
);

test('there are manifests in the pages', () => {
  expect(manifests.length).toBeGreaterThan(5);
});

test.each(manifests)('the manifest of docs/%s is one', (_name, text) => {
  expect(parseManifest(text, 'images.yaml', {}).issues).toEqual([]);
});

/** Headings of a page as GitHub makes anchors of them. */
function anchors(page: string): readonly string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(pages)('the anchors that docs/%s links to are there', (page) => {
  const links = [...read(`docs/${page}`).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
  const gone = links.filter(([, path = '', anchor = '']) => {
    const target = path === '' ? `docs/${page}` : join('docs', page, '..', path);
    return target.endsWith('.md') && !anchors(target).includes(anchor);
  });
  expect(gone.map(([link]) => link)).toEqual([]);
});

test('every page that a message, a script or a test names is there', () => {
  const files = ['src', 'scripts', 'test', '.ci'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|sh|ps1|hbs|py|js)$/.test(name) && !name.includes('node_modules'))
      .map((name) => `${folder}/${name}`),
  );
  const named = files.flatMap((file) =>
    [...read(file).matchAll(/(?<![\w/.-])docs\/[a-z-]+\/[a-z0-9-]+\.md|(?<![\w/.-])docs\/[a-z-]+\.md/g)].map(([path]) => path),
  );
  const known = new Set(pages.map((page) => `docs/${page}`));
  expect([...new Set(named)].filter((path) => !known.has(path))).toEqual([]);
});

test('docs/reference/environment.md has every variable that the source reads, and no other', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ts|js)$/.test(name));
  const text = sources.map((name) => read(`src/${name}`)).join('\n');
  const found = [...text.matchAll(/\b(?:environment|process\.env)\??\.([A-Z][A-Z0-9_]+)\b|\.env\('([A-Z_]+)'\)/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  const page = [...read('docs/reference/environment.md').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name);
  expect([...new Set(found)].filter((name) => !page.includes(name))).toEqual([]);
  expect(page.filter((name) => name !== 'NAME' && !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});

test('docs/reference/run-folder.md names the file of every stage', () => {
  const files = Object.values(STAGES).map(({ file }) => file);
  expect(files.filter((file) => !read('docs/reference/run-folder.md').includes(`/${file}\``))).toEqual([]);
});

test('docs/README.md leads to every page', () => {
  const index = read('docs/README.md');
  expect(pages.filter((page) => page !== 'README.md' && !index.includes(`](${page})`))).toEqual([]);
});

test('docs/README.md tells of every example, which all name the schema for editors', () => {
  const examples = readdirSync(join(ROOT, 'docs/examples')).filter((name) => name.endsWith('.yaml'));
  const index = read('docs/README.md');
  expect(examples.filter((name) => !index.includes(`](examples/${name})`))).toEqual([]);
  expect(examples.filter((name) => !read(`docs/examples/${name}`).startsWith('# yaml-language-server: $schema='))).toEqual([]);
});
