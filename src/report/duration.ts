/** A duration in the largest fitting units: `80 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const tenths = Math.round(milliseconds / 100) / 10;
  if (tenths < 60) return `${tenths} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.round(seconds / 60);
  return seconds < 3600 ? units(seconds, 60, 'min', 's') : units(minutes, 60, 'h', 'min');
}

function units(amount: number, base: number, large: string, small: string): string {
  const rest = amount % base;
  return `${Math.floor(amount / base)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
