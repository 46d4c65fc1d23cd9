import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProviderVersion } from '../descriptions.ts';

/** An official example: what a service answers to one request. */
export interface Example {
  /** File name without its ending, for example `GalleryImageVersion_Get_WithReplicationStatus`. */
  readonly name: string;
  /** Bodies by status, for example 200. */
  readonly bodies: ReadonlyMap<number, unknown>;
}

/** Every example of the wanted versions in a set of descriptions, each once. */
export function readExamples(set: string, wanted: ReadonlySet<ProviderVersion>): readonly Example[] {
  const versions = new Set([...wanted].map((key) => key.split(' ')[1] ?? ''));
  const namespaces = new Set([...wanted].map((key) => key.split(' ')[0] ?? ''));
  const paths = [
    ...below(join(set, 'examples')),
    ...services(join(set, 'specification'))
      .filter((path) => namespaces.has(basename(path).toLowerCase()))
      .flatMap(below)
      .filter((path) => path.includes('/examples/') && versions.has(/\/stable\/([^/]+)\//.exec(path)?.[1] ?? '')),
  ];
  const texts = new Map(paths.map((path) => [`${basename(path, '.json')}\n${readFileSync(path, 'utf8')}`, path]));
  return [...texts].map(([text, path]) => toExample(basename(path, '.json'), text.slice(text.indexOf('\n'))));
}

function services(specification: string): readonly string[] {
  return readdirSync(specification)
    .map((service) => join(specification, service, 'resource-manager'))
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).map((namespace) => join(path, namespace)));
}

function below(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => join(folder, path));
}

interface ExampleFile {
  readonly responses?: Readonly<Record<string, { readonly body?: unknown }>>;
}

function toExample(name: string, text: string): Example {
  const { responses = {} }: ExampleFile = JSON.parse(text);
  const bodies = Object.entries(responses).map(([status, { body }]) => [Number(status), body] as const);
  return { name, bodies: new Map(bodies) };
}
