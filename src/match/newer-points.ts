import type { Release } from '../catalog/schema.ts';
import { pointRelease, versionNumbers } from '../model/index.ts';

const counted = new WeakMap<Release, readonly number[]>();

/** For each base of a release, in its order: how many newer point releases the release offers for the same architecture. Counted once a release. */
export function newerPoints(release: Release): readonly number[] {
  const known = counted.get(release);
  if (known !== undefined) return known;
  const counts = count(release);
  counted.set(release, counts);
  return counts;
}

function count({ bases, version: own }: Release): readonly number[] {
  const numbers = versionNumbers(own);
  const points = bases.map(({ architecture, version = '' }) => ({
    architecture,
    point: pointRelease(versionNumbers(version), numbers) ?? 0,
  }));
  return points.map(({ architecture, point }) => {
    const newer = points.filter((other) => other.architecture === architecture && other.point > point);
    return new Set(newer.map((other) => other.point)).size;
  });
}
