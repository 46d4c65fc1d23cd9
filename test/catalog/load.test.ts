import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileCatalog, readCompiled } from '../../src/catalog/compile.ts';
import { loadCatalog, readFacts } from '../../src/catalog/load.ts';
import { FACT_KINDS, INSIDE_KINDS } from '../../src/catalog/schema.ts';
import { RegildError } from '../../src/errors.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

test('every fact of the catalog satisfies its schema and names a source and the day it was checked', async () => {
  const { index: _, ...catalog } = await loadCatalog();
  const facts = Object.values(catalog).flat();
  expect(facts.length).toBeGreaterThan(300);
  expect(facts.filter(({ source, verified }) => source.length === 0 || !/^\d{4}-\d\d-\d\d$/.test(verified))).toEqual([]);
});

test('a folder that does not exist holds no facts', async () => {
  const { index: _, ...catalog } = await loadCatalog({ sources: join(fixtures, 'nowhere') });
  expect(Object.values(catalog).flat()).toEqual([]);
});

test('one error lists every problem of every file with its line and column', async () => {
  const error = await loadCatalog({ sources: join(fixtures, 'broken') }).catch((thrown: unknown) => thrown);
  if (!(error instanceof RegildError)) throw new Error('expected a RegildError');
  expect(error.code).toBe('CATALOG_INVALID');
  expect(error.issues.map(({ place, message }) => `${place?.file}:${place?.line}:${place?.column} ${message}`)).toEqual([
    "amis/misnamed.yaml:1:1 the id 'another-name' asks for the file name another-name.yaml",
    expect.stringMatching(/^amis\/unsourced\.yaml:5:5 owners\.1: /),
    'amis/unsourced.yaml:9:9 source: a fact needs a source',
    expect.stringMatching(/^amis\/unsourced\.yaml:10:11 verified: /),
    expect.stringMatching(/^amis\/unsourced\.yaml:1:1 .*colour/),
    expect.stringMatching(/^billing\/syntax\.yaml:\d+:\d+ /),
  ]);
  for (const { message } of error.issues) expect(error.message).toContain(message);
});

test('the compiled catalog says what its sources say', async () => {
  const catalog = await loadCatalog();
  const { index: _, ...facts } = catalog;
  expect(readCompiled(compileCatalog(catalog), FACT_KINDS)).toEqual(facts);
});

test('some kinds of facts are what they are in the whole catalog, of its sources and of a compiled one', async () => {
  const { components, leakRules, contentRules, packageNames, parityRules, ...rest } = await loadCatalog();
  const inside = { components, leakRules, contentRules, packageNames, parityRules };
  expect(await readFacts(INSIDE_KINDS)).toEqual(inside);
  expect(readCompiled(compileCatalog({ ...inside, ...rest }), INSIDE_KINDS)).toEqual(inside);
});

test('a compiled catalog is taken instead of the sources', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-catalog-'));
  const compiled = join(folder, 'catalog.json');
  const { billingCodes, ...rest } = await loadCatalog({ sources: join(fixtures, 'nowhere') });
  const code = { usageOperation: 'RunInstances:0001', platformDetails: 'invented', products: [], source: ['test'], verified: '2026-10-01' };
  await writeFile(compiled, compileCatalog({ ...rest, billingCodes: [...billingCodes, code] }));
  expect((await loadCatalog({ compiled })).billingCodes).toEqual([code]);
  await rm(folder, { recursive: true });
});

test('a compiled catalog of another shape is refused', () => {
  expect(() => readCompiled('{"amis":[]}', FACT_KINDS)).toThrow();
  expect(() => readCompiled('{"amis":[]}', INSIDE_KINDS)).toThrow();
});
