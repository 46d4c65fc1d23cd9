import { nameOf } from '../../ids.ts';
import { compareVersions } from '../../version-order.ts';
import type { World } from '../../world.ts';
import type { Versioning } from './schema.ts';

/** Name of the next version of a definition: the highest one (of the wished major) plus one patch, or the version of the source. */
export function nextVersion(
  definition: string,
  versioning: Versioning | undefined,
  sourceVersion: string | undefined,
  world: World,
): string {
  const existing = world.resources
    .in(`${definition}/versions`)
    .map(({ id }) => nameOf(id))
    .toSorted(compareVersions);
  if (versioning?.scheme === 'Source') return sourceVersion ?? '0.0.1';
  const major = versioning?.major ?? -1;
  const last = existing.filter((name) => major < 0 || name.startsWith(`${major}.`)).at(-1);
  const [first = 0, minor = 0, patch = 0] = (last ?? `${Math.max(major, 0)}.0.0`).split('.').map(Number);
  return `${first}.${minor}.${patch + 1}`;
}
