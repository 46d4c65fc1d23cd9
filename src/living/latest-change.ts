import { RegildError } from '../errors.ts';
import {
  type ExistingVersion,
  type ImageSpec,
  newestVersionFirst,
  nextWave,
  REVOKED_TAG,
  ROLLED_BACK_TAG,
  RUN_TAG,
  type TargetRegion,
  tagValue,
  type VersionAction,
  type VersionChange,
  WAVE_CHECK_TAG,
  WAVE_TAG,
  withoutTag,
} from '../model/index.ts';
import { latestAnywhere, newestFirst, stateOf } from './versions.ts';

/** One write to one version, with what it is called in the report. */
export interface VersionWrite {
  readonly version: ExistingVersion;
  readonly action: VersionAction['action'];
  readonly regions?: readonly string[] | undefined;
  readonly reason: string;
  readonly change: VersionChange;
  /** The complete set of regions that it must hold before. */
  readonly replicate?: readonly TargetRegion[] | undefined;
}

export interface LatestOptions {
  /** Only in these regions; undefined = everywhere. */
  readonly regions?: readonly string[] | undefined;
  readonly reason: string;
}

/**
 * The writes that make a version `latest`: it is put where the newer ones are and let into `latest`, and only then the newer ones are taken out, so that no
 * region is without one at any moment. With regions, only these change: the regional flag counts there, whatever the global one says of others.
 */
export function makeLatest(
  target: ExistingVersion,
  versions: readonly ExistingVersion[],
  { regions, reason }: LatestOptions,
): readonly VersionWrite[] {
  const newer = newestFirst(versions).filter(
    (version) => newestVersionFirst(version.name, target.name) < 0 && stateOf(version) === 'released' && isLatestIn(version, regions),
  );
  return [letIn(target, newer, regions, reason), ...newer.map((version) => takeOut(version, regions, reason, target))].filter(
    (write) => write !== undefined,
  );
}

function isLatestIn({ excludedRegions, targetRegions }: ExistingVersion, regions: readonly string[] | undefined): boolean {
  return targetRegions.some(({ name }) => (regions?.includes(name) ?? true) && !excludedRegions.includes(name));
}

function letIn(
  target: ExistingVersion,
  newer: readonly ExistingVersion[],
  only: readonly string[] | undefined,
  reason: string,
): VersionWrite | undefined {
  const missing = newer
    .flatMap(({ targetRegions }) => targetRegions)
    .filter(({ name }, index, all) => (only?.includes(name) ?? true) && all.findIndex((other) => other.name === name) === index)
    .filter(({ name }) => !target.targetRegions.some((region) => region.name === name));
  const replicate = missing.length === 0 ? undefined : [...target.targetRegions, ...missing];
  const held = [...target.targetRegions, ...missing].map(({ name }) => name);
  // A version that was out everywhere comes back in the regions that are asked for alone.
  const outBefore = target.excludeFromLatest ? held : target.excludedRegions;
  const excludedRegions = outBefore.filter((name) => !(only?.includes(name) ?? true));
  const change = { excludeFromLatest: false, excludedRegions, tags: withoutTag(target.tags, ROLLED_BACK_TAG) };
  const same = !target.excludeFromLatest && excludedRegions.length === target.excludedRegions.length && replicate === undefined;
  return same ? undefined : { version: target, action: 'promote', regions: only, reason, change, replicate };
}

function takeOut(version: ExistingVersion, only: readonly string[] | undefined, reason: string, target: ExistingVersion): VersionWrite {
  const why = `${reason}; ${target.name} is latest instead`;
  const excludedRegions = [
    ...new Set([
      ...version.excludedRegions,
      ...version.targetRegions.map(({ name }) => name).filter((name) => only?.includes(name) ?? false),
    ]),
  ];
  const nowhere = only === undefined || version.targetRegions.every(({ name }) => excludedRegions.includes(name));
  const change = nowhere
    ? { excludeFromLatest: true, tags: { ...version.tags, [ROLLED_BACK_TAG]: tagValue(reason) } }
    : { excludedRegions };
  return { version, action: 'withdraw', regions: only, reason: why, change };
}

/** Throws PROMOTION_REFUSED where a region is named that holds none of these versions: nothing can become `latest` there. */
export function requireHeld(
  { name }: Pick<ImageSpec, 'name'>,
  versions: readonly ExistingVersion[],
  regions: readonly string[] = [],
): void {
  const held = [...new Set(versions.flatMap(({ targetRegions }) => targetRegions.map((region) => region.name)))];
  const missing = regions.filter((region) => !held.includes(region));
  if (missing.length === 0) return;
  const which = versions.map((version) => version.name).join(' and ');
  throw new RegildError(
    'PROMOTION_REFUSED',
    `${versions.length > 1 ? 'versions' : 'version'} ${which} of ${name} ${versions.length > 1 ? 'are' : 'is'} not in ${missing.join(', ')}`,
    {
      hint: `name one of ${held.join(', ')}; a region that is added to \`regions\` is reached by \`regild refresh ${name}\``,
    },
  );
}

