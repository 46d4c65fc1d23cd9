import type { LocationSeed } from '../world/seed.ts';
import { armError } from './errors.ts';
import { normalLocation } from './ids.ts';
import type { World } from './world.ts';

/** The region that a request names, however it writes it; undefined when there is none of that name. */
export function findLocation(world: World, name: string): LocationSeed | undefined {
  return world.seed.locations.find((location) => location.name === normalLocation(name));
}

/** The region for a resource of a type; ARM's 400 when the type cannot live there. */
export function requireLocation(world: World, name: string, type: string): LocationSeed {
  const found = findLocation(world, name);
  if (found) return found;
  const names = world.seed.locations.map((location) => location.name).join(',');
  const text = `The provided location '${name}' is not available for resource type '${type}'. List of available regions for the resource type is '${names}'.`;
  throw armError(400, 'LocationNotAvailableForResourceType', text, 'location');
}
