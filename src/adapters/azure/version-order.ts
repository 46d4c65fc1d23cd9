/** Orders version names newest first, comparing part by part as numbers: 10.0.0 is newer than 9.9.9. */
export function newestFirst(one: string, other: string): number {
  const [left, right] = [one.split('.'), other.split('.')];
  const parts = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => part(right[index]) - part(left[index]));
  return parts.find((difference) => difference !== 0) ?? 0;
}

/** A part that is not a number is older than any that is. */
function part(text = '0'): number {
  const value = Number(text);
  return Number.isNaN(value) ? -1 : value;
}
