/**
 * The next version name for a day: year.monthday.number, for example 2026.1121.0. `latest` is the highest number part by part,
 * so a name that grows with time keeps it the newest. `existing` are the definition's version names.
 */
export function nextVersion(existing: readonly string[], now: Date): string {
  const major = now.getUTCFullYear();
  const minor = (now.getUTCMonth() + 1) * 100 + now.getUTCDate();
  const patches = existing
    .map((name) => name.split('.').map(Number))
    .filter(([a, b]) => a === major && b === minor)
    .map(([, , patch]) => patch ?? 0);
  return `${major}.${minor}.${Math.max(-1, ...patches) + 1}`;
}