/** The version with this name, ready to be promoted. Throws VERSION_NOT_FOUND, and PROMOTION_REFUSED for one that must not be `latest`. */
export function promotable(spec: ImageSpec, versions: readonly ExistingVersion[], name: string): ExistingVersion {
  const version = named(spec, versions, name);
  const state = stateOf(version);
  if (state === 'released' || state === 'rolled-back' || state === 'withdrawn') return version;
  throw new RegildError('PROMOTION_REFUSED', `version ${name} of ${spec.name} is ${state} and cannot become latest`, {
    hint: refusal(spec, version, state),
  });
}

function refusal({ name }: ImageSpec, { tags }: ExistingVersion, state: string): string {
  if (state === 'staged') return `no test has passed it yet: \`regild build ${name} --run-id ${tags[RUN_TAG]}\` tests and publishes it`;
  if (state === 'revoked') return `it was revoked: ${tags[REVOKED_TAG]}`;
  return 'choose a version that `regild status` shows as released';
}

/** The version with this name. Throws VERSION_NOT_FOUND. */
export function named(image: Pick<ImageSpec, 'name'>, versions: readonly ExistingVersion[], name: string): ExistingVersion {
  const version = versions.find((one) => one.name === name);
  if (version) return version;
  throw notThere(image, versions, [name]);
}

/** Throws VERSION_NOT_FOUND that names every version which is asked for and is not there. */
export function requireNamed(image: Pick<ImageSpec, 'name'>, versions: readonly ExistingVersion[], names: readonly string[]): void {
  const missing = names.filter((name) => !versions.some((one) => one.name === name));
  if (missing.length > 0) throw notThere(image, versions, [...new Set(missing)]);
}

function notThere({ name }: Pick<ImageSpec, 'name'>, versions: readonly ExistingVersion[], missing: readonly string[]): RegildError {
  const there = newestFirst(versions).map((version) => version.name);
  return new RegildError('VERSION_NOT_FOUND', `${name} has no version ${missing.join(' and none ')}`, {
    hint: there.length > 0 ? `it has ${there.join(', ')}` : 'it has none; build it first',
  });
}

/**
 * What a rollback takes out and puts back: the newest `latest`, and the version of this name or the newest good one below it. Where the version of this name
 * is that `latest` already, as after a rollback that is repeated, nothing is left to take out. Throws ROLLBACK_IMPOSSIBLE.
 */
export function rollbackPair(
  spec: ImageSpec,
  versions: readonly ExistingVersion[],
  to: string | undefined,
): { readonly bad?: ExistingVersion; readonly good: ExistingVersion } {
  const [bad] = latestAnywhere(versions);
  if (bad === undefined) throw impossible(spec, 'no version of it is latest');
  const good =
    to === undefined
      ? newestFirst(versions).find((one) => stateOf(one) === 'released' && newestVersionFirst(one.name, bad.name) > 0)
      : promotable(spec, versions, to);
  if (good === undefined) throw impossible(spec, `no version older than ${bad.name} was published and kept`);
  if (good.name === bad.name) return { good };
  if (newestVersionFirst(good.name, bad.name) < 0) throw impossible(spec, `${good.name} is not older than ${bad.name}, which is latest`);
  return { bad, good };
}

function impossible({ name }: ImageSpec, why: string): RegildError {
  return new RegildError('ROLLBACK_IMPOSSIBLE', `${name} cannot be rolled back: ${why}`, {
    hint: `\`regild revoke ${name} <version>\` takes a version out although nothing is left, and \`regild build ${name} --force\` makes another`,
  });
}

/** The write that lets the next wave of a rollout go; undefined when the version is `latest` everywhere. */
export function releaseWave(spec: ImageSpec, version: ExistingVersion, now: Date): VersionWrite | undefined {
  const next = nextWave(spec, version);
  if (next === undefined) return undefined;
  const excludedRegions = version.excludedRegions.filter((name) => !next.regions.includes(name));
  const tags = { ...withoutTag(version.tags, WAVE_CHECK_TAG), [WAVE_TAG]: now.toISOString() };
  return { version, action: 'promote', regions: next.regions, reason: 'the next wave of the rollout', change: { excludedRegions, tags } };
}
