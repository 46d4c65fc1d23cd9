import type { JsonObject } from '../../../http.ts';
import { nameOf, parseId, resourceId } from '../../ids.ts';
import { at, listAt, numberAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import { diskProperties, diskSku } from '../disks/disk-body.ts';
import type { Draft } from '../resource-kind.ts';
import type { SourceImage } from '../source-image.ts';
import { withState } from '../tracked-resource.ts';

/** The `storageProfile` that a GET answers; the managed disks behind it come into being with it. */
export function storageProfile(draft: Draft, image: SourceImage, controller: string | undefined, world: World): JsonObject {
  const given = objectAt(draft.properties, 'storageProfile');
  const reference = { ...objectAt(given, 'imageReference'), ...(image.exactVersion !== undefined && { exactVersion: image.exactVersion }) };
  return {
    ...given,
    imageReference: reference,
    osDisk: osDisk(draft, image, reference, world),
    dataDisks: listAt(given, 'dataDisks').map((disk) => dataDisk(draft, objectAt(disk), world)),
    ...(image.generation === 'V2' && controller !== undefined && { diskControllerType: controller }),
  };
}

function osDisk(draft: Draft, image: SourceImage, reference: JsonObject, world: World): JsonObject {
  const given = objectAt(draft.properties, 'storageProfile', 'osDisk');
  const name = textAt(given, 'name') ?? `${nameOf(draft.id)}_OsDisk_1_${world.nextGuid().slice(-12)}`;
  const sizeGB = Math.max(numberAt(given, 'diskSizeGB') ?? 0, image.diskGB);
  const id = diskId(draft.id, name);
  const source = at(reference, 'id') === undefined ? 'imageReference' : 'galleryImageReference';
  const content = {
    osType: image.osType,
    generation: image.generation,
    sizeGB,
    creationData: { createOption: 'FromImage', [source]: { id: textAt(reference, 'id') ?? platformId(draft, reference, world) } },
  };
  const storage = textAt(given, 'managedDisk', 'storageAccountType') ?? 'Standard_LRS';
  storeDisk(id, draft, storage, diskProperties({ ...content, attached: true }, world), world);
  return {
    ...{ createOption: 'FromImage', caching: 'ReadWrite', deleteOption: 'Detach' },
    ...given,
    ...{
      name,
      osType: image.osType,
      diskSizeGB: sizeGB,
      managedDisk: { ...objectAt(given, 'managedDisk'), storageAccountType: storage, id },
    },
  };
}

function dataDisk(draft: Draft, given: JsonObject, world: World): JsonObject {
  const existing = textAt(given, 'managedDisk', 'id');
  const name = textAt(given, 'name') ?? (existing ? nameOf(existing) : `${nameOf(draft.id)}_DataDisk_${numberAt(given, 'lun') ?? 0}`);
  const id = existing ?? diskId(draft.id, name);
  const disk = world.resources.get(id);
  const sizeGB = numberAt(disk?.body, 'properties', 'diskSizeGB') ?? numberAt(given, 'diskSizeGB') ?? 32;
  const storage = textAt(disk?.body, 'sku', 'name') ?? textAt(given, 'managedDisk', 'storageAccountType') ?? 'Standard_LRS';
  if (disk) world.resources.put(id, { ...withState(disk.body, 'Succeeded', { diskState: 'Attached' }), managedBy: draft.id });
  else storeDisk(id, draft, storage, diskProperties({ sizeGB, creationData: { createOption: 'Empty' }, attached: true }, world), world);
  const attached = { ...objectAt(given, 'managedDisk'), storageAccountType: storage, id };
  return { caching: 'None', deleteOption: 'Detach', ...given, name, diskSizeGB: sizeGB, managedDisk: attached };
}

function storeDisk(id: string, { id: vm, location }: Draft, storage: string, properties: JsonObject, world: World): void {
  const body = { id, name: nameOf(id), type: 'Microsoft.Compute/disks', location, managedBy: vm, sku: diskSku(storage), properties };
  world.resources.put(id, withState(body, 'Succeeded'));
}

function diskId(vm: string, name: string): string {
  const { subscription, group } = parseId(vm);
  return resourceId(subscription, group, 'Microsoft.Compute', 'disks', name);
}

function platformId({ location }: Draft, reference: JsonObject, world: World): string {
  const part = (name: string) => textAt(reference, name) ?? '';
  return `/Subscriptions/${world.subscription}/Providers/Microsoft.Compute/Locations/${location}/Publishers/${part('publisher')}/ArtifactTypes/VMImage/Offers/${part('offer')}/Skus/${part('sku')}/Versions/${part('exactVersion')}`;
}
