import { nameOf, normalLocation } from '../../ids.ts';
import { at, listAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import { compareVersions } from '../../version-order.ts';
import type { World } from '../../world.ts';
import { availableRegions } from './replication.ts';

/**
 * The version that `latest` of a definition stands for in a location: the highest by number among those that are there and excluded neither there nor
 * everywhere. Undefined when there is none.
 */
export function latestVersion(definitionId: string, location: string, world: World): Stored | undefined {
  return world.resources
    .in(`${definitionId}/versions`)
    .filter((version) => availableRegions(version, world.clock.now()).includes(normalLocation(location)) && !excluded(version, location))
    .toSorted((one, other) => compareVersions(nameOf(one.id), nameOf(other.id)))
    .at(-1);
}

function excluded({ body }: Stored, location: string): boolean {
  const target = listAt(body, 'properties', 'publishingProfile', 'targetRegions').find(
    (region) => normalLocation(textAt(region, 'name') ?? '') === normalLocation(location),
  );
  return at(target, 'excludeFromLatest') === true || at(body, 'properties', 'publishingProfile', 'excludeFromLatest') === true;
}
