import * as z from 'zod';
import { list } from '../model/schema.ts';
import { indexCatalog } from './index-catalog.ts';
import { type Catalog, type CatalogFacts, FACT_KINDS, FOLDERS } from './schema.ts';

const CompiledCatalog = z.strictObject(Object.fromEntries(FACT_KINDS.map((kind) => [kind, list(FOLDERS[kind].schema)])));

/** The catalog as the JSON text that ships beside the bundle: parsing it takes a fraction of what hundreds of YAML files take. */
export function compileCatalog({ index: _, ...facts }: Catalog): string {
  return `${JSON.stringify(facts satisfies CatalogFacts)}\n`;
}

/** The catalog of a compiled text; throws a ZodError when another version of regild wrote it. */
export function readCompiled(text: string): Catalog {
  // The schema is made of the same list as the type.
  return indexCatalog(CompiledCatalog.parse(JSON.parse(text)) as CatalogFacts);
}
