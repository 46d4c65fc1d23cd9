import type { Phase } from '../model/phase.ts';

interface Named {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase;
}

/** A file of the guest folder: a path relative to it, with `/`. */
export interface GuestFile {
  readonly path: string;
  readonly content: string;
}

/**
 * One thing the build VM does, in words that both engines know. `run` and `generalize` hold lines of the guest's shell (POSIX sh or PowerShell),
 * each one command, for root or an administrator, who finds the guest folder in place.
 */
export type BuildStep =
  | ({ readonly kind: 'run'; readonly lines: readonly string[] } & Named)
  | ({ readonly kind: 'restart' } & Named)
  | ({ readonly kind: 'windows-updates' } & Named)
  | ({ readonly kind: 'generalize'; readonly lines: readonly string[] } & Named);

/** What goes into the guest and what happens there. */
export interface GuestWork {
  readonly files: readonly GuestFile[];
  readonly steps: readonly BuildStep[];
}
