import type { z } from 'zod';
import { AmiFamily, BillingCode, type Catalog, Check, Component, DefaultSize, LicenceChoice, Product, Release } from './schema.ts';

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
} as const satisfies { readonly [Key in keyof Catalog]: { readonly folder: string; readonly schema: z.ZodType<Catalog[Key][number]> } };
