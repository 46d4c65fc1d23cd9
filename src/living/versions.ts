import {
  type ExistingVersion,
  newestVersionFirst,
  ORIGIN_TAGS,
  PUBLISHED_TAG,
  REVOKED_TAG,
  ROLLED_BACK_TAG,
  RUN_TAG,
  type StatusVersion,
} from '../model/index.ts';

/** What a version is to regild. `withdrawn`: published once and out of `latest`, without regild's word why. */
export function stateOf(version: ExistingVersion): StatusVersion['state'] {
  const { tags, provisioningState, excludeFromLatest } = version;
  if (provisioningState === 'Failed') return 'failed';
  if (provisioningState !== 'Succeeded') return 'busy';
  if (tags[REVOKED_TAG] !== undefined) return 'revoked';
  if (tags[ROLLED_BACK_TAG] !== undefined) return 'rolled-back';
  if (!isOurs(version)) return 'foreign';
  if (tags[PUBLISHED_TAG] === undefined) return excludeFromLatest ? 'staged' : 'foreign';
  return excludeFromLatest ? 'withdrawn' : 'released';
}

/** Whether regild made it: both tags are regild's own. */
export function isOurs({ tags }: Pick<ExistingVersion, 'tags'>): boolean {
  return tags[RUN_TAG] !== undefined && tags[ORIGIN_TAGS.image] !== undefined;
}

/** Newest first, by number: what `latest` goes by. */
export function newestFirst<Version extends Pick<ExistingVersion, 'name'>>(versions: readonly Version[]): readonly Version[] {
  return versions.toSorted((one, other) => newestVersionFirst(one.name, other.name));
}

/** The version that `latest` stands for in a region, as far as the gallery's list tells. */
export function latestIn(versions: readonly ExistingVersion[], region: string): ExistingVersion | undefined {
  return newestFirst(versions).find(
    ({ excludeFromLatest, excludedRegions, targetRegions, provisioningState }) =>
      provisioningState !== 'Failed' &&
      provisioningState !== 'Deleting' &&
      !excludeFromLatest &&
      !excludedRegions.includes(region) &&
      targetRegions.some(({ name }) => name === region),
  );
}

/** Every version that is `latest` in some region. */
export function latestAnywhere(versions: readonly ExistingVersion[]): readonly ExistingVersion[] {
  const regions = new Set(versions.flatMap(({ targetRegions }) => targetRegions.map(({ name }) => name)));
  return newestFirst([...new Set([...regions].flatMap((region) => latestIn(versions, region) ?? []))]);
}

/** The version whose wishes count: the newest one that is released, in all or the first of its regions. */
export function currentVersion(versions: readonly ExistingVersion[]): ExistingVersion | undefined {
  return newestFirst(versions).find((version) => stateOf(version) === 'released');
}

/** When it was published: by regild's tag, else by the service. */
export function publishedAt({ tags, published }: ExistingVersion): Date | undefined {
  const text = tags[PUBLISHED_TAG] ?? published;
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time);
}
