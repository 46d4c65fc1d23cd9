import type { SizeSeed } from '../../../world/seed.ts';
import { armError } from '../../errors.ts';
import { normalLocation } from '../../ids.ts';
import type { World } from '../../world.ts';
import type { SourceImage } from '../source-image.ts';

/** The seeded size by name. Throws InvalidParameter for an unknown one and SkuNotAvailable where the subscription may not use it. */
export function requireSize(name: string, location: string, world: World): SizeSeed {
  const size = world.seed.sizes.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const here = (locations: readonly string[] | undefined) => locations?.includes(normalLocation(location)) ?? false;
  if (!size || here(size.absentFrom))
    throw armError(400, 'InvalidParameter', `The value ${name} provided for the VM size is not valid in ${location}.`, 'vmSize');
  if (!here(size.restrictedIn)) return size;
  const message = `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size.name}' is currently not available in location '${location}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.`;
  throw armError(409, 'SkuNotAvailable', message);
}

/** Throws where the size cannot boot the image: generation, processor architecture, disk controller, Trusted Launch. */
export function requireBootable(
  size: SizeSeed,
  image: SourceImage,
  wish: { readonly controller: string | undefined; readonly security: string },
): void {
  if (!size.generations.split(',').includes(image.generation)) throw generationMismatch(size.name, image.generation);
  if (size.architecture !== image.architecture) throw architectureMismatch(size, image.architecture);
  requireController(size, image, wish.controller);
  requireSecurity(size, image, wish.security);
}

/** The controller that the VM boots with: the wished one, or the first that both sides know. */
export function controllerOf(size: SizeSeed, image: SourceImage, wish: string | undefined): string | undefined {
  return wish ?? controllersOf(size).find((one) => image.controllers.includes(one));
}

/** Sizes of version 6 and later have their temporary disk as NVMe, which older capabilities do not count. Source: enable-nvme-temp-faqs. */
export function hasNvmeStorage({ name }: SizeSeed): boolean {
  return /_v(?:[6-9]|\d\d)$/.test(name);
}

function controllersOf(size: SizeSeed): readonly string[] {
  return (size.controllers ?? 'SCSI').split(',').map((one) => one.trim());
}

function requireController(size: SizeSeed, image: SourceImage, wish: string | undefined): void {
  const controller = controllerOf(size, image, wish);
  if (controller !== undefined && controllersOf(size).includes(controller) && image.controllers.includes(controller)) return;
  const message = `The VM size '${size.name}' cannot boot with OS image or disk. Please check that disk controller types supported by the OS image or disk is one of the supported disk controller types for the VM size '${size.name}'. Please query sku api at https://aka.ms/azure-compute-skus to determine supported disk controller types for the VM size.`;
  throw armError(400, 'InvalidParameter', message, 'vmSize');
}

function requireSecurity(size: SizeSeed, image: SourceImage, wish: string): void {
  if (image.security === 'TrustedLaunch' && wish !== 'TrustedLaunch') {
    throw armError(
      400,
      'BadRequest',
      "The image has security type 'TrustedLaunch': a VM made from it needs securityProfile.securityType 'TrustedLaunch'.",
    );
  }
  if (wish !== 'TrustedLaunch') return;
  if (!/^TrustedLaunch/.test(image.security)) {
    const message =
      'Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen 2 OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.';
    throw armError(400, 'BadRequest', message);
  }
  if (size.trustedLaunch) return;
  const message = `The VM size '${size.name}' is not supported for creation of VMs and Virtual Machine Scale Set with 'TrustedLaunch' security type.`;
  throw armError(400, 'InvalidParameter', message, 'vmSize');
}

function generationMismatch(size: string, generation: string): Error {
  const message = `The selected VM size '${size}' cannot boot Hypervisor Generation '${generation.slice(1)}'. If this was a Create operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM Size. If this was an Update operation please select a Hypervisor Generation '${generation.slice(1)}' VM Size. For more information, see https://aka.ms/azuregen2vm`;
  return armError(400, 'BadRequest', message);
}

function architectureMismatch(size: SizeSeed, given: string): Error {
  const message = `Cannot create a VM of size '${size.name}' because this VM size only supports a CPU Architecture of '${size.architecture}', but an image or disk with CPU Architecture '${given}' was given. Please check that the CPU Architecture of the image or disk is compatible with that of the VM size.`;
  return armError(400, 'BadRequest', message);
}
