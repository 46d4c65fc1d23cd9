import { Cron } from 'croner';
import type { Blackout } from '../model/index.ts';

/** The blackout that a time lies in and when it ends; undefined outside of all. Several that follow each other count as one. */
export function blackoutAt(
  blackouts: readonly Blackout[],
  timeZone: string,
  time: Date,
): { readonly text: string; readonly until: Date } | undefined {
  const [found] = blackouts.flatMap((blackout) => {
    const end = nextTime(blackout.end, timeZone, time);
    const start = nextTime(blackout.start, timeZone, time);
    return end !== undefined && (start === undefined || end < start) ? [{ text: blackout.text, until: end }] : [];
  });
  if (found === undefined) return undefined;
  const following = blackoutAt(
    blackouts.filter(({ text }) => text !== found.text),
    timeZone,
    found.until,
  );
  return { text: found.text, until: following?.until ?? found.until };
}

/** The next blackout that begins after a time. */
export function nextBlackout(
  blackouts: readonly Blackout[],
  timeZone: string,
  time: Date,
): { readonly text: string; readonly from: Date } | undefined {
  const starts = blackouts.flatMap(({ text, start }) => {
    const from = nextTime(start, timeZone, time);
    return from ? [{ text, from }] : [];
  });
  return starts.toSorted((one, other) => one.from.getTime() - other.from.getTime())[0];
}

/** When a pattern comes next after a time; undefined when it does not come any more. */
export function nextTime(pattern: string, timeZone: string, time: Date): Date | undefined {
  return new Cron(pattern, { timezone: timeZone, paused: true }).nextRun(time) ?? undefined;
}

/** When a pattern came last, at or before a time. */
export function lastTime(pattern: string, timeZone: string, time: Date): Date | undefined {
  return new Cron(pattern, { timezone: timeZone, paused: true }).previousRuns(1, new Date(time.getTime() + 1000))[0];
}
