import type { RegionState } from '../../model/index.ts';
import { oneLine } from '../one-line.ts';

/** northeurope done, westeurope 40%, uksouth failed. Names come from a cloud: on a screen they are words of one line. */
export function regionLine(regions: readonly RegionState[]): string {
  return regions.map(({ name, state, progress }) => `${oneLine(name)} ${WORDS[state] ?? `${Math.round(progress)}%`}`).join(', ');
}

const WORDS: Readonly<Record<string, string>> = { Completed: 'done', Failed: 'failed' };
