import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { RegildError } from '../errors.ts';
import type { Issue } from '../model/index.ts';
import { readCompiled } from './compile.ts';
import { FOLDERS } from './folders.ts';
import { indexCatalog } from './index-catalog.ts';
import { type ParsedFact, parseFact } from './parse-fact.ts';
import { ReleaseFile } from './release-file.ts';
import type { Catalog, CatalogFacts } from './schema.ts';

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

/**
 * The catalog: from `catalog.json` beside the bundle where there is one, from the YAML sources otherwise.
 * Throws one CATALOG_INVALID that lists every problem of every file with its line and column.
 */
export async function readCatalog(places: CatalogPlaces = {}): Promise<Catalog> {
  const { sources = import.meta.dirname, compiled = join(import.meta.dirname, 'catalog.json') } = places;
  const text = await ifExists(readFile(compiled, 'utf8'));
  return text === undefined ? loadSources(sources) : readCompiled(text);
}

async function loadSources(root: string): Promise<Catalog> {
  const problems: Issue[] = [];
  const read = async <Fact>(kind: { readonly folder: string; readonly schema: z.ZodType<Fact> }): Promise<readonly Fact[]> => {
    const parsed = await readFolder(root, kind.folder, kind.schema);
    problems.push(...parsed.flatMap((file) => (file.kind === 'broken' ? file.issues : [])));
    return parsed.flatMap((file) => (file.kind === 'fact' ? [file.fact] : []));
  };
  const facts: CatalogFacts = {
    amis: await read(FOLDERS.amis),
    releases: await read({ ...FOLDERS.releases, schema: ReleaseFile }),
    billingCodes: await read(FOLDERS.billingCodes),
    licenceChoices: await read(FOLDERS.licenceChoices),
    variants: await read(FOLDERS.variants),
    components: await read(FOLDERS.components),
    agents: await read(FOLDERS.agents),
    checks: await read(FOLDERS.checks),
    products: await read(FOLDERS.products),
    sizes: await read(FOLDERS.sizes),
    regions: await read(FOLDERS.regions),
    geographies: await read(FOLDERS.geographies),
    instances: await read(FOLDERS.instances),
    series: await read(FOLDERS.series),
    volumes: await read(FOLDERS.volumes),
    disks: await read(FOLDERS.disks),
    leakRules: await read(FOLDERS.leakRules),
    contentRules: await read(FOLDERS.contentRules),
    packageNames: await read(FOLDERS.packageNames),
    parityRules: await read(FOLDERS.parityRules),
  };
  if (problems.length > 0) throw invalidCatalog(problems);
  return indexCatalog(facts);
}

async function readFolder<Fact>(root: string, folder: string, schema: z.ZodType<Fact>): Promise<readonly ParsedFact<Fact>[]> {
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
