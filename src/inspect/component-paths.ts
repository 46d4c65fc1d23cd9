import type { Component } from '../catalog/schema.ts';
import { shellPattern } from './glob.ts';
import { withoutMerge } from './merged-folders.ts';

/** Where the file of a unit lies, or its script where there is no systemd. */
export const UNIT_FOLDERS: readonly string[] = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system', '/etc/init.d'];

/** The places of a component on a Linux disk, as globs: what it is known by, what is removed with it, its units and what people added to them. */
export function pathsOf({ detect, removePaths }: Pick<Component, 'detect' | 'removePaths'>): readonly string[] {
  const units = UNIT_FOLDERS.flatMap((folder) => detect.services.flatMap((name) => [`${folder}/${name}`, `${folder}/${name}.d`]));
  return [...detect.paths, ...removePaths, ...units].map((path) => withoutMerge(path.replace(/\/$/, '')));
}

/** Whether a path is a place of `pathsOf`, or lies below it. */
export function coversPath(place: string, path: string): boolean {
  const plain = withoutMerge(path);
  return shellPattern(place).test(plain) || plain.startsWith(`${place}/`);
}
