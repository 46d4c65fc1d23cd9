import type { Catalog, Release } from '../catalog/schema.ts';
import { compareText, compareVersions, isWithin, versionNumbers } from '../model/index.ts';

/** The catalog's release for a version of a distribution, the most specific one; undefined when none covers it. */
export function releaseFor(catalog: Pick<Catalog, 'index'>, distro: string, version: string): Release | undefined {
  const wanted = versionNumbers(version);
  return newestFirst(catalog, distro)
    .flatMap((release) => [release.version, ...(release.alsoVersions ?? [])].map((text) => ({ release, numbers: versionNumbers(text) })))
    .filter(({ numbers }) => isWithin(wanted, numbers))
    .toSorted((a, b) => b.numbers.length - a.numbers.length || compareText(a.release.id, b.release.id))[0]?.release;
}

/** Releases of a distribution, newest first. */
export function newestFirst({ index }: Pick<Catalog, 'index'>, distro: string): readonly Release[] {
  return index.releases.get(distro) ?? [];
}

/** The listed release that stands nearest to a version the catalog does not know: the next newer one, else the newest of all. */
export function nearestRelease(catalog: Pick<Catalog, 'index'>, distro: string, version: string): Release | undefined {
  const wanted = versionNumbers(version);
  const known = newestFirst(catalog, distro);
  return known.findLast((release) => compareVersions(versionNumbers(release.version), wanted) > 0) ?? known[0];
}
