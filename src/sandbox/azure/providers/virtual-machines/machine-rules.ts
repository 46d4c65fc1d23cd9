import type { JsonObject } from '../../../http.ts';
import type { SizeSeed } from '../../../world/seed.ts';
import { armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { at, listAt, numberAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Draft } from '../resource-kind.ts';
import type { SourceImage } from '../source-image.ts';
import { hasNvmeStorage } from './compatibility.ts';

const UNCACHED = /^(?:PremiumV2_LRS|UltraSSD_LRS)$/;

/** Throws where a size does not take what the profile of a VM asks of it: data disks, an OS disk on the host, accelerated networking. */
export function requireProfile(size: SizeSeed, image: SourceImage, profile: JsonObject): void {
  const disks = listAt(profile, 'storageProfile', 'dataDisks');
  if (disks.length > size.dataDisks) {
    const message = `The maximum number of data disks allowed to be attached to a VM of this size is ${size.dataDisks}.`;
    throw armError(409, 'OperationNotAllowed', message, 'dataDisks');
  }
  for (const disk of disks) requireDiskType(size, textAt(disk, 'managedDisk', 'storageAccountType'), textAt(disk, 'caching'));
  requireDiskType(size, textAt(profile, 'storageProfile', 'osDisk', 'managedDisk', 'storageAccountType'), undefined);
  if (at(profile, 'storageProfile', 'osDisk', 'diffDiskSettings') !== undefined) requireHostDisk(size, image, profile);
  for (const one of listAt(profile, 'networkProfile', 'networkInterfaceConfigurations')) {
    if (at(one, 'properties', 'enableAcceleratedNetworking') !== true || size.acceleratedNetworking) continue;
    const message = `The VM size '${size.name}' does not have support for enabling accelerated networking.`;
    throw armError(400, 'VMSizeIsNotPermittedToEnableAcceleratedNetworking', message);
  }
}

/** Throws where a data disk that is attached does not exist, or stands in another zone than the VM. */
export function requireAttachable({ call, properties }: Draft, world: World): void {
  const zone = listAt(call.body, 'zones')[0];
  for (const attachment of listAt(properties, 'storageProfile', 'dataDisks')) {
    if (textAt(attachment, 'createOption')?.toLowerCase() !== 'attach') continue;
    const id = textAt(attachment, 'managedDisk', 'id') ?? '';
    const disk = world.resources.get(id);
    if (!disk) throw armError(404, 'ResourceNotFound', `Disk ${id} is not found.`, 'dataDisk.managedDisk.id');
    requireCaching(textAt(disk.body, 'sku', 'name'), textAt(attachment, 'caching'));
    const own = listAt(disk.body, 'zones')[0];
    if (own === zone) continue;
    const message = `Disk ${nameOf(id)} cannot be attached to the VM because it is not in the same zone as the VM. VM zone: '${zone ?? ''}'. Disk zone: '${own ?? ''}'.`;
    throw armError(400, 'BadRequest', message);
  }
}

function requireDiskType(size: SizeSeed, sku: string | undefined, caching: string | undefined): void {
  requireCaching(sku, caching);
  if (sku === undefined || size.premiumStorage || !/^(?:Premium|Ultra)/.test(sku)) return;
  throw armError(
    400,
    'InvalidParameter',
    `Requested operation cannot be performed because the VM size '${size.name}' does not support the storage account type '${sku}'.`,
  );
}

function requireCaching(sku: string | undefined, caching: string | undefined): void {
  if (sku === undefined || !UNCACHED.test(sku) || caching === undefined || caching === 'None') return;
  throw armError(400, 'InvalidParameter', `Host caching '${caching}' is not supported for disks of type '${sku}'.`, 'dataDisk.caching');
}

/** Temporary storage of the host as regild reads it: a disk of its own, or NVMe. */
function requireHostDisk(size: SizeSeed, image: SourceImage, profile: JsonObject): void {
  const gibibytes = size.premiumStorage ? Math.floor(size.temporaryDiskMB / 1024) : 0;
  const osDisk = objectAt(profile, 'storageProfile', 'osDisk');
  const placement = textAt(osDisk, 'diffDiskSettings', 'placement') ?? 'ResourceDisk';
  const wanted = Math.max(numberAt(osDisk, 'diskSizeGB') ?? 0, image.diskGB);
  const fits = wanted <= gibibytes && placement === (hasNvmeStorage(size) ? 'NvmeDisk' : 'ResourceDisk');
  if (!fits) {
    const message = `OS disk of Ephemeral VM with size greater than ${gibibytes} GB is not allowed for VM size ${size.name} when the DiffDiskPlacement is ${placement}.`;
    throw armError(400, 'NotSupported', message);
  }
  if (textAt(osDisk, 'caching') === 'ReadOnly') return;
  throw armError(400, 'InvalidParameter', 'OS disk of an Ephemeral VM takes ReadOnly caching alone.', 'osDisk.caching');
}
