import { createHash } from 'node:crypto';
import {
  type Blackout,
  type Drift,
  type DriftKind,
  type ExistingVersion,
  type ImageSpec,
  isRebuild,
  parseBlackout,
  parseDuration,
  type RefreshPolicy,
} from '../model/index.ts';
import { blackoutAt, lastTime, nextTime } from './calendar.ts';
import { publishedAt } from './versions.ts';

/** The word of `refresh.urgent` for each cause. */
const CAUSE: Readonly<Partial<Record<DriftKind, RefreshPolicy['urgent'][number]>>> = {
  'ami-changed': 'ami',
  'base-newer': 'base',
  'recipe-changed': 'recipe',
  'too-old': 'age',
  'base-deprecated': 'base-deprecated',
  revoked: 'revoked',
};

/** Rebuilds wait while a blackout holds and until their schedule comes; an urgent cause passes both, and with it go all others: it is one rebuild. */
export function held(
  drifts: readonly Drift[],
  { name, refresh }: Pick<ImageSpec, 'name' | 'refresh'>,
  current: ExistingVersion | undefined,
  now: Date,
): readonly Drift[] {
  const due = drifts.filter(isRebuild);
  if (due.some(({ kind }) => refresh.urgent.some((cause) => cause === CAUSE[kind]))) return drifts;
  const wait = blackoutWait(refresh, now) ?? scheduleWait(name, refresh, current, now);
  return wait === undefined ? drifts : drifts.map((drift) => (isRebuild(drift) ? { ...drift, ...wait } : drift));
}

type Wait = Pick<Drift, 'held' | 'heldUntil'>;

export function blackoutsOf({ blackout }: Pick<RefreshPolicy, 'blackout'>): readonly Blackout[] {
  return blackout.flatMap((text) => parseBlackout(text) ?? []);
}

function blackoutWait(refresh: RefreshPolicy, now: Date): Wait | undefined {
  const found = blackoutAt(blackoutsOf(refresh), refresh.timeZone, now);
  return found && { held: `the blackout ${found.text} (${refresh.timeZone}) holds`, heldUntil: found.until.toISOString() };
}

/** A time of the schedule that passed since the current version was published is caught up with, however late it is. */
function scheduleWait(
  image: string,
  { schedule, timeZone, jitter }: RefreshPolicy,
  current: ExistingVersion | undefined,
  now: Date,
): Wait | undefined {
  if (schedule === undefined || current === undefined) return undefined;
  const later = jitterOf(image, parseDuration(jitter ?? '') ?? 0);
  const shifted = new Date(now.getTime() - later);
  const last = lastTime(schedule, timeZone, shifted);
  const published = publishedAt(current);
  if (last && published && published.getTime() < last.getTime() + later) return undefined;
  const next = nextTime(schedule, timeZone, shifted);
  const from = next && new Date(next.getTime() + later).toISOString();
  return { held: `the schedule ${schedule} (${timeZone}) names the time`, ...(from !== undefined && { heldUntil: from }) };
}

/** Always the same for an image, and spread evenly over the images of a fleet. */
export function jitterOf(image: string, most: number): number {
  const share = createHash('sha256').update(image).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor(share * most);
}
