import type { Leftover, Risk } from '../model/index.ts';

/** One leftover with what a sweep does about it, and why. */
export interface SweepItem {
  readonly leftover: Leftover;
  readonly run: string;
  /** When the run began; undefined when the run's name does not tell. */
  readonly started: Date | undefined;
  /** Undefined when the tag is missing or no time. */
  readonly deadline: Date | undefined;
  readonly risk: Risk;
  /** What there is of it in words, for example `1 virtual machine, 2 disks`. */
  readonly size: string;
  readonly action: 'delete' | 'keep';
  readonly reason: string;
}
