import type { RegionState } from '../../model/index.ts';

/** northeurope done, westeurope 40%, uksouth failed. */
export function regionLine(regions: readonly RegionState[]): string {
  return regions.map(({ name, state, progress }) => `${name} ${WORDS[state] ?? `${Math.round(progress)}%`}`).join(', ');
}

const WORDS: Readonly<Record<string, string>> = { Completed: 'done', Failed: 'failed' };
