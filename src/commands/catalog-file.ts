import { loadCatalog } from '../catalog/load.ts';
import type { Catalog } from '../catalog/schema.ts';
import type { Io } from './command.ts';

/** The catalog; a compiled one named in REGILD_CATALOG is taken instead of the built-in one, for example one that a company corrected. */
export function catalogFor({ environment }: Pick<Io, 'environment'>): Promise<Catalog> {
  return loadCatalog(environment.REGILD_CATALOG === undefined ? {} : { compiled: environment.REGILD_CATALOG });
}
