import type { Image, RegionImage } from '../aws/image.ts';
import type { MarketplaceSeed, PolicySeed, Seed, ShortageSeed } from './seed.ts';

type Sku = Pick<MarketplaceSeed, 'publisher' | 'offer' | 'sku'>;

/** Something that happens in the world while a sandbox runs. */
export type WorldChange =
  /** A publisher releases a version of a Marketplace image. */
  | ({ readonly kind: 'base-released'; readonly version: string } & Sku)
  | ({ readonly kind: 'base-deprecated'; readonly deprecation: NonNullable<MarketplaceSeed['deprecation']> } & Sku)
  /** Roles of the caller are exchanged for one that allows these actions alone. */
  | { readonly kind: 'rights-given'; readonly actions: readonly string[] }
  /** Policies are assigned to the subscription, in place of those that there were. */
  | { readonly kind: 'policies-assigned'; readonly policies: readonly PolicySeed[] }
  /** The build identity's role is exchanged for one that allows these actions alone; none = it has no role. */
  | { readonly kind: 'identity-rights-given'; readonly actions: readonly string[] }
  | { readonly kind: 'container-cores-used'; readonly used: number; readonly limit: number }
  /** Azure has no room any more for VMs of a size, in a zone or at all; other sizes and zones are not touched. */
  | ({ readonly kind: 'room-ran-out' } & ShortageSeed)
  /** Somebody makes an AMI: like the one of this name, with another id, name and time, and perhaps disks of its own. */
  | {
      readonly kind: 'ami-made';
      readonly region: string;
      readonly like: string;
      readonly ami: Pick<Image, 'ImageId' | 'Name' | 'CreationDate'> & Partial<Pick<Image, 'BlockDeviceMappings'>>;
    };

/** The Azure side after a change. */
export function changedSeed(seed: Seed, change: WorldChange): Seed {
  switch (change.kind) {
    case 'base-released':
      return withSku(seed, change, (image) => ({ ...image, versions: [...image.versions, change.version] }));
    case 'base-deprecated':
      return withSku(seed, change, (image) => ({ ...image, deprecation: change.deprecation }));
    case 'rights-given':
      return { ...seed, account: { ...seed.account, permissions: [{ actions: [...change.actions], notActions: [] }] } };
    case 'policies-assigned':
      return { ...seed, account: { ...seed.account, policies: change.policies } };
    case 'identity-rights-given':
      return { ...seed, account: { ...seed.account, identityActions: [...change.actions] } };
    case 'container-cores-used':
      return { ...seed, account: { ...seed.account, containerCores: { used: change.used, limit: change.limit } } };
    case 'room-ran-out': {
      const { kind: _, ...shortage } = change;
      return { ...seed, shortages: [...seed.shortages, shortage] };
    }
    case 'ami-made':
      return seed;
  }
}

function withSku(seed: Seed, { publisher, offer, sku }: Sku, to: (image: MarketplaceSeed) => MarketplaceSeed): Seed {
  const isIt = (image: MarketplaceSeed) => image.publisher === publisher && image.offer === offer && image.sku === sku;
  if (!seed.marketplace.some(isIt)) throw new Error(`the Marketplace of the sandbox has no ${publisher}:${offer}:${sku}`);
  return { ...seed, marketplace: seed.marketplace.map((image) => (isIt(image) ? to(image) : image)) };
}

/** The AMIs of a region after a change. */
export function changedImages(images: readonly RegionImage[], change: WorldChange): readonly RegionImage[] {
  if (change.kind !== 'ami-made') return images;
  const model = images.find(({ image }) => image.Name === change.like);
  if (!model) throw new Error(`the sandbox has no AMI ${change.like} in ${change.region}`);
  const { PublicSsmParameterName: _, ...image } = model.image;
  return [...images, { ...model, image: { ...image, ...change.ami } }];
}
