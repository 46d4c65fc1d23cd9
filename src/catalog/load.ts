import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { RegildError } from '../errors.ts';
import type { Issue } from '../model/index.ts';
import { readCompiled } from './compile.ts';
import { indexCatalog } from './index-catalog.ts';
import type { ParsedFact } from './parse-fact.ts';
import { ReleaseFile } from './release-file.ts';
import { type Catalog, type CatalogFacts, FACT_KINDS, type FactKind, FOLDERS } from './schema.ts';

export interface CatalogPlaces {
  /** The folder with one folder of YAML files per kind of fact. */
  readonly sources?: string;
  /** The compiled catalog; where the file exists it is taken instead of the sources. */
  readonly compiled?: string;
}

/** Catalogs that were read already: a thousand files do not change while a process runs, and nothing changes what it was given. */
const LOADED = new Map<string, Promise<Catalog>>();

/** The catalog of `readCatalog`, read once per process and place. */
export function loadCatalog(places: CatalogPlaces = {}): Promise<Catalog> {
  const key = JSON.stringify(places);
  const loaded = LOADED.get(key) ?? readCatalog(places);
  LOADED.set(key, loaded);
  return loaded;
}

/** The whole catalog, from the same places and with the same failure as `readFacts`. */
export async function readCatalog(places: CatalogPlaces = {}): Promise<Catalog> {
  return indexCatalog(await readFacts(FACT_KINDS, places));
}

/**
 * The facts of these kinds: from `catalog.json` beside the bundle where there is one, from the YAML sources otherwise.
 * Throws one CATALOG_INVALID that lists every problem of every file with its line and column.
 */
export async function readFacts<Kind extends FactKind>(
  kinds: readonly Kind[],
  places: CatalogPlaces = {},
): Promise<Pick<CatalogFacts, Kind>> {
  const { sources = import.meta.dirname, compiled = join(import.meta.dirname, 'catalog.json') } = places;
  const text = await ifExists(readFile(compiled, 'utf8'));
  return text === undefined ? readSources(kinds, sources) : readCompiled(text, kinds);
}

async function readSources<Kind extends FactKind>(kinds: readonly Kind[], root: string): Promise<Pick<CatalogFacts, Kind>> {
  const read = await Promise.all(
    kinds.map(async (kind) => [kind, await readFolder<FactOf>(root, FOLDERS[kind].folder, schemaOf(kind))] as const),
  );
  const problems = read.flatMap(([, files]) => files.flatMap((file) => (file.kind === 'broken' ? file.issues : [])));
  if (problems.length > 0) throw invalidCatalog(problems);
  const facts = read.map(([kind, files]) => [kind, files.flatMap((file) => (file.kind === 'fact' ? [file.fact] : []))] as const);
  // Each folder was read by the schema that its kind has in the type.
  return Object.fromEntries(facts) as unknown as Pick<CatalogFacts, Kind>;
}

type FactOf = CatalogFacts[FactKind][number];

/** The bases of a release stand in groups in its file. */
function schemaOf(kind: FactKind): z.ZodType<FactOf> {
  return kind === 'releases' ? ReleaseFile : FOLDERS[kind].schema;
}

async function readFolder<Fact>(root: string, folder: string, schema: z.ZodType<Fact>): Promise<readonly ParsedFact<Fact>[]> {
  // A compiled catalog is no YAML.
  const { parseFact } = await import('./parse-fact.ts');
  const names = (await ifExists(readdir(join(root, folder)))) ?? [];
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (name) =>
      named(parseFact(await readFile(join(root, folder, name), 'utf8'), `${folder}/${name}`, schema), folder, name),
    ),
  );
}

/** A fact is found by its file's name, so the two must agree. */
function named<Fact>(parsed: ParsedFact<Fact>, folder: string, name: string): ParsedFact<Fact> {
  if (parsed.kind === 'broken' || !hasId(parsed.fact) || `${parsed.fact.id}.yaml` === name) return parsed;
  const message = `the id '${parsed.fact.id}' asks for the file name ${parsed.fact.id}.yaml`;
  const place = { file: `${folder}/${name}`, line: 1, column: 1 };
  return { kind: 'broken', issues: [{ severity: 'error', code: 'CATALOG_INVALID', message, place }] };
}

function hasId(fact: unknown): fact is { readonly id: string } {
  return typeof fact === 'object' && fact !== null && 'id' in fact && typeof fact.id === 'string';
}

function invalidCatalog(issues: readonly Issue[]): RegildError {
  const lines = issues.map(({ place, message }) => `${place?.file}:${place?.line}:${place?.column}: ${message}`);
  const count = `${issues.length} ${issues.length === 1 ? 'problem' : 'problems'}`;
  return new RegildError('CATALOG_INVALID', `the catalog has ${count}: ${lines.join('; ')}`, {
    hint: 'correct the named files; `src/catalog/schema.ts` says what each kind of fact must hold',
    issues,
  });
}

async function ifExists<Content>(reading: Promise<Content>): Promise<Content | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
