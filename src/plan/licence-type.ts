import type { Catalog } from '../catalog/schema.ts';
import type { Candidate, Licence } from '../model/index.ts';

/**
 * `licenseType` of the VMs made from an image, by the user's answer and the base; undefined where they are deployed without one: a VM whose
 * licence type is not set keeps the billing of its image. Source: azure-hybrid-benefit-linux.
 */
export function deploymentLicenseType(
  licence: Licence | undefined,
  base: Pick<Candidate, 'distro' | 'licence'>,
  { licenceChoices }: Pick<Catalog, 'licenceChoices'>,
): string | undefined {
  return licenceChoices
    .filter(({ distro }) => distro === base.distro)
    .flatMap(({ options }) => options)
    .filter(({ licenseTypeOnBase }) => licenseTypeOnBase === undefined || licenseTypeOnBase === base.licence)
    .find(({ value }) => value === licence)?.deploymentLicenseType;
}
