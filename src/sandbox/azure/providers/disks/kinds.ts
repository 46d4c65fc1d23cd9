import { armError } from '../../errors.ts';
import { normalLocation } from '../../ids.ts';
import { at, numberAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft, ResourceKind } from '../resource-kind.ts';
import { diskProperties, diskSku, holderOf, sizeOf, stated } from './disk-body.ts';

/** Packer (2022-03-02), the described versions, and the newest SDK. */
const VERSIONS = ['2022-03-02', '2023-10-02', '2024-03-02', '2025-01-02', '2026-03-02'];
const COMMON = { versions: VERSIONS, created: 200, seconds: 5, working: 'Updating' } as const;

/** Managed disks and snapshots. */
export const DISK_KINDS: readonly ResourceKind[] = [
  {
    ...COMMON,
    type: 'Microsoft.Compute/disks',
    keep: ['zones', 'extendedLocation'],
    complete: completeDisk,
    mayDelete: ({ id, body }) => {
      const holder = holderOf(body);
      if (holder !== undefined) throw armError(409, 'OperationNotAllowed', `Disk ${id} is attached to VM ${holder}.`);
    },
  },
  { ...COMMON, type: 'Microsoft.Compute/snapshots', keep: ['extendedLocation'], complete: completeSnapshot },
];

function completeDisk(draft: Draft, world: World): Completed {
  const { properties } = draft;
  const content = contentOf(draft, world);
  const sku = textAt(draft.call.body, 'sku', 'name') ?? 'Standard_LRS';
  return {
    top: { sku: diskSku(sku) },
    properties: { ...properties, ...diskProperties({ ...content, attached: false }, world), ...stated(properties, sku) },
  };
}

function completeSnapshot(draft: Draft, world: World): Completed {
  const content = contentOf(draft, world);
  const { diskIOPSReadWrite: _, diskMBpsReadWrite: __, ...properties } = diskProperties({ ...content, attached: false }, world);
  return {
    top: { sku: diskSku(textAt(draft.call.body, 'sku', 'name') ?? 'Standard_LRS') },
    properties: {
      ...draft.properties,
      ...properties,
      ...stated(draft.properties, ''),
      incremental: at(draft.properties, 'incremental') === true,
    },
  };
}

function contentOf(
  { properties, location }: Draft,
  world: World,
): { osType?: string | undefined; generation?: string | undefined; sizeGB: number; creationData: Completed['properties'] } {
  const creationData = objectAt(properties, 'creationData');
  if (textAt(creationData, 'createOption') === undefined) {
    throw armError(400, 'InvalidParameter', "Required parameter 'creationData.createOption' is missing (null).", 'creationData');
  }
  const source = sourceOf(textAt(creationData, 'sourceResourceId'), location, world);
  const sizeGB = sizeOf(properties, numberAt(source, 'diskSizeGB') ?? 0);
  if (sizeGB <= 0) throw armError(400, 'InvalidParameter', "Required parameter 'diskSizeGB' is missing (null).", 'diskSizeGB');
  return {
    osType: textAt(properties, 'osType') ?? textAt(source, 'osType'),
    generation: textAt(properties, 'hyperVGeneration') ?? textAt(source, 'hyperVGeneration'),
    sizeGB,
    creationData,
  };
}

function sourceOf(id: string | undefined, location: string, world: World): unknown {
  if (id === undefined) return undefined;
  const source = world.resources.get(id);
  if (!source) throw armError(404, 'NotFound', `The source ${id} was not found.`, 'creationData.sourceResourceId');
  if (normalLocation(textAt(source.body, 'location') ?? '') !== normalLocation(location)) {
    throw armError(400, 'InvalidParameter', `The source ${id} is not in ${location}.`, 'creationData.sourceResourceId');
  }
  return at(source.body, 'properties');
}
