import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';

/** A line that goes on ends with a backslash. */
const SCRIPT = readFileSync(join(import.meta.dirname, '../../scripts/linux/leak-scan.sh'), 'utf8').replaceAll(/\\\n\s*/g, '');
const catalog = await loadCatalog();
const leakRules = catalog.leakRules.filter(({ os }) => os === 'linux');
const onWindows = catalog.leakRules.filter(({ os }) => os === 'windows');
const WINDOWS = readFileSync(join(import.meta.dirname, '../../scripts/windows/leak-scan.ps1'), 'utf8')
  .replaceAll(/' \+\r?\n\s+'/g, '')
  .replaceAll(/\r?\n\s+'/g, " '");

/** A shell word without its quotes. */
const words = (line: string) => [...line.matchAll(/'([^']*)'|([^\s']+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

test('the scan of a running guest and the catalog know the same paths', () => {
  const inScript = [...SCRIPT.matchAll(/^.*\bfound_paths (SL-\d\d [a-z].*)$/gm)].map(([, rest = '']) => words(rest));
  const inCatalog = leakRules.flatMap(({ id, paths }) =>
    paths.map(({ severity, kind, globs }) => [id.toUpperCase(), severity, kind, ...globs]),
  );
  const sorted = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).sort();
  expect(inScript.length).toBeGreaterThan(20);
  expect(sorted(inCatalog)).toEqual(sorted(inScript));
});

test('and the same patterns', () => {
  const looked = [...SCRIPT.matchAll(/\bfound_text (SL-\d\d [a-z].*)$/gm)].map(([, rest = '']) => words(rest).at(-1) ?? '');
  const inCatalog = leakRules.flatMap(({ texts }) => texts.map(({ pattern }) => pattern));
  expect([...namedPatterns(), ...looked].length).toBeGreaterThan(8);
  expect([...inCatalog].sort()).toEqual([...namedPatterns(), ...looked].sort());
});

test('what a disk of Windows is looked through for, the scan of a running Windows looks for too', () => {
  const called = [...WINDOWS.matchAll(/Find-RegildPaths '(SW-\d\d)' '(\w+)' '([^']+)' @\(([^)]*)\)/g)].flatMap(
    ([, id = '', severity = '', kind = '', globs = '']) =>
      [...globs.matchAll(/'([^']+)'/g)].map(([, glob]) => [id, severity, kind, glob].join(' ')),
  );
  const known = onWindows.flatMap(({ id, paths }) =>
    paths.flatMap(({ severity, kind, globs }) => globs.map((glob) => [id.toUpperCase(), severity, kind, glob].join(' '))),
  );
  // Windows' own script also looks for what only a running machine has.
  const running = ['SW-05 warn profile of the account that built the image', 'SW-08 warn agent settings', 'SW-10 warn management client'];
  expect(called.filter((row) => !running.some((start) => row.startsWith(start))).sort()).toEqual([...known].sort());
  expect(
    onWindows.flatMap(({ texts }) => texts.map(({ pattern }) => WINDOWS.replaceAll("''", "'").replaceAll('\\b', '').includes(pattern))),
  ).toEqual([true, true, true]);
  const values = onWindows.flatMap(({ registry }) => registry.map(({ entry }) => /!([A-Za-z_]+)/.exec(entry)?.[1] ?? ''));
  expect(values).toEqual(['DefaultPassword', 'AutoAdminLogon', 'AWS_']);
  expect(values.every((name) => WINDOWS.includes(name))).toBe(true);
});

/** The script's own constants, as a shell reads them. */
function namedPatterns(): readonly string[] {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of SCRIPT.matchAll(/^([A-Z_]+)=(['"].*)$/gm)) {
    const plain = unquote(value);
    values.set(
      name,
      value.startsWith('"')
        ? plain.replaceAll('\\"', '"').replaceAll(/\$([A-Z_]+)/g, (_, other: string) => values.get(other) ?? '')
        : plain,
    );
  }
  return ['PRIVATE_KEY', 'AWS_ID', 'AWS_SECRET', 'STORAGE_KEY', 'TOKEN', 'URL_PASSWORD'].map((name) => values.get(name) ?? '');
}

/** `'a'\''b'` of a shell is `a'b`. */
function unquote(text: string): string {
  return text.slice(1, -1).replaceAll("'\\''", "'");
}
