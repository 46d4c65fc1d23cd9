import { firstWhere, type LoggedEvent, type RegionState, type Stage } from '../model/index.ts';

/** A stage of an image on the run's clock. Times are milliseconds since the run began, without the pauses in which nothing ran. */
export interface StageSpan {
  readonly stage: Stage;
  readonly from: number;
  readonly to: number;
  /** `cut short`: the log ends, or begins again, before the stage does. */
  readonly end: 'done' | 'failed' | 'cut short' | 'from the run folder';
}

/** How far the copy of a version to a region was, as it was seen. */
export interface RegionCurve {
  readonly name: string;
  /** In the order of time; progress in percent. */
  readonly points: readonly { readonly at: number; readonly progress: number }[];
  readonly state: RegionState['state'];
}

export interface ImageHistory {
  readonly image: string;
  readonly spans: readonly StageSpan[];
  readonly regions: readonly RegionCurve[];
}

/** What a run did, when. */
export interface RunHistory {
  /** Milliseconds that something ran. */
  readonly length: number;
  /** In the order in which they began. */
  readonly images: readonly ImageHistory[];
}

/** A stage on the clock of the world. */
interface Worked extends Pick<StageSpan, 'stage' | 'end'> {
  readonly from: number;
  readonly to: number;
}

/** The history that a log tells, whether the run was continued or cut short. */
export function historyOf(events: readonly LoggedEvent[]): RunHistory {
  const byImage = [...Map.groupBy(events, ({ image }) => image)].map(([image, own]) => ({ image, own, worked: workedOf(own) }));
  const begun = byImage.filter(({ worked }) => worked.length > 0);
  const clock = clockOf(begun.flatMap(({ worked }) => worked));
  const images = begun.map(({ image, own, worked }) => ({
    image,
    spans: worked.map(({ stage, from, to, end }) => ({ stage, from: clock(from), to: clock(to), end })),
    regions: curvesOf(
      own.filter((event) => event.kind === 'replication'),
      clock,
    ),
  }));
  return { length: clock(Number.POSITIVE_INFINITY), images };
}

/** What an image's events tell: a stage that began and did not end lasted until something of the image was heard for the last time. */
function workedOf(events: readonly LoggedEvent[]): readonly Worked[] {
  return events.flatMap((event, index): readonly Worked[] => {
    if (event.kind !== 'stage-started') return [];
    const { stage } = event;
    const from = Date.parse(event.at);
    const later = events.slice(index + 1);
    const again = later.findIndex((one) => one.kind === 'stage-started');
    const own = again < 0 ? later : later.slice(0, again);
    const last = own.at(-1);
    const to = Math.max(from, last === undefined ? from : Date.parse(last.at));
    return [{ stage, from, to, end: endOf(own.find((one) => one.kind === 'stage-finished' || one.kind === 'stage-failed')) }];
  });
}

function endOf(event: LoggedEvent | undefined): StageSpan['end'] {
  if (event?.kind === 'stage-failed') return 'failed';
  if (event?.kind !== 'stage-finished') return 'cut short';
  return event.resumed ? 'from the run folder' : 'done';
}

/** Time of the world → time in which something ran: a run that is continued on the next day has no night in its picture. */
function clockOf(worked: readonly Worked[]): (time: number) => number {
  const spans = worked.toSorted((one, other) => one.from - other.from);
  // Of each span what is later than all before it: together they are the time in which something ran, and none of it twice.
  let latest = Number.NEGATIVE_INFINITY;
  const busy = spans.flatMap(({ from, to }) => {
    const begins = Math.max(latest, from);
    latest = Math.max(latest, to);
    return latest > begins ? [{ from: begins, to: latest }] : [];
  });
  let sum = 0;
  const known = busy.map(({ from, to }) => {
    const before = sum;
    sum += to - from;
    return { from, to, before };
  });
  return (time) => {
    // A large fleet asks a hundred thousand times about as many spans: the last that begins by then is not looked for one by one.
    const span = known[firstWhere(known, ({ from }) => from > time) - 1];
    return span === undefined ? 0 : span.before + Math.min(span.to, time) - span.from;
  };
}

function curvesOf(seen: readonly Extract<LoggedEvent, { kind: 'replication' }>[], clock: (time: number) => number): readonly RegionCurve[] {
  const names = [...new Set(seen.flatMap(({ regions }) => regions.map(({ name }) => name)))];
  return names.map((name) => {
    const points = seen.flatMap(({ at, regions }) =>
      regions.filter((region) => region.name === name).map(({ progress, state }) => ({ at: clock(Date.parse(at)), progress, state })),
    );
    return { name, points: points.map(({ at, progress }) => ({ at, progress })), state: points.at(-1)?.state ?? 'Unknown' };
  });
}
