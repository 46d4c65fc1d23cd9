import type { Base, Catalog, Release } from '../catalog/schema.ts';
import type { Option, Road, Source } from './option.ts';
import { newestFirst, type SupportState, supportState } from './releases.ts';
import { baseWords, editionOf, isOlderProduct } from './variant.ts';

const LIVING: ReadonlySet<SupportState> = new Set(['standard', 'unstated']);

/**
 * Every base worth a look for the AMI: its own release like for like, and the supported successors where that release is past its
 * standard support, has no base for the architecture or the edition and version of SQL Server, or is not sold on Azure. A known distribution of unknown version gets its supported releases.
 */
export function optionsFor(source: Source, catalog: Catalog, today: string): readonly Option[] {
  const { release } = source;
  if (source.distro === undefined) return [];
  if (release === undefined || source.version === undefined) return guessedVersions(source.distro, catalog, today);
  const own = source.listed ? basesOf(release, { kind: 'same-release' }, catalog) : nearby(release, catalog, today);
  return needsSuccessor(source, release, today) ? [...own, ...successorsOf(release, catalog)] : own;
}

/** The road to a base of any catalog release; `chosen-by-user` where the AMI's release names no such successor. */
export function roadTo(source: Source, release: Release): Road {
  if (source.listed && source.release?.id === release.id) return { kind: 'same-release' };
  const successor = source.release?.successors.find((next) => next.release === release.id);
  return successor ? { kind: 'successor', points: successor.points, differences: successor.differences } : { kind: 'chosen-by-user' };
}

function basesOf(release: Release, road: Road, { index }: Catalog): readonly Option[] {
  const newer = index.newerPoints.get(release) ?? [];
  return release.bases.map((base, index) => ({ release, base, road, newerPoints: newer[index] ?? 0 }));
}

/** For a version the catalog does not list, the nearest listed release counts as a successor, as long as it is supported. */
function nearby(release: Release, catalog: Catalog, today: string): readonly Option[] {
  if (supportState(release.support, today) === 'ended') return [];
  return basesOf(release, { kind: 'successor', points: 34, differences: [`a release upgrade to ${release.title}`] }, catalog);
}

function needsSuccessor(source: Source, release: Release, today: string): boolean {
  const { architecture, listed } = source;
  const state = supportState(release.support, today);
  const fits = release.bases.some((base) => (architecture === undefined || base.architecture === architecture) && carriesSql(source, base));
  return !listed || !fits || state === 'extended' || state === 'ended';
}

/**
 * True when the base carries the edition of SQL Server that the AMI has, and no older version, which could not open its databases; an AMI without SQL
 * Server asks for none.
 */
function carriesSql({ variant, vocabulary, productVersion }: Source, base: Base): boolean {
  const edition = editionOf(variant, vocabulary);
  if (edition === undefined) return true;
  return edition === editionOf(baseWords(base, vocabulary), vocabulary) && !isOlderProduct(base.productVersion, productVersion);
}

function successorsOf(release: Release, catalog: Catalog): readonly Option[] {
  return release.successors.flatMap(({ release: id, points, differences }) => {
    const next = catalog.releases.find((candidate) => candidate.id === id);
    return next ? basesOf(next, { kind: 'successor', points, differences }, catalog) : [];
  });
}

/**
 * Supported releases, the one before the newest first: most machines of unknown version are of a settled release. Where none is supported or sold, the
 * newest one's successors.
 */
function guessedVersions(distro: string, catalog: Catalog, today: string): readonly Option[] {
  const known = newestFirst(catalog, distro);
  const alive = known.filter(({ bases, support }) => bases.length > 0 && LIVING.has(supportState(support, today)));
  if (alive.length === 0) return known.slice(0, 1).flatMap((release) => successorsOf(release, catalog));
  const guessed = [...alive.slice(1, 2), ...alive.slice(0, 1), ...alive.slice(2)];
  return guessed.flatMap((release, place) => basesOf(release, { kind: 'version-guessed', place }, catalog));
}
