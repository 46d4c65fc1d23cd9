import * as z from 'zod';
import { list } from '../model/schema.ts';
import { type Catalog, type CatalogFacts, FACT_KINDS, type FactKind, FOLDERS } from './schema.ts';

/** The catalog as the JSON text that ships beside the bundle: parsing it takes a fraction of what hundreds of YAML files take. */
export function compileCatalog({ index: _, ...facts }: Catalog): string {
  return `${JSON.stringify(facts satisfies CatalogFacts)}\n`;
}

/** The facts of these kinds in a compiled text; throws a ZodError when another version of regild wrote it. */
export function readCompiled<Kind extends FactKind>(text: string, kinds: readonly Kind[]): Pick<CatalogFacts, Kind> {
  const facts: Readonly<Record<string, unknown>> = JSON.parse(text);
  const known = z.strictObject(Object.fromEntries(FACT_KINDS.map((kind) => [kind, z.unknown()]))).parse(facts);
  const schema = z.object(Object.fromEntries(kinds.map((kind) => [kind, list(FOLDERS[kind].schema)])));
  // The schema is made of the same list as the type.
  return schema.parse(known) as unknown as Pick<CatalogFacts, Kind>;
}
