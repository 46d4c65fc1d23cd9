import { armError } from '../errors.ts';
import { normalLocation, parentOf, parseId } from '../ids.ts';
import { textAt } from '../json-path.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';

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
