import {
  type Drift,
  type ExistingVersion,
  endOfLife,
  failedWave,
  type ImageSpec,
  type NextWave,
  nextWave,
  ORIGIN_TAGS,
  type PlanOutline,
  parseDuration,
  TAG_PREFIX,
  type Tags,
  WAVE_TAG,
} from '../model/index.ts';
import { currentVersion, newestFirst, publishedAt, stateOf } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** What is mended on the versions that exist: where they are, how often, tags, end of life, safety, and the next wave of a rollout. */
export function placementDrifts({ spec, plan }: Wish, { versions, users }: Actual, now: Date): readonly Drift[] {
  const current = currentVersion(versions);
  if (current === undefined) return [];
  return [
    ...regionDrifts(spec, current, versions, users),
    ...replicaDrifts(spec, current),
    ...(plan ? tagDrifts(plan, current) : []),
    ...lifeDrifts(spec, current, now),
    ...safetyDrifts(spec, current),
    ...rolloutDrifts(spec, current, now),
  ];
}

function regionDrifts(spec: ImageSpec, current: ExistingVersion, versions: Actual['versions'], users: Actual['users']): readonly Drift[] {
  const wanted = spec.regions.map(({ name }) => name);
  const missing = wanted.filter((name) => !current.targetRegions.some((region) => region.name === name));
  const added = missing.map(
    (name): Drift => ({
      kind: 'regions-differ',
      reason: `version ${current.name} is not in ${name}, which the manifest names`,
      version: current.name,
    }),
  );
  return [...added, ...newestFirst(versions).flatMap((version) => surplus(spec, version, users))];
}

function surplus(spec: ImageSpec, version: ExistingVersion, users: Actual['users']): readonly Drift[] {
  return surplusRegions(spec, version, users).map(({ name, held }): Drift => {
    const reason = `version ${version.name} is in ${name}, which the manifest does not name`;
    return { kind: 'regions-differ', reason, version: version.name, ...(held !== undefined && { held }) };
  });
}

/** Regions that hold a version of ours and are not wanted any more, and why one of them stays all the same. */
export function surplusRegions(
  { regions, safety }: Pick<ImageSpec, 'regions' | 'safety'>,
  version: ExistingVersion,
  users: Actual['users'],
): readonly { readonly name: string; readonly held: string | undefined }[] {
  const state = stateOf(version);
  if (state === 'foreign' || state === 'busy' || state === 'staged' || state === 'failed') return [];
  return version.targetRegions
    .filter(({ name }) => name !== version.location && !regions.some((wanted) => wanted.name === name))
    .map(({ name }) => ({ name, held: keepsRegion(version, name, users, safety) }));
}

/** Why a region stays; whoever runs the version there could not scale out or be made again without it. */
function keepsRegion({ id }: ExistingVersion, region: string, users: Actual['users'], safety: ImageSpec['safety']): string | undefined {
  if (safety.allowDeletionOfReplicatedLocations === false) return 'safetyProfile.allowDeletionOfReplicatedLocations is false';
  if (users === undefined) return 'Azure Resource Graph could not be asked who uses it there';
  const there = users.filter(
    ({ location, version }) => location === region && (version === undefined || version.toLowerCase() === id.toLowerCase()),
  );
  return there.length === 0 ? undefined : `${there.map(({ name }) => name).join(', ')} use it there: move them first`;
}

function replicaDrifts(spec: ImageSpec, current: ExistingVersion): readonly Drift[] {
  return spec.regions.flatMap(({ name, replicas, storage }): readonly Drift[] => {
    const there = current.targetRegions.find((region) => region.name === name);
    if (there === undefined) return [];
    const about = { version: current.name };
    return [
      ...(there.replicas === replicas
        ? []
        : [
            {
              kind: 'replicas-differ',
              reason: `version ${current.name} has ${there.replicas} replicas in ${name}, the manifest says ${replicas}`,
              ...about,
            } as const,
          ]),
      ...(there.storage === storage
        ? []
        : [
            {
              kind: 'storage-differs',
              reason: `version ${current.name} is kept as ${there.storage} in ${name}, the manifest says ${storage}: Azure never changes it, the next version has it`,
              ...about,
            } as const,
          ]),
    ];
  });
}

