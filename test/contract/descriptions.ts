import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { COMMON_TYPES } from './operation-status.ts';

/** A resource provider's namespace in lower case and an api-version, as in `microsoft.compute 2026-04-01`. */
export type ProviderVersion = string;

/** Azure's API descriptions, prepared for the validator. */
export interface Descriptions {
  /** Parent of `specification/`. */
  readonly directory: string;
  /** Absolute paths of the descriptions themselves, without what they refer to. */
  readonly swaggerPaths: readonly string[];
  /** True when every version that regild sends must be among them; a bare clone of azure-rest-api-specs lags behind the SDKs. */
  readonly complete: boolean;
}

/** One place that holds a part of the set; the earlier one wins where both have a file. */
type Source = string;

/**
 * Copies the descriptions of the wanted versions, and all that they refer to, from a set of descriptions into a folder, with every enum closed:
 * the validator takes any text for an enum marked `modelAsString`.
 */
export function prepareDescriptions(set: string, wanted: ReadonlySet<ProviderVersion>, directory: string): Descriptions {
  const sources = ['specification', 'derived/specification'].map((part) => join(set, part)).filter((path) => existsSync(path));
  const chosen = [...new Set(sources.flatMap((source) => descriptionsIn(source, wanted)))];
  for (const [path, text] of closure(sources, [...chosen, COMMON_TYPES])) {
    const target = join(directory, 'specification', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replaceAll(/"modelAsString":\s*true/g, '"modelAsString": false'));
  }
  return {
    directory,
    swaggerPaths: chosen.map((path) => join(directory, 'specification', path)),
    complete: existsSync(join(set, 'derived')),
  };
}

/** Paths below a source of the stable descriptions of the wanted versions: `<service>/resource-manager/<namespace>/**\/stable/<version>/*.json`. */
function descriptionsIn(source: Source, wanted: ReadonlySet<ProviderVersion>): readonly string[] {
  const namespaces = new Set([...wanted].map((key) => key.split(' ')[0]));
  return folders(source)
    .flatMap((service) => folders(join(source, service, 'resource-manager')).map((name) => posix.join(service, 'resource-manager', name)))
    .filter((path) => namespaces.has(posix.basename(path).toLowerCase()))
    .flatMap((path) => files(source, path))
    .filter((path) => wanted.has(providerVersion(path)));
}

function providerVersion(path: string): ProviderVersion | '' {
  const match = /^[^/]+\/resource-manager\/([^/]+)\/(?:.*\/)?stable\/([^/]+)\/[^/]+\.json$/.exec(path);
  return match ? `${match[1]?.toLowerCase()} ${match[2]}` : '';
}

function folders(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function files(source: Source, path: string): readonly string[] {
  return readdirSync(join(source, path), { recursive: true, encoding: 'utf8' }).map((file) => posix.join(path, file));
}

/** Text of the chosen files and of everything that they refer to, by path. Examples are left out. */
function closure(sources: readonly Source[], chosen: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = [...chosen];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    const text = read(sources, path);
    found.set(path, text);
    const folder = posix.dirname(path);
    const references = [...text.matchAll(/"\$ref":\s*"([^"#]+\.json)/g)].map(([, to = '']) => posix.join(folder, to));
    open.push(...references.filter((to) => !to.includes('/examples/')));
  }
  return found;
}

function read(sources: readonly Source[], path: string): string {
  const source = sources.find((candidate) => existsSync(join(candidate, path)));
  if (!source) throw new Error(`the API descriptions refer to ${path}, which is not among them`);
  return readFileSync(join(source, path), 'utf8');
}
