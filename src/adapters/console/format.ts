import { styleText } from 'node:util';
import type { RegionState } from '../../model/index.ts';

export type Tone = 'good' | 'bad' | 'caution' | 'quiet' | 'strong';
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', bad: 'red', caution: 'yellow', quiet: 'dim', strong: 'bold' } as const;

/** Colours text, or leaves it as it is. */
export function painter(color: boolean): Paint {
  return (tone, text) => (color ? styleText(STYLES[tone], text, { validateStream: false }) : text);
}

/** 850 ms, 12.3 s, 4m05s, 1h02m. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return minutes < 60 ? `${minutes}m${two(Math.floor(seconds % 60))}s` : `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}

/** northeurope done, westeurope 40%, uksouth failed. */
export function regionLine(regions: readonly RegionState[]): string {
  return regions.map(({ name, state, progress }) => `${name} ${WORDS[state] ?? `${Math.round(progress)}%`}`).join(', ');
}

const WORDS: Readonly<Record<string, string>> = { Completed: 'done', Failed: 'failed' };
