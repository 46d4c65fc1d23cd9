import type { Release } from '../catalog/schema.ts';

/** Where a release stands in its life: `extended` is past its standard support and inside a paid or community extension. */
export type SupportState = 'standard' | 'extended' | 'ended' | 'unstated';

/** The state of support on a day (ISO date, UTC); the last day still counts. */
export function supportState(support: Release['support'], today: string): SupportState {
  if (support.standard === undefined) return 'unstated';
  if (today <= support.standard) return 'standard';
  return support.extended !== undefined && today <= support.extended ? 'extended' : 'ended';
}
