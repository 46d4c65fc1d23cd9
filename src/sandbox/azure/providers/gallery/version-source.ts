import { type ArmError, armError } from '../../errors.ts';
import { parentOf, parseId } from '../../ids.ts';
import { numberAt, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { definitionTraits, managedImage, type Plan } from '../source-image.ts';
import { stateOf } from '../virtual-machines/state.ts';
import type { StorageProfile } from './schema.ts';

/** What a version is made from; facts that the service cannot know about a source are undefined. */
export interface VersionSource {
  readonly id: string;
  readonly kind: 'vm' | 'managed-image' | 'gallery-version' | 'disk' | 'vhd';
  readonly location: string | undefined;
  readonly osType: string | undefined;
  readonly osState: string | undefined;
  readonly generation: string | undefined;
  readonly architecture: string | undefined;
  /** Security type of a VM. */
  readonly security: string | undefined;
  readonly plan: Plan | undefined;
  readonly diskGB: number;
}

/** Size of an OS disk whose own is not known. */
const DEFAULT_DISK_GB = 30;

const WHOLE = ['microsoft.compute/virtualmachines', 'microsoft.compute/images', 'microsoft.compute/galleries/images/versions'];
const DISKS = ['microsoft.compute/disks', 'microsoft.compute/snapshots'];

const PROPERTY = 'galleryImageVersion.properties.storageProfile.source';

const SOURCES = 'One and only one source type (user image, snapshot, disk, virtual machine) can be provided';

/** The one source that a storage profile names. Throws InvalidParameter or the 404 of a source that is not there. */
export function versionSource(profile: StorageProfile, world: World): VersionSource {
  const whole = [profile.source?.id, profile.source?.virtualMachineId, profile.source?.communityGalleryImageId].filter((id) => !!id);
  const disk = profile.osDiskImage?.source;
  const given = [...whole, ...[disk?.id, disk?.uri].filter((id) => !!id)];
  const [id] = given;
  if (!id || given.length > 1) {
    const text = `The gallery artifact version source can only be specified either directly under storageProfile or within individual OS or data disks. ${SOURCES}.`;
    throw armError(400, 'InvalidParameter', text, PROPERTY);
  }
  return disk?.uri ? vhd(disk.uri) : stored(id, whole.length === 0, world);
}

/** The service cannot look into a VHD. */
function vhd(id: string): VersionSource {
  const unknown = {
    osType: undefined,
    osState: undefined,
    generation: undefined,
    architecture: undefined,
    security: undefined,
    plan: undefined,
  };
  return { id, kind: 'vhd', location: undefined, ...unknown, diskGB: DEFAULT_DISK_GB };
}

function stored(id: string, isDisk: boolean, world: World): VersionSource {
  const type = parseId(id).type.toLowerCase();
  const wanted = isDisk ? DISKS : WHOLE;
  if (!wanted.includes(type)) throw wrongType(id, isDisk);
  const found = world.resources.get(id);
  if (!found) throw armError(404, 'NotFound', `Source was not found: '${id}'. Please make sure the source exists.`, PROPERTY);
  switch (type) {
    case 'microsoft.compute/virtualmachines':
      return virtualMachine(found);
    case 'microsoft.compute/images':
      return {
        ...managedImage(id, world),
        security: undefined,
        id: found.id,
        kind: 'managed-image',
        location: textAt(found.body, 'location'),
      };
    case 'microsoft.compute/galleries/images/versions':
      return galleryVersion(found, world);
    default:
      return disk(found);
  }
}

function wrongType(id: string, isDisk: boolean): ArmError {
  const wanted = isDisk ? 'be a managed disk or snapshot' : 'either be a managed image, virtual machine or another gallery image version';
  return armError(400, 'InvalidParameter', `The source id: '${id}' must ${wanted}.`, PROPERTY);
}

function virtualMachine(vm: Stored): VersionSource {
  const { os, generalized, generation, architecture, security } = stateOf(vm);
  return {
    ...{ id: vm.id, kind: 'vm', location: textAt(vm.body, 'location'), osType: os, generation, architecture, security },
    osState: generalized ? 'Generalized' : 'Specialized',
    plan: planAt(vm.body, 'plan'),
    diskGB: numberAt(vm.body, 'properties', 'storageProfile', 'osDisk', 'diskSizeGB') ?? DEFAULT_DISK_GB,
  };
}

function galleryVersion({ id, body }: Stored, world: World): VersionSource {
  const definition = definitionTraits(world.resources.get(parentOf(id))?.body ?? {});
  const diskGB = numberAt(body, 'properties', 'storageProfile', 'osDiskImage', 'sizeInGB') ?? DEFAULT_DISK_GB;
  return { ...definition, security: undefined, diskGB, id, kind: 'gallery-version', location: undefined };
}

function disk({ id, body }: Stored): VersionSource {
  const properties = objectAt(body, 'properties');
  return {
    ...{ id, kind: 'disk', location: textAt(body, 'location'), osState: undefined, security: undefined },
    plan: planAt(properties, 'purchasePlan'),
    osType: textAt(properties, 'osType'),
    generation: textAt(properties, 'hyperVGeneration'),
    architecture: textAt(properties, 'supportedCapabilities', 'architecture'),
    diskGB: numberAt(properties, 'diskSizeGB') ?? DEFAULT_DISK_GB,
  };
}

function planAt(value: unknown, name: string): Plan | undefined {
  const plan = objectAt(value, name);
  const part = (key: string) => textAt(plan, key) ?? '';
  return Object.keys(plan).length === 0 ? undefined : { name: part('name'), product: part('product'), publisher: part('publisher') };
}
