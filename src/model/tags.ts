import type { BuildPlan } from './build-plan.ts';
import type { Tags } from './machine.ts';
import { parseTime, RUN_LIFETIME } from './run.ts';

/** How all of regild's own tags begin. */
export const TAG_PREFIX = 'regild-';

/** True for names that Azure keeps for itself (REST reference of Azure Resource Manager, Tags - Create Or Update: reserved prefixes). */
export function isReservedTag(name: string): boolean {
  return /^(?:azure|microsoft|windows)/i.test(name);
}

/** Says which run made a resource. */
export const RUN_TAG = 'regild-run';

/** The time (ISO 8601) after which a sweep may delete a resource. Publishing replaces a version's tags and so drops it. */
export const DEADLINE_TAG = 'regild-deadline';

/** Says when a version was promoted (ISO 8601). */
export const PUBLISHED_TAG = 'regild-published';

/** Holds the digest of the plan that a version was built from: what decides whether a rebuild is due. */
export const DIGEST_TAG = 'regild-digest';

/** Where a version came from: the image of the manifest, the AMI and its region, the Marketplace base. */
export const ORIGIN_TAGS = { image: 'regild-image', ami: 'regild-ami', amiRegion: 'regild-ami-region', base: 'regild-base' } as const;

const ORIGINS: ReadonlySet<string> = new Set(Object.values(ORIGIN_TAGS));

/** The plan's tags that go on everything that is made for it: the user's and the AMI's carried ones, not where a version came from. */
export function ownTags({ tags }: Pick<BuildPlan, 'tags'>): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !ORIGINS.has(name)));
}

/** Tags on everything that a run makes for a time: who made it, from which plan, and when it may go. */
export function runTags(run: { readonly id: string; readonly deadline: Date }, { digest }: Pick<BuildPlan, 'digest'>): Tags {
  return { [RUN_TAG]: run.id, [DEADLINE_TAG]: run.deadline.toISOString(), [DIGEST_TAG]: digest };
}

/**
 * Whose something is that carries these tags: made by this run from this plan, by this run from another plan (its entry of the manifest was edited in
 * between), or by somebody else. The deadline is no part of it: a resumed run has another one.
 */
export function makerOf(
  tags: Tags,
  run: { readonly id: string },
  { digest }: Pick<BuildPlan, 'digest'>,
): 'this plan' | 'another plan' | 'others' {
  if (tags[RUN_TAG] !== run.id) return 'others';
  return digestOf(tags) === digest ? 'this plan' : 'another plan';
}

/** Tags of a version that is published at a time (ISO 8601): the plan's, and what made it. */
export function publishedTags({ tags, digest }: Pick<BuildPlan, 'tags' | 'digest'>, runId: string, published: string): Tags {
  return { ...tags, [DIGEST_TAG]: digest, [RUN_TAG]: runId, [PUBLISHED_TAG]: published };
}

/** Whether the run that made something may still be at work: its deadline is a lifetime after what the plan allows build and tests to take. */
export function mayBeAlive(tags: Tags, now: Date): boolean {
  const deadline = parseTime(tags[DEADLINE_TAG]);
  return deadline !== undefined && now.getTime() < deadline.getTime() - RUN_LIFETIME;
}

/** The same tags but for one of them. */
export function withoutTag(tags: Tags, name: string): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== name));
}

/** The digest that a version was built from; undefined for versions that regild did not make. */
export function digestOf(tags: Tags): string | undefined {
  return tags[DIGEST_TAG];
}

/** Why a version must not be used any more; set by revoke. */
export const REVOKED_TAG = 'regild-revoked';

/** The version whose revocation took this one along. */
export const REVOKED_WITH_TAG = 'regild-revoked-with';

/** Why a version was taken out of `latest`; set by rollback. */
export const ROLLED_BACK_TAG = 'regild-rolled-back';

/** ARM id of the version that this one is a copy of. */
export const COPIED_TAG = 'regild-copied-from';

/** When the last wave of a rollout was let go (ISO 8601). */
export const WAVE_TAG = 'regild-wave';

/** What the check between two waves of a rollout found, where it failed. */
export const WAVE_CHECK_TAG = 'regild-wave-check';

/** Why a version is kept whatever retention says; users set it. */
export const PINNED_TAG = 'regild-pinned';

/** Azure allows 256 characters in the value of a tag; control characters have no place in one. */
export function tagValue(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 256);
}
