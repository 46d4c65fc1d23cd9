import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type * as z from 'zod';
import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import type { Catalog } from '../../src/catalog/schema.ts';
import { FOLDERS } from '../../src/catalog/schema.ts';
import { EMPTY_CATALOG } from '../fakes/catalog.ts';

/** The part of the catalog that analyze reads, without the time that the rest takes to parse. */
export const catalog: Catalog = indexCatalog({
  ...EMPTY_CATALOG,
  amis: facts(FOLDERS.amis),
  billingCodes: facts(FOLDERS.billingCodes),
  products: facts(FOLDERS.products),
});

function facts<Fact>({ folder, schema }: { readonly folder: string; readonly schema: z.ZodType<Fact> }): readonly Fact[] {
  const root = join(import.meta.dirname, '../../src/catalog', folder);
  return readdirSync(root).map((file) => schema.parse(parse(readFileSync(join(root, file), 'utf8'))));
}
