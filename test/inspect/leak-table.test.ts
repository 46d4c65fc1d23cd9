import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';

const SCRIPT = readFileSync(join(import.meta.dirname, '../../scripts/linux/leak-scan.sh'), 'utf8');
const { leakRules } = await loadCatalog();

/** A shell word without its quotes. */
const words = (line: string) => [...line.matchAll(/'([^']*)'|([^\s']+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

test('the scan of a running guest and the catalog know the same paths', () => {
  const inScript = [...SCRIPT.matchAll(/^ *found_paths (SL-\d\d .*)$/gm)].map(([, rest = '']) => words(rest));
  const inCatalog = leakRules.flatMap(({ id, paths }) =>
    paths.map(({ severity, kind, globs }) => [id.toUpperCase(), severity, kind, ...globs]),
  );
  const sorted = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).sort();
  expect(inScript.length).toBeGreaterThan(20);
  expect(sorted(inCatalog)).toEqual(sorted(inScript));
});

test('and the same patterns', () => {
  const named = [...SCRIPT.matchAll(/^(?:PRIVATE_KEY|AWS_ID|AWS_SECRET|STORAGE_KEY|TOKEN)=(.*)$/gm)].map(([, value = '']) =>
    unquote(value),
  );
  const looked = [...SCRIPT.matchAll(/regild_files_with \S+ '([^']*)' \| while .* found SL/g)].map(([, pattern = '']) => pattern);
  const inCatalog = leakRules.flatMap(({ texts }) => texts.map(({ pattern }) => pattern));
  expect([...named, ...looked].length).toBeGreaterThan(8);
  expect([...inCatalog].sort()).toEqual([...named, ...looked].sort());
});

/** `'a'\''b'` of a shell is `a'b`. */
function unquote(text: string): string {
  return text.slice(1, -1).replaceAll("'\\''", "'");
}
