import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CatalogPlaces, loadCatalog, readFacts } from '../catalog/load.ts';
import { type Catalog, INSIDE_KINDS, type InsideFacts } from '../catalog/schema.ts';
import type { Io } from './command.ts';

/** The folder that holds regild's own templates and guest scripts: above the sources in a checkout, above the bundle when installed. */
export function installation(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'packer-templates')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The catalog; a compiled one named in REGILD_CATALOG is taken instead of the built-in one, for example one that a company corrected. */
export function catalogFor(io: Pick<Io, 'environment'>): Promise<Catalog> {
  return loadCatalog(placesOf(io));
}

/** The part of the same catalog that looking inside an image is judged by: all of it takes twenty times the memory. */
export function insideFactsFor(io: Pick<Io, 'environment'>): Promise<InsideFacts> {
  return readFacts(INSIDE_KINDS, placesOf(io));
}

function placesOf({ environment }: Pick<Io, 'environment'>): CatalogPlaces {
  return environment.REGILD_CATALOG === undefined ? {} : { compiled: environment.REGILD_CATALOG };
}

import packageJson from '../../package.json' with { type: 'json' };

/** Version of regild itself, for user agents, reports and `--version`. */
export const version: string = packageJson.version;
