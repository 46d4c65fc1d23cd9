import { type ArmError, armError, resourceNotFound } from '../../errors.ts';
import { normalLocation, parentOf, parseId } from '../../ids.ts';
import { textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';

/** The 409 of a property that is fixed once its resource exists, for example `galleryImage.properties.osType`. */
export function changeNotAllowed(property: string): ArmError {
  return armError(409, 'PropertyChangeNotAllowed', `Changing property '${property}' is not allowed.`, property);
}

/** Checks that an existing resource stays where it is. Throws InvalidResourceLocation. */
export function checkUnmoved(before: Stored | undefined, id: string, location: string): void {
  const old = textAt(before?.body, 'location');
  if (old === undefined || normalLocation(old) === normalLocation(location)) return;
  const { names, group } = parseId(id);
  const text = `The resource '${names.join('/')}' already exists in location '${old}' in resource group '${group}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`;
  throw armError(409, 'InvalidResourceLocation', text);
}

/** The resource that holds this one. Throws ParentResourceNotFound. */
export function requireParent(id: string, world: World): Stored {
  const parent = world.resources.get(parentOf(id));
  if (parent) return parent;
  const name = parseId(parentOf(id)).names.join('/');
  throw armError(
    404,
    'ParentResourceNotFound',
    `Can not perform requested operation on nested resource. Parent resource '${name}' not found.`,
  );
}

/** The stored resource of an id. Throws ResourceNotFound. */
export function requireStored(id: string, world: World): Stored {
  const stored = world.resources.get(id);
  if (stored) return stored;
  const { type, names, group } = parseId(id);
  throw resourceNotFound(type, names.join('/'), group);
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
