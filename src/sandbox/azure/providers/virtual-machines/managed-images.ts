import type { JsonObject } from '../../../http.ts';
import { COMPUTE } from '../../api-versions.ts';
import { type ArmError, armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft, ResourceKind } from '../resource-kind.ts';
import { stateOf } from './state.ts';

/** Microsoft.Compute/images: captured from a generalized VM, or described by its disks. */
export const MANAGED_IMAGE_KIND: ResourceKind = {
  type: 'Microsoft.Compute/images',
  versions: COMPUTE,
  created: 201,
  seconds: 30,
  keep: ['extendedLocation'],
  working: 'Creating',
  complete: completeImage,
};

function completeImage({ properties }: Draft, world: World): Completed {
  const source = textAt(properties, 'sourceVirtualMachine', 'id');
  if (source !== undefined) return capture(source, properties, world);
  if (textAt(properties, 'storageProfile', 'osDisk', 'osType') === undefined) {
    throw armError(400, 'InvalidParameter', "Required parameter 'storageProfile' is missing (null).", 'storageProfile');
  }
  return { properties: { hyperVGeneration: 'V1', ...properties } };
}

function capture(id: string, properties: JsonObject, world: World): Completed {
  const vm = world.resources.get(id);
  if (!vm) throw armError(404, 'NotFound', `The VM ${id} was not found.`, 'sourceVirtualMachine');
  const refused = refusal(vm, textAt(properties, 'hyperVGeneration'));
  if (refused) throw refused;
  const { os, generation } = stateOf(vm);
  const disk = objectAt(vm.body, 'properties', 'storageProfile', 'osDisk');
  const { diskSizeGB } = disk;
  const managedDisk = { id: textAt(disk, 'managedDisk', 'id') ?? '' };
  const osDisk = { osType: os, osState: 'Generalized', caching: 'ReadWrite', storageAccountType: 'Standard_LRS', diskSizeGB, managedDisk };
  return {
    properties: {
      sourceVirtualMachine: { id },
      storageProfile: { osDisk, dataDisks: dataDisks(vm), zoneResilient: false },
      hyperVGeneration: generation,
    },
    hidden: { plan: objectAt(vm.body).plan },
  };
}

function dataDisks(vm: Stored): readonly JsonObject[] {
  return listAt(vm.body, 'properties', 'storageProfile', 'dataDisks').map((disk) => {
    const { lun, diskSizeGB } = objectAt(disk);
    return {
      lun,
      diskSizeGB,
      caching: 'None',
      storageAccountType: 'Standard_LRS',
      managedDisk: { id: textAt(disk, 'managedDisk', 'id') ?? '' },
    };
  });
}

function refusal(vm: Stored, asked: string | undefined): ArmError | undefined {
  const { generalized, architecture, security, generation } = stateOf(vm);
  if (!generalized) return armError(409, 'OperationNotAllowed', `Before capturing an image, VM '${nameOf(vm.id)}' must be generalized.`);
  if (architecture === 'Arm64')
    return armError(400, 'BadRequest', "Creating an image from a virtual machine with CPU Architecture 'Arm64' is not supported.");
  if (security !== 'Standard')
    return armError(400, 'BadRequest', `Managed image capture is not supported for a VM with security type '${security}'.`);
  if (asked === undefined || asked === generation) return undefined;
  return armError(409, 'Conflict', `The Hypervisor Generation '${asked}' of the image does not match '${generation}' of the source VM.`);
}
