import type { JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { at, isObject, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft } from '../resource-kind.ts';
import type { SourceImage } from '../source-image.ts';
import { requireOffered, zoneOf } from './allocation.ts';
import { controllerOf, requireBootable, requireSize } from './compatibility.ts';
import { imageOfVm } from './image-of-vm.ts';
import { interfacesOf } from './interfaces.ts';
import { requireAttachable, requireProfile } from './machine-rules.ts';
import { storageProfile } from './os-disk.ts';
import { hide, stateOf, type VmState } from './state.ts';

/** A VM as a GET answers it, with the disks and network interfaces that its creation makes. Secrets of the request are not kept. */
export function completeVm(draft: Draft, world: World): Completed {
  return draft.before ? changeVm(draft) : createVm(draft, world);
}

function createVm(draft: Draft, world: World): Completed {
  const { properties, location } = draft;
  const image = imageOfVm(draft, world);
  const size = requireSize(textAt(properties, 'hardwareProfile', 'vmSize') ?? '', location, world);
  const wish = textAt(properties, 'storageProfile', 'diskControllerType');
  const security = textAt(properties, 'securityProfile', 'securityType') ?? 'Standard';
  requireOffered(size.name, zoneOf(draft), world);
  requireBootable(size, image, { controller: wish, security });
  requireProfile(size, image, properties);
  requireAttachable(draft, world);
  const networkInterfaces = interfacesOf(draft, world);
  return {
    properties: {
      ...properties,
      ...(isObject(properties.osProfile) && { osProfile: osProfile(properties.osProfile, image.osType) }),
      storageProfile: storageProfile(draft, image, controllerOf(size, image, wish), world),
      networkProfile: { networkInterfaces },
      vmId: world.nextGuid(),
      timeCreated: world.clock.now().toISOString(),
    },
    hidden: hide(initialState(draft, image, security)),
  };
}

function initialState({ id, properties }: Draft, { osType, generation, architecture }: SourceImage, security: string): VmState {
  const computerName = textAt(properties, 'osProfile', 'computerName') ?? nameOf(id);
  const os = osType === 'Windows' ? 'Windows' : 'Linux';
  return { os, computerName, generation, architecture, security, power: 'starting', generalized: false, ready: false };
}

function changeVm({ properties, before }: Draft): Completed {
  const kept = objectAt(before?.body, 'properties');
  const old = objectAt(kept, 'storageProfile', 'imageReference');
  const asked = at(properties, 'storageProfile', 'imageReference');
  const changed = isObject(asked) && Object.entries(asked).some(([name, value]) => value !== old[name]);
  if (changed) throw armError(409, 'PropertyChangeNotAllowed', "Changing property 'imageReference' is not allowed.", 'imageReference');
  const { osProfile: _, storageProfile: __, networkProfile: ___, ...rest } = properties;
  return { properties: { ...kept, ...rest }, ...(before && { hidden: hide(stateOf(before)) }) };
}

function osProfile({ adminPassword: _, customData: __, ...profile }: JsonObject, osType: string): JsonObject {
  const common = { secrets: [], allowExtensionOperations: true, requireGuestProvisionSignal: true };
  if (osType === 'Windows') {
    return { ...common, windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true }, ...profile };
  }
  const given = objectAt(profile, 'linuxConfiguration');
  return { ...common, ...profile, linuxConfiguration: { disablePasswordAuthentication: false, provisionVMAgent: true, ...given } };
}
