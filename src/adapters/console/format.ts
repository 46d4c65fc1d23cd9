import { styleText } from 'node:util';
import type { RegionState } from '../../model/index.ts';

export type Tone = 'good' | 'bad' | 'caution' | 'quiet' | 'strong';
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', bad: 'red', caution: 'yellow', quiet: 'dim', strong: 'bold' } as const;

/** Colours text, or leaves it as it is. */
export function painter(color: boolean): Paint {
  return (tone, text) => (color ? styleText(STYLES[tone], text, { validateStream: false }) : text);
}

/** northeurope done, westeurope 40%, uksouth failed. */
export function regionLine(regions: readonly RegionState[]): string {
  return regions.map(({ name, state, progress }) => `${name} ${WORDS[state] ?? `${Math.round(progress)}%`}`).join(', ');
}

const WORDS: Readonly<Record<string, string>> = { Completed: 'done', Failed: 'failed' };
