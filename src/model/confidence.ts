import * as z from 'zod';

/** How sure a finding is. `none` goes with an unknown value: what would settle it is in the issue. */
export const Confidence = z.enum(['high', 'medium', 'low', 'none']);
export type Confidence = z.infer<typeof Confidence>;

/** True when the first confidence is higher than the second. */
export function stronger(one: Confidence, other: Confidence): boolean {
  return rank(one) < rank(other);
}

/** One step below; `none` has nothing below it. */
export function lowered(confidence: Confidence): Confidence {
  return Confidence.options[rank(confidence) + 1] ?? 'none';
}

/** The lowest of several confidences, `none` of no confidence at all. */
export function weakest(...confidences: readonly Confidence[]): Confidence {
  return confidences.toSorted((one, other) => rank(other) - rank(one))[0] ?? 'none';
}

/** 0 for the highest. */
function rank(confidence: Confidence): number {
  return Confidence.options.indexOf(confidence);
}
