import type { Severity } from '../severity.ts';

/** What a code stands for, in sentences for `docs/reference/codes.md`; the message of an issue says the same with the values at hand. */
export interface CodeEntry {
  /** Those that it comes with, the heaviest first. */
  readonly severities: readonly [Severity, ...Severity[]];
  readonly says: string;
  readonly cause: string;
  readonly cure: string;
}
