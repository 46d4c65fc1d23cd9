import { isMarketplaceAccount } from '../catalog/marketplace-accounts.ts';
import type { Ami } from '../model/index.ts';

/** Who published an AMI, as far as EC2 itself says so. */
export interface Owner {
  readonly id: string | undefined;
  readonly alias: string | undefined;
  /** The field it was read from. */
  readonly from: string;
}

/** The alias of the account that sells the AMIs of AWS Marketplace. */
const MARKETPLACE_ALIAS = 'aws-marketplace';

/**
 * The owner of an AMI. `ImageLocation` of an EBS image is written by EC2 as `<owner id or alias>/<name>`, so it stands in for a missing
 * owner; the location of an instance-store image is its owner's own choice and says nothing.
 */
export function ownerOf({ ownerId, ownerAlias, location, rootDeviceType }: Ami): Owner {
  if (ownerId !== undefined) return { id: ownerId, alias: ownerAlias, from: 'OwnerId' };
  if (ownerAlias !== undefined) return { id: undefined, alias: ownerAlias, from: 'ImageOwnerAlias' };
  const prefix = rootDeviceType === 'instance-store' ? undefined : /^(?:(\d{12})|(amazon|aws-marketplace))\//.exec(location ?? '');
  return { id: prefix?.[1], alias: prefix?.[2], from: 'ImageLocation' };
}

/** True for an AMI that AWS Marketplace itself publishes. */
export function isMarketplaceOwned(ami: Ami): boolean {
  const { id, alias } = ownerOf(ami);
  return alias === MARKETPLACE_ALIAS || (id !== undefined && isMarketplaceAccount(id));
}
