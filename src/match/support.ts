import type { Release } from '../catalog/schema.ts';

type Support = Release['support'];

/** Where a release stands in its life: `extended` is past its standard support and inside a paid or community extension. */
export type SupportState = 'standard' | 'extended' | 'ended' | 'unstated';

/** The state of support on a day (ISO date, UTC); the last day still counts. */
export function supportState(support: Support, today: string): SupportState {
  if (support.standard === undefined) return 'unstated';
  if (today <= support.standard) return 'standard';
  return support.extended !== undefined && today <= support.extended ? 'extended' : 'ended';
}

/** The day a year later (ISO dates). */
function inAYear(today: string): string {
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
}

/** True when standard support ends within a year and no extension carries on, or before the end that the AMI's own release still has before it. */
export function endsSoon(support: Support, own: Support | undefined, today: string): boolean {
  const last = support.extended ?? support.standard ?? today;
  const wanted = own?.standard !== undefined && own.standard > inAYear(today) ? own.standard : inAYear(today);
  return last < wanted;
}
