/** A service that asks to wait longer is asked again after so long: an hour of silence helps nobody, and a run has its own limits. Milliseconds. */
const LONGEST_PAUSE = 120_000;

/**
 * What a `Retry-After` becomes (RFC 9110, section 10.2.3: seconds, or an HTTP date): itself, or a number of seconds that is not too long. With a unit of
 * 1 it is one of Azure's headers in milliseconds. Undefined where it may stay as it is.
 */
export function boundedPause(header: string, now: number, unit: 1 | 1000 = 1000): string | undefined {
  const amount = Number(header);
  const milliseconds = Number.isNaN(amount) ? Date.parse(header) - now : amount * unit;
  return milliseconds > LONGEST_PAUSE ? String(LONGEST_PAUSE / unit) : undefined;
}

/** What is told of a pause that was shortened. */
export function shortened(cloud: 'AWS' | 'Azure', header: string): string {
  return `${cloud} asks to wait (Retry-After: ${header}): it is asked again after ${LONGEST_PAUSE / 1000} seconds`;
}
