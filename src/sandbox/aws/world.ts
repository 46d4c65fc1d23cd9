import amiSeeds from '../world/amis.json' with { type: 'json' };
import regionSeeds from '../world/aws-regions.json' with { type: 'json' };
import type { Image, RegionImage } from './image.ts';
import { type Machines, seededMachines } from './machines.ts';

/** One AMI in every region it exists in: `ids` maps a region to the AMI's id there, `parameters` are the public SSM parameters that name it. */
export interface AmiSeed {
  readonly ids: Readonly<Record<string, string | undefined>>;
  readonly parameters?: readonly string[];
  readonly sharedWith?: readonly string[];
  readonly image: Omit<Image, 'ImageId' | 'PublicSsmParameterName'>;
}

/** What the AWS side of the sandbox knows. The caller of every request is `account`. */
export interface AwsWorld {
  readonly account: string;
  readonly regions: readonly { readonly name: string; readonly optIn: boolean }[];
  readonly images: ReadonlyMap<string, readonly RegionImage[]>;
  readonly machines: Machines;
  /** Region, then parameter name, then AMI id. */
  readonly parameters: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The world that ships with regild. */
export function seededAws(): AwsWorld {
  return awsWorld(amiSeeds.account, amiSeeds.amis, seededMachines);
}

/** A world with these AMIs and machines, and every commercial region. */
export function awsWorld(account: string, seeds: readonly AmiSeed[], machines: Machines): AwsWorld {
  const regions = [
    ...regionSeeds.enabled.map((name) => ({ name, optIn: false })),
    ...regionSeeds.optIn.map((name) => ({ name, optIn: true })),
  ];
  return {
    account,
    regions,
    machines,
    images: new Map(regions.map(({ name }) => [name, seeds.flatMap((seed) => imageIn(seed, name))])),
    parameters: new Map(regions.map(({ name }) => [name, new Map(seeds.flatMap((seed) => parametersIn(seed, name)))])),
  };
}

function imageIn({ ids, parameters = [], sharedWith = [], image }: AmiSeed, region: string): readonly RegionImage[] {
  const id = ids[region];
  if (id === undefined) return [];
  const [parameter] = parameters;
  return [{ sharedWith, image: { ...image, ImageId: id, ...(parameter === undefined ? {} : { PublicSsmParameterName: parameter }) } }];
}

function parametersIn({ ids, parameters = [] }: AmiSeed, region: string): readonly (readonly [string, string])[] {
  const id = ids[region];
  return id === undefined ? [] : parameters.map((name) => [name, id] as const);
}