/** Tags that are regild's own word about how a version came to be are not the manifest's to change. */
export function wishedTags(plan: Pick<PlanOutline, 'tags'>, has: Tags): Tags {
  const own = Object.fromEntries(Object.entries(has).filter(([name]) => name.startsWith(TAG_PREFIX)));
  const wished = Object.fromEntries(Object.entries(plan.tags).filter(([name]) => !name.startsWith(TAG_PREFIX)));
  return { ...wished, ...own };
}

function tagDrifts(plan: PlanOutline, current: ExistingVersion): readonly Drift[] {
  // Tags that are carried from the AMI belong to the AMI that the version was made from.
  if (current.tags[ORIGIN_TAGS.ami] !== plan.provenance.amiId) return [];
  const wished = wishedTags(plan, current.tags);
  const names = [...new Set([...Object.keys(wished), ...Object.keys(current.tags)])].filter((name) => wished[name] !== current.tags[name]);
  if (names.length === 0) return [];
  return [
    {
      kind: 'tags-differ',
      reason: `version ${current.name} has other tags than the manifest: ${names.toSorted().join(', ')}`,
      version: current.name,
    },
  ];
}

function lifeDrifts(spec: ImageSpec, current: ExistingVersion, now: Date): readonly Drift[] {
  const published = publishedAt(current);
  const wanted = published && endOfLife(spec, published)?.toISOString();
  if (wanted === undefined || (current.endOfLife !== undefined && Date.parse(current.endOfLife) === Date.parse(wanted))) return [];
  const has = current.endOfLife === undefined ? 'no end of life' : `its end of life on ${current.endOfLife.slice(0, 10)}`;
  const drift: Drift = {
    kind: 'end-of-life-differs',
    reason: `version ${current.name} has ${has}, the manifest says ${wanted.slice(0, 10)}`,
    version: current.name,
  };
  return [Date.parse(wanted) > now.getTime() ? drift : { ...drift, held: 'Azure takes only days to come; the next version has it' }];
}

function safetyDrifts({ safety }: ImageSpec, { safety: has, name }: ExistingVersion): readonly Drift[] {
  const differing = (['blockDeletionBeforeEndOfLife', 'allowDeletionOfReplicatedLocations'] as const).filter(
    (key) => safety[key] !== undefined && safety[key] !== has[key],
  );
  return differing.map(
    (key): Drift => ({
      kind: 'safety-differs',
      reason: `version ${name} has ${key} ${has[key]}, the manifest says ${safety[key]}`,
      version: name,
    }),
  );
}

function rolloutDrifts(spec: ImageSpec, current: ExistingVersion, now: Date): readonly Drift[] {
  const next = nextWave(spec, current);
  if (next === undefined) return [];
  const drift: Drift = {
    kind: 'rollout-pending',
    reason: `version ${current.name} is not yet latest in ${next.regions.join(', ')}${checkedFirst(next)}`,
    version: current.name,
  };
  const failed = next.check && failedWave(current.tags, next.check);
  if (failed !== undefined) return [stopped(spec, current, next, failed)];
  if (next.approval) return [{ ...drift, held: `the next wave waits for \`regild promote ${spec.name}\`` }];
  const last = Date.parse(current.tags[WAVE_TAG] ?? '') || publishedAt(current)?.getTime() || now.getTime();
  const at = new Date(last + (parseDuration(next.pause ?? '') ?? 0));
  return [
    at <= now ? drift : { ...drift, held: `the wave before it is followed by a pause of ${next.pause}`, heldUntil: at.toISOString() },
  ];
}

function checkedFirst({ check }: NextWave): string {
  return check === undefined ? '' : `; its checks run in ${check.regions.join(', ')} first`;
}

/** Until somebody decides, nothing goes on: a check that failed is not made again by itself. */
function stopped({ name }: ImageSpec, version: ExistingVersion, { regions }: NextWave, failed: string): Drift {
  return {
    kind: 'rollout-stopped',
    reason: `version ${version.name} stays out of ${regions.join(', ')}: ${failed}`,
    version: version.name,
    held: `\`regild promote ${name}\` checks it again, \`regild rollback ${name}\` goes back`,
  };
}
