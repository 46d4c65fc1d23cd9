import {
  type Drift,
  type ExistingVersion,
  type ImageSpec,
  newestVersionFirst,
  PINNED_TAG,
  parseDuration,
  roughDuration,
  type VersionUse,
} from '../model/index.ts';
import { isOurs, latestAnywhere, newestFirst, publishedAt, stateOf } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** What retention does about one version, and why. */
export interface Retained {
  readonly version: ExistingVersion;
  readonly action: 'keep' | 'delete';
  readonly reason: string;
}

type Rules = Pick<ImageSpec, 'retention'>;

/** What stays of an image and what goes. Versions that are not ours, staged or under way are not spoken of: they are others' and sweep's. */
export function retain({ retention }: Rules, { versions, users }: Pick<Actual, 'versions' | 'users'>, now: Date): readonly Retained[] {
  const ours = newestFirst(versions).filter(
    (version) => isOurs(version) && !['staged', 'busy', 'failed', 'foreign'].includes(stateOf(version)),
  );
  const latest = latestAnywhere(versions);
  const released = ours.filter((version) => stateOf(version) === 'released').slice(0, retention.keep);
  return ours.map((version): Retained => {
    const kept = latest.includes(version)
      ? 'it is latest'
      : released.includes(version)
        ? `it is one of the newest ${retention.keep}`
        : (keepsMemory(version, latest[0]) ?? reasonToKeep(version, retention, users, now));
    if (kept !== undefined) return { version, action: 'keep', reason: kept };
    const reason = stateOf(version) === 'released' ? `there are ${retention.keep} newer ones` : `it was ${stateOf(version)}`;
    return { version, action: 'delete', reason: `${reason}, and nobody uses it` };
  });
}

/** A version that was taken back says by being there that its content is bad, and that its number is taken, until a newer one is out. */
function keepsMemory({ name }: ExistingVersion, latest: ExistingVersion | undefined): string | undefined {
  const newer = latest === undefined || newestVersionFirst(name, latest.name) < 0;
  return newer ? 'it was taken back, and no newer one is out' : undefined;
}

function reasonToKeep(
  version: ExistingVersion,
  { pinned, minimumAge }: ImageSpec['retention'],
  users: Actual['users'],
  now: Date,
): string | undefined {
  if (pinned.includes(version.name)) return 'the manifest pins it';
  if (version.tags[PINNED_TAG] !== undefined) return `its tag ${PINNED_TAG} says ${JSON.stringify(version.tags[PINNED_TAG])}`;
  if (users === undefined) return 'Azure Resource Graph could not be asked who uses it';
  const using = usersOf(version, users);
  if (using.length > 0) return `${using.length === 1 ? '1 machine uses' : `${using.length} machines use`} it`;
  const age = now.getTime() - (publishedAt(version)?.getTime() ?? now.getTime());
  if (age < (parseDuration(minimumAge ?? '') ?? 0)) return `it is ${roughDuration(age)} old, and retention.minimumAge is ${minimumAge}`;
  return untilEndOfLife(version, now);
}

function untilEndOfLife({ safety, endOfLife }: ExistingVersion, now: Date): string | undefined {
  if (!safety.blockDeletionBeforeEndOfLife) return undefined;
  if (endOfLife === undefined) return 'its deletion is blocked before an end of life that it does not have';
  return Date.parse(endOfLife) > now.getTime() ? `its deletion is blocked until its end of life on ${endOfLife.slice(0, 10)}` : undefined;
}

/** Who runs exactly this version; ARM ids compare without case. */
export function usersOf({ id }: Pick<ExistingVersion, 'id'>, users: readonly VersionUse[]): readonly VersionUse[] {
  return users.filter(({ version }) => version?.toLowerCase() === id.toLowerCase());
}

export function retentionDrifts({ spec }: Wish, actual: Actual, now: Date): readonly Drift[] {
  const going = retain(spec, actual, now).filter(({ action }) => action === 'delete');
  if (going.length === 0) return [];
  const names = going.map(({ version }) => version.name).join(', ');
  return [
    {
      kind: 'too-many-versions',
      reason: `${going.length === 1 ? '1 version is' : `${going.length} versions are`} beyond retention: ${names}`,
    },
  ];
}
