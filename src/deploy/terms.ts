import type { ExistingDefinition, PurchasePlan, Reasoned } from '../model/index.ts';
import type { DeployFacts, DeployWish } from './facts.ts';

/** What is set on the VM so that an own licence pays; never guessed where the image could not be planned. */
export function licenseOf({ plan, spec }: DeployFacts): Reasoned<string> {
  if (plan === undefined) return { value: null, reason: 'not known, since the image could not be planned' };
  const answer = spec.licence === undefined ? 'no licence question' : `\`licence: ${spec.licence}\``;
  if (plan.deploymentLicenseType === undefined)
    return { value: null, reason: `${answer}: a VM without a licence type keeps the billing of its image` };
  return { value: plan.deploymentLicenseType, reason: `${answer}: your own licence or subscription pays, not the hourly price` };
}

/** The purchase plan that every VM of the image names. */
export function purchasePlanOf({ purchasePlan }: ExistingDefinition): Reasoned<PurchasePlan> {
  if (purchasePlan === undefined) return { value: null, reason: 'the base is sold without one' };
  return { value: purchasePlan, reason: 'the base is sold with it: its terms are accepted once in each subscription that deploys' };
}

/** The disk encryption set of all disks. */
export function encryptionOf({ ami }: DeployFacts, { diskEncryptionSet }: DeployWish): Reasoned<string> {
  if (diskEncryptionSet !== undefined) return { value: diskEncryptionSet, reason: 'named with --disk-encryption-set' };
  const encrypted = ami?.disks.some((disk) => disk.encrypted) ?? false;
  const own = encrypted ? '; volumes of the AMI are encrypted: a key of your own becomes --disk-encryption-set' : '';
  return { value: null, reason: `every managed disk is encrypted with a key of Azure's${own}` };
}
