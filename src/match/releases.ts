import type { Release } from '../catalog/schema.ts';
import { compareVersions, isWithin, versionNumbers } from '../model/index.ts';

/** The catalog's release for a version of a distribution, the most specific one; undefined when none covers it. */
export function releaseFor(releases: readonly Release[], distro: string, version: string): Release | undefined {
  const wanted = versionNumbers(version);
  return newestFirst(releases, distro)
    .flatMap((release) => [release.version, ...(release.alsoVersions ?? [])].map((text) => ({ release, numbers: versionNumbers(text) })))
    .filter(({ numbers }) => isWithin(wanted, numbers))
    .toSorted((a, b) => b.numbers.length - a.numbers.length || compareText(a.release.id, b.release.id))[0]?.release;
}

const sorted = new WeakMap<readonly Release[], ReadonlyMap<string, readonly Release[]>>();

/** Releases of a distribution, newest first; a catalog's releases are sorted once. */
export function newestFirst(releases: readonly Release[], distro: string): readonly Release[] {
  const known = sorted.get(releases);
  if (known !== undefined) return known.get(distro) ?? [];
  sorted.set(releases, sortByDistro(releases));
  return newestFirst(releases, distro);
}

function sortByDistro(releases: readonly Release[]): ReadonlyMap<string, readonly Release[]> {
  const groups = Map.groupBy(releases, ({ distro }) => distro);
  return new Map([...groups].map(([distro, own]) => [distro, own.toSorted(byAge)]));
}

function byAge(a: Release, b: Release): number {
  return compareVersions(versionNumbers(b.version), versionNumbers(a.version)) || compareText(a.id, b.id);
}

/** The listed release that stands nearest to a version the catalog does not know: the next newer one, else the newest of all. */
export function nearestRelease(releases: readonly Release[], distro: string, version: string): Release | undefined {
  const wanted = versionNumbers(version);
  const known = newestFirst(releases, distro);
  return known.findLast((release) => compareVersions(versionNumbers(release.version), wanted) > 0) ?? known[0];
}

/** Orders texts by their code units, so that the same catalog gives the same order on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
