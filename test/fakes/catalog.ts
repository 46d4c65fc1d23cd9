import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import type { Catalog } from '../../src/catalog/schema.ts';

/** A catalog that knows nothing. */
export const EMPTY_CATALOG: Catalog = indexCatalog({
  amis: [],
  releases: [],
  billingCodes: [],
  licenceChoices: [],
  variants: [],
  components: [],
  agents: [],
  checks: [],
  products: [],
  sizes: [],
  regions: [],
  geographies: [],
  instances: [],
  series: [],
  volumes: [],
  disks: [],
  leakRules: [],
  contentRules: [],
  packageNames: [],
  parityRules: [],
});
