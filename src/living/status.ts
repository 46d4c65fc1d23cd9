import {
  type ExistingVersion,
  type ImageSpec,
  type ImageStatus,
  ORIGIN_TAGS,
  REVOKED_TAG,
  ROLLED_BACK_TAG,
  RUN_TAG,
  SCHEMA_VERSION,
  type StatusVersion,
  type VersionUse,
} from '../model/index.ts';
import { blackoutAt, nextBlackout } from './calendar.ts';
import { compare } from './compare.ts';
import type { Looked } from './look.ts';
import { usersOf } from './retention.ts';
import { blackoutsOf } from './timing.ts';
import { latestAnywhere, latestIn, newestFirst, publishedAt, stateOf } from './versions.ts';

/** How an image stands at a time. */
export function statusOf({ wish, actual, issues }: Looked, now: Date): ImageStatus {
  const { spec, release } = wish;
  const { subscription, resourceGroup, gallery, definition } = spec.target;
  const { versions, users } = actual;
  return {
    kind: 'ImageStatus',
    schemaVersion: SCHEMA_VERSION,
    image: spec.name,
    ...{ subscription, resourceGroup, gallery, definition },
    at: now.toISOString(),
    latest: latestAnywhere(versions)[0]?.name,
    versions: newestFirst(versions).map((version) => versionStatus(version, versions, users)),
    users: users?.map(({ kind, id, name, location, version }) => ({ kind, id, name, location, version: version?.split('/').at(-1) })),
    drifts: compare(wish, actual, now),
    blackout: blackoutOf(spec, now),
    support: release && { system: `${release.distro} ${release.version}`, ...release.support },
    issues,
  };
}

function versionStatus(version: ExistingVersion, all: readonly ExistingVersion[], users: readonly VersionUse[] | undefined): StatusVersion {
  const { name, id, tags, targetRegions } = version;
  return {
    version: name,
    id,
    state: stateOf(version),
    published: publishedAt(version)?.toISOString(),
    ami: tags[ORIGIN_TAGS.ami],
    base: tags[ORIGIN_TAGS.base],
    run: tags[RUN_TAG],
    reason: tags[REVOKED_TAG] ?? tags[ROLLED_BACK_TAG],
    endOfLife: version.endOfLife,
    regions: targetRegions.map((region) => ({ ...region, latest: latestIn(all, region.name) === version })),
    tags,
    users: users && usersOf(version, users).length,
  };
}

function blackoutOf({ refresh }: ImageSpec, now: Date): ImageStatus['blackout'] {
  const blackouts = blackoutsOf(refresh);
  const holds = blackoutAt(blackouts, refresh.timeZone, now);
  if (holds) return { text: holds.text, until: holds.until.toISOString() };
  const next = nextBlackout(blackouts, refresh.timeZone, now);
  return next && { text: next.text, from: next.from.toISOString() };
}
