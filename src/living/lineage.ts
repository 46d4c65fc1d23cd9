import { COPIED_TAG, type LineageVersion, ORIGIN_TAGS, RUN_TAG } from '../model/index.ts';
import type { Looked } from './look.ts';
import { usersOf } from './retention.ts';
import { latestIn, newestFirst, stateOf } from './versions.ts';

/** An AMI as a version's tags name it. */
export interface Origin {
  readonly id: string;
  readonly region: string;
}

/** Ids of what an AMI was made from, nearest first; undefined where EC2 does not tell. */
export type AncestorsOf = (origin: Origin) => readonly string[] | undefined;

/** Every AMI that versions were made from, once. */
export function originsOf(looked: readonly Looked[]): readonly Origin[] {
  const found = looked.flatMap(({ actual }) => actual.versions.flatMap(({ tags }) => originOf(tags) ?? []));
  return [...new Map(found.map((origin) => [`${origin.region}/${origin.id}`, origin])).values()];
}

function originOf(tags: Readonly<Record<string, string>>): Origin | undefined {
  const { [ORIGIN_TAGS.ami]: id, [ORIGIN_TAGS.amiRegion]: region } = tags;
  return id === undefined || region === undefined ? undefined : { id, region };
}

/** What is kept of a version, by its name. */
export type RecordOf = (version: string) => LineageVersion['record'];

/** The versions of an image, newest first, each with where it comes from and who runs it. */
export function lineageOf({ wish, actual }: Looked, ancestorsOf: AncestorsOf, recordOf: RecordOf): readonly LineageVersion[] {
  const { versions, users } = actual;
  return newestFirst(versions).map((version) => {
    const { name, id, tags, targetRegions } = version;
    const { [ORIGIN_TAGS.ami]: ami, [ORIGIN_TAGS.amiRegion]: region, [ORIGIN_TAGS.base]: base } = tags;
    const origin = originOf(tags);
    return {
      image: wish.spec.name,
      version: name,
      id,
      state: stateOf(version),
      ami: ami === undefined ? undefined : { id: ami, region },
      ancestors: origin && ancestorsOf(origin),
      base,
      run: tags[RUN_TAG],
      copiedFrom: tags[COPIED_TAG],
      record: recordOf(name),
      regions: targetRegions.map((one) => ({ name: one.name, latest: latestIn(versions, one.name) === version })),
      users:
        users &&
        usersOf(version, users).map(({ kind, id: machine, name: called, location }) => ({ kind, id: machine, name: called, location })),
    };
  });
}

/**
 * Whether a version stands on something: its AMI or one that this was made from, its base (publisher:offer:sku, with or without a version), the version
 * that it is a copy of, or itself, by name or ARM id. Case does not matter, as it does not to ARM.
 */
export function standsOn({ ami, ancestors = [], base, id, version, copiedFrom }: LineageVersion, what: string): boolean {
  const wanted = what.toLowerCase();
  const names = [ami?.id, ...ancestors, base, base?.split(':').slice(0, 3).join(':'), id, version, copiedFrom];
  return names.some((name) => name?.toLowerCase() === wanted);
}
