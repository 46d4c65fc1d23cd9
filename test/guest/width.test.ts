import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** The width that TypeScript is held to as well. */
const WIDEST = 140;

test('no line of a guest script is wider than a line of TypeScript', async () => {
  const folder = new URL('../../scripts/', import.meta.url);
  const paths = (await readdir(folder, { recursive: true })).filter((path) => /\.(sh|ps1)$/.test(path));
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(new URL(path, folder), 'utf8') })));
  expect(texts.length).toBeGreaterThan(100);
  const wide = texts.flatMap(({ path, text }) =>
    text.split(/\r?\n/).flatMap((line, index) => (line.length > WIDEST ? [`scripts/${path}:${index + 1}`] : [])),
  );
  expect(wide).toEqual([]);
});
