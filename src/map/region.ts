import type { AwsRegion, Catalog, Geography } from '../catalog/schema.ts';
import type { Confidence } from '../model/index.ts';

/** The Azure location that stands in for an AWS region. A default only: residency, price and what is sold there decide. */
export type RegionMapping =
  | {
      readonly kind: 'region';
      readonly aws: string;
      readonly place: string;
      readonly cloud: AwsRegion['cloud'];
      readonly azure: string;
      readonly alternatives: AwsRegion['alternatives'];
      readonly reason: string;
      readonly confidence: Confidence;
    }
  | { readonly kind: 'none'; readonly aws: string; readonly reason: string }
  | { readonly kind: 'unknown'; readonly aws: string; readonly reason: string; readonly settle: string };

/** Maps an AWS region by its id, for example `eu-west-1`. */
export function mapRegion(aws: string, { regions }: Pick<Catalog, 'regions'>): RegionMapping {
  const region = regions.find(({ id }) => id === aws);
  if (region === undefined) {
    return {
      kind: 'unknown',
      aws,
      reason: `no AWS region '${aws}' in the catalog`,
      settle: '`aws ec2 describe-regions` lists the regions',
    };
  }
  const { place, cloud, azure, alternatives, reason, confidence } = region;
  if (azure === undefined) return { kind: 'none', aws, reason };
  return { kind: 'region', aws, place, cloud, azure, alternatives, reason, confidence };
}

/** The geography that an Azure location lies in; undefined for a location that the catalog lacks. */
export function geographyOf(location: string, { geographies }: Pick<Catalog, 'geographies'>): Geography | undefined {
  return geographies.find(({ locations }) => locations.some(({ name }) => name === location));
}
