import { z } from 'zod';
import { list } from '../model/schema.ts';
import { FOLDERS } from './folders.ts';
import { indexCatalog } from './index-catalog.ts';
import type { Catalog, CatalogFacts } from './schema.ts';

const CompiledCatalog = z.strictObject({
  amis: list(FOLDERS.amis.schema),
  releases: list(FOLDERS.releases.schema),
  billingCodes: list(FOLDERS.billingCodes.schema),
  licenceChoices: list(FOLDERS.licenceChoices.schema),
  variants: list(FOLDERS.variants.schema),
  components: list(FOLDERS.components.schema),
  agents: list(FOLDERS.agents.schema),
  checks: list(FOLDERS.checks.schema),
  products: list(FOLDERS.products.schema),
  sizes: list(FOLDERS.sizes.schema),
  regions: list(FOLDERS.regions.schema),
  geographies: list(FOLDERS.geographies.schema),
  instances: list(FOLDERS.instances.schema),
  series: list(FOLDERS.series.schema),
  volumes: list(FOLDERS.volumes.schema),
  disks: list(FOLDERS.disks.schema),
  leakRules: list(FOLDERS.leakRules.schema),
  contentRules: list(FOLDERS.contentRules.schema),
  packageNames: list(FOLDERS.packageNames.schema),
  parityRules: list(FOLDERS.parityRules.schema),
});

/** The catalog as the JSON text that ships beside the bundle: parsing it takes a fraction of what hundreds of YAML files take. */
export function compileCatalog({ index: _, ...facts }: Catalog): string {
  return `${JSON.stringify(facts satisfies CatalogFacts)}\n`;
}

/** The catalog of a compiled text; throws a ZodError when another version of regild wrote it. */
export function readCompiled(text: string): Catalog {
  return indexCatalog(CompiledCatalog.parse(JSON.parse(text)));
}
