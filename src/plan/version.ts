import { newestVersionFirst } from '../model/index.ts';

/**
 * The next version name for a day: year.monthday.number, for example 2026.1121.0. `latest` is the highest number part by part,
 * so a name that grows with time keeps it the newest. `existing` are the definition's version names: where one of them is ahead of the day, as after a clock that
 * was wrong, or beside a machine on which it is tomorrow already, the next one follows it, since else it would never be `latest`.
 */
export function nextVersion(existing: readonly string[], now: Date): string {
  const today = `${now.getUTCFullYear()}.${(now.getUTCMonth() + 1) * 100 + now.getUTCDate()}.0`;
  const [highest] = existing.filter((name) => /^\d+\.\d+\.\d+$/.test(name)).toSorted(newestVersionFirst);
  if (highest === undefined || newestVersionFirst(today, highest) < 0) return today;
  const [major, minor, patch] = highest.split('.').map(Number);
  return `${major}.${minor}.${(patch ?? 0) + 1}`;
}
