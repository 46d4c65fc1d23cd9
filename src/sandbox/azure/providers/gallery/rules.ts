import { type ArmError, armError } from '../../errors.ts';
import { parseId } from '../../ids.ts';
import type { World } from '../../world.ts';

/** The 409 of a property that is fixed once its resource exists, for example `galleryImage.properties.osType`. */
export function changeNotAllowed(property: string): ArmError {
  return armError(409, 'PropertyChangeNotAllowed', `Changing property '${property}' is not allowed.`, property);
}

/** Checks that nothing is left in a collection of a resource that is to be deleted. Throws CannotDeleteResource. */
export function checkEmpty(collection: string, world: World): void {
  const [first] = world.resources.in(collection);
  if (!first) return;
  const text = `Can not delete resource before nested resources are deleted. Nested resource: '${parseId(first.id).names.join('/')}'.`;
  throw armError(409, 'CannotDeleteResource', text);
}

/** Checks that an end-of-life date lies in the future. Throws InvalidParameter. */
export function checkEndOfLife(date: string | null | undefined, path: string, now: Date): void {
  if (!date || new Date(date) > now) return;
  throw armError(400, 'InvalidParameter', 'EndOfLifeDate must be set to a future date.', path);
}
