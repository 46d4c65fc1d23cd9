import type { z } from 'zod';
import {
  AmiFamily,
  AwsRegion,
  BillingCode,
  type Catalog,
  Check,
  Component,
  DefaultSize,
  DiskType,
  Geography,
  InstanceClass,
  LicenceChoice,
  Product,
  Release,
  VmSeries,
  VolumeType,
} from './schema.ts';

/** Where each kind of fact lives below the catalog folder, and the schema that one file of it must satisfy. */
export const FOLDERS = {
  amis: { folder: 'amis', schema: AmiFamily },
  releases: { folder: 'distros', schema: Release },
  billingCodes: { folder: 'billing', schema: BillingCode },
  licenceChoices: { folder: 'licences', schema: LicenceChoice },
  components: { folder: 'components', schema: Component },
  checks: { folder: 'checks', schema: Check },
  products: { folder: 'products', schema: Product },
  sizes: { folder: 'sizes', schema: DefaultSize },
  regions: { folder: 'regions', schema: AwsRegion },
  geographies: { folder: 'geographies', schema: Geography },
  instances: { folder: 'instances', schema: InstanceClass },
  series: { folder: 'series', schema: VmSeries },
  volumes: { folder: 'volumes', schema: VolumeType },
  disks: { folder: 'disks', schema: DiskType },
} as const satisfies { readonly [Key in keyof Catalog]: { readonly folder: string; readonly schema: z.ZodType<Catalog[Key][number]> } };
