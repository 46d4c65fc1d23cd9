/** The numbers of a version in order: `15 SP5` -> [15, 5], `2012 R2` -> [2012, 2], `8.6.0` -> [8, 6, 0], `rolling` -> []. */
export function versionNumbers(version: string): readonly number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

/** True when `version` is `release` or a point release of it, number by number. */
export function isWithin(version: readonly number[], release: readonly number[]): boolean {
  return release.length <= version.length && release.every((part, index) => part === version[index]);
}

/** Orders versions number by number, the shorter one first where it is the beginning of the longer. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at < 0) return a.length - b.length;
  return (a[at] ?? 0) - (b[at] ?? -1);
}

/** What is left of a version below its release, as one number that grows with it; undefined where nothing is left. */
export function pointRelease(version: readonly number[], release: readonly number[]): number | undefined {
  const [first, second] = version.slice(release.length);
  return first === undefined ? undefined : first + (second ?? 0) / 100;
}

/** Orders version names of Marketplace and gallery images newest first, part by part as numbers: 10.0.0 is newer than 9.9.9, and 1.0 is 1.0.0. */
export function newestVersionFirst(one: string, other: string): number {
  const [left, right] = [one.split('.'), other.split('.')];
  const parts = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => part(right[index]) - part(left[index]));
  return parts.find((difference) => difference !== 0) ?? 0;
}

/** A part that is not a number is older than any that is. */
function part(text = '0'): number {
  const value = Number(text);
  return Number.isNaN(value) ? -1 : value;
}
