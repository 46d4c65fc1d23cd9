import type { Catalog, Release } from '../catalog/schema.ts';
import type { Option, Road, Source } from './option.ts';
import { newestFirst } from './releases.ts';
import { supportState } from './support.ts';
import { pointRelease, versionNumbers } from './version.ts';

/**
 * Every base worth a look for the AMI: its own release like for like, and the supported successors where that release is past its
 * standard support, has no base for the architecture, or is not sold on Azure. A known distribution of unknown version gets its supported releases.
 */
export function optionsFor(source: Source, catalog: Catalog, today: string): readonly Option[] {
  const { release } = source;
  if (source.distro === undefined) return [];
  if (release === undefined || source.version === undefined) return guessedVersions(source.distro, catalog, today);
  const own = source.listed ? basesOf(release, { kind: 'same-release' }) : nearby(release, today);
  return needsSuccessor(source, release, today) ? [...own, ...successorsOf(release, catalog)] : own;
}

/** The road to a base of any catalog release; `chosen-by-user` where the AMI's release names no such successor. */
export function roadTo(source: Source, release: Release): Road {
  if (source.listed && source.release?.id === release.id) return { kind: 'same-release' };
  const successor = source.release?.successors.find((next) => next.release === release.id);
  return successor ? { kind: 'successor', points: successor.points, differences: successor.differences } : { kind: 'chosen-by-user' };
}

function basesOf(release: Release, road: Road): readonly Option[] {
  const points = release.bases.map(({ architecture, version = '' }) => ({
    architecture,
    point: pointRelease(versionNumbers(version), versionNumbers(release.version)) ?? 0,
  }));
  return release.bases.map((base, index) => {
    const own = points[index]?.point ?? 0;
    const newer = points.filter(({ architecture, point }) => architecture === base.architecture && point > own);
    return { release, base, road, newerPoints: new Set(newer.map(({ point }) => point)).size };
  });
}

/** For a version the catalog does not list, the nearest listed release counts as a successor, as long as it is supported. */
function nearby(release: Release, today: string): readonly Option[] {
  if (supportState(release.support, today) === 'ended') return [];
  return basesOf(release, { kind: 'successor', points: 34, differences: [`a release upgrade to ${release.title}`] });
}

function needsSuccessor({ architecture, listed }: Source, release: Release, today: string): boolean {
  const state = supportState(release.support, today);
  const fits = release.bases.some((base) => architecture === undefined || base.architecture === architecture);
  return !listed || !fits || state === 'extended' || state === 'ended';
}

function successorsOf(release: Release, { releases }: Catalog): readonly Option[] {
  return release.successors.flatMap(({ release: id, points, differences }) => {
    const next = releases.find((candidate) => candidate.id === id);
    return next ? basesOf(next, { kind: 'successor', points, differences }) : [];
  });
}

/** Supported releases, newest first; all of them where none is supported; the newest one's successors where none is sold. */
function guessedVersions(distro: string, catalog: Catalog, today: string): readonly Option[] {
  const known = newestFirst(catalog.releases, distro);
  const sold = known.filter(({ bases }) => bases.length > 0);
  const supported = sold.filter(({ support }) => supportState(support, today) === 'standard');
  const guessed = supported.length > 0 ? supported : sold;
  if (guessed.length === 0) return known.slice(0, 1).flatMap((release) => successorsOf(release, catalog));
  return guessed.flatMap((release, place) => basesOf(release, { kind: 'version-guessed', place }));
}
