/** What identifies this run and ends it. */
export interface Run {
  /** Sorts by time and names folders, tags and temporary resources, for example 20261121t081502-3f9a. */
  readonly id: string;
  readonly started: Date;
  /** After this time a sweep may delete whatever the run left behind. */
  readonly deadline: Date;
  readonly signal: AbortSignal;
  /** Names of the clouds spoken to; `simulated` when they are the sandbox's. */
  readonly clouds: { readonly aws: string; readonly azure: string; readonly simulated: boolean };
}
