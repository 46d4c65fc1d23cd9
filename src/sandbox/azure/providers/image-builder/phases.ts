import { normalLocation, parentOf } from '../../ids.ts';
import { textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import { replicate } from '../gallery/replication.ts';
import { destinationOf } from './destination.ts';
import type { SharedImage, TemplateProperties } from './schema.ts';

/** A part of a run, in the service's word for it, and the virtual seconds it takes. */
export interface Phase {
  readonly subState: 'Queued' | 'Building' | 'Customizing' | 'Optimizing' | 'Validating' | 'Distributing';
  readonly seconds: number;
}

const SECONDS = { queued: 30, building: 300, customizing: 600, optimizing: 300, validating: 300, spare: 60 };

/** The parts of a run in their order; distribution lasts as long as the slowest replication. */
export function phasesOf(properties: TemplateProperties, world: World): readonly Phase[] {
  const { customize = [], optimize, validate, distribute } = properties;
  const optimizes = optimize?.vmBoot?.state === 'Enabled' || optimize?.workload?.state === 'Enabled';
  const validates = (validate?.inVMValidations?.length ?? 0) > 0;
  const copies = distribute.flatMap((one) => (one.type === 'SharedImage' ? distributionSeconds(one, world) : []));
  return [
    { subState: 'Queued', seconds: SECONDS.queued },
    { subState: 'Building', seconds: SECONDS.building },
    ...(customize.length > 0 ? [{ subState: 'Customizing', seconds: SECONDS.customizing } as const] : []),
    ...(optimizes ? [{ subState: 'Optimizing', seconds: SECONDS.optimizing } as const] : []),
    ...(validates ? [{ subState: 'Validating', seconds: SECONDS.validating } as const] : []),
    { subState: 'Distributing', seconds: Math.max(0, ...copies) + SECONDS.spare },
  ];
}

/** Names of the regions that a distribution goes to: those it lists, and the definition's own. */
export function regionsOf(
  distributor: SharedImage,
  world: World,
): readonly { readonly name: string; readonly replicas: number | undefined; readonly storage: string | undefined }[] {
  const listed =
    distributor.targetRegions?.map(({ name, replicaCount, storageAccountType }) => ({
      name,
      replicas: replicaCount,
      storage: storageAccountType,
    })) ?? (distributor.replicationRegions ?? []).map((name) => ({ name, replicas: undefined, storage: distributor.storageAccountType }));
  const home = homeOf(distributor, world);
  const there = listed.some(({ name }) => normalLocation(name) === normalLocation(home));
  return there ? listed : [{ name: home, replicas: undefined, storage: distributor.storageAccountType }, ...listed];
}

/** Location of the definition: that of its versions. */
export function homeOf(distributor: SharedImage, world: World): string {
  const { definition } = destinationOf(distributor);
  return (
    textAt(world.resources.get(definition)?.body, 'location') ?? textAt(world.resources.get(parentOf(definition))?.body, 'location') ?? ''
  );
}

function distributionSeconds(distributor: SharedImage, world: World): number {
  const order = {
    targets: regionsOf(distributor, world).map(({ name }) => name),
    location: homeOf(distributor, world),
    mode: distributor.replicationMode ?? 'Full',
    failing: undefined,
    now: 0,
  };
  return Math.max(...replicate([], order).map(({ ends }) => ends)) / 1000;
}
