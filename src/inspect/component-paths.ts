import type { Component } from '../catalog/schema.ts';
import type { Inventory } from '../model/index.ts';
import { shellPatterns } from './glob.ts';
import { withoutMerge } from './merged-folders.ts';

/** Where the file of a unit lies, or its script where there is no systemd. */
export const UNIT_FOLDERS: readonly string[] = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system', '/etc/init.d'];

/** Those of the catalog's components that were found in an image. */
export function foundComponents(
  components: readonly Component[],
  { components: found }: Pick<Inventory, 'components'>,
): readonly Component[] {
  return components.filter(({ id }) => found.some((each) => each.id === id));
}

/** Whether a path on a Linux disk is a place of these components, or lies below one. */
export function placesOf(components: readonly Pick<Component, 'detect' | 'removePaths'>[]): (path: string) => boolean {
  const places = components.flatMap(pathsOf);
  const isPlace = shellPatterns(places);
  return (path) => {
    const plain = withoutMerge(path);
    return isPlace.test(plain) || places.some((place) => plain.startsWith(`${place}/`));
  };
}

/** The places of a component as globs: what it is known by, what is removed with it, its units and what people added to them. */
function pathsOf({ detect, removePaths }: Pick<Component, 'detect' | 'removePaths'>): readonly string[] {
  const units = UNIT_FOLDERS.flatMap((folder) => detect.services.flatMap((name) => [`${folder}/${name}`, `${folder}/${name}.d`]));
  return [...detect.paths, ...removePaths, ...units].map((path) => withoutMerge(path.replace(/\/$/, '')));
}
