/** When something may not be done: from the start of a window to its end, each as a pattern of croner (a cron line, or one local time). */
export interface Blackout {
  /** As the user wrote it. */
  readonly text: string;
  readonly start: string;
  readonly end: string;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKLY = /^(sun|mon|tue|wed|thu|fri|sat) ([01]\d|2[0-3]):([0-5]\d) - (sun|mon|tue|wed|thu|fri|sat) ([01]\d|2[0-3]):([0-5]\d)$/i;
const DATES = /^(\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?$/;

/**
 * A day (`2026-12-24`), the days from one to another (`2026-12-20/2027-01-04`), or a window of every week (`fri 16:00 - mon 06:00`). Undefined for anything
 * else: days that no calendar has, a range that ends before it begins, a week from a time to itself.
 */
export function parseBlackout(text: string): Blackout | undefined {
  const [, from, to = from] = DATES.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return datesBlackout(text, from, to);
  const [, day, hour, minute, endDay, endHour, endMinute] = WEEKLY.exec(text) ?? [];
  if (day === undefined || endDay === undefined) return undefined;
  const start = weekly(day, hour, minute);
  const end = weekly(endDay, endHour, endMinute);
  return start === end ? undefined : { text, start, end };
}

function datesBlackout(text: string, from: string, to: string): Blackout | undefined {
  if (from > to || !isDate(from) || !isDate(to)) return undefined;
  const after = new Date(new Date(to).getTime() + 86_400_000).toISOString().slice(0, 10);
  return { text, start: `${from}T00:00:00`, end: `${after}T00:00:00` };
}

/** False for days that Date would move into the next month. */
function isDate(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function weekly(day: string, hour = '', minute = ''): string {
  return `${Number(minute)} ${Number(hour)} * * ${DAYS.indexOf(day.toLowerCase())}`;
}

/** Whether a text names a time zone of the IANA database, for example Europe/Dublin. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined;
  } catch {
    return false;
  }
}
