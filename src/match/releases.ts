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

type Support = Release['support'];

/** Where a release stands in its life: `extended` is past its standard support and inside a paid or community extension. */
export type SupportState = 'standard' | 'extended' | 'ended' | 'unstated';

/** The state of support on a day (ISO date, UTC); the last day still counts. */
export function supportState(support: Support, today: string): SupportState {
  if (support.standard === undefined) return 'unstated';
  if (today <= support.standard) return 'standard';
  return support.extended !== undefined && today <= support.extended ? 'extended' : 'ended';
}

/** The day a year later (ISO dates). */
function inAYear(today: string): string {
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
}

/** True when standard support ends within a year and no extension carries on, or before the end that the AMI's own release still has before it. */
export function endsSoon(support: Support, own: Support | undefined, today: string): boolean {
  const last = support.extended ?? support.standard ?? today;
  const wanted = own?.standard !== undefined && own.standard > inAYear(today) ? own.standard : inAYear(today);
  return last < wanted;
}
