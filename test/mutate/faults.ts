import fc from 'fast-check';
import * as z from 'zod';

/** One small fault: a place in a file, by lines and columns from 0, and what is to stand there. */
export interface Fault {
  /** Path below the repository. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
  readonly replacement: string;
  /** Name of StrykerJS for its kind. */
  readonly kind: string;
}

/** A place in a text, by line and column from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Faults that nobody can notice, by the text that they replace and the one that they put there, with the reason. */
export const Equivalents = z.array(z.strictObject({ file: z.string(), from: z.string(), to: z.string(), reason: z.string().min(1) }));
export type Equivalent = z.infer<typeof Equivalents>[number];

/** The text between two places. */
export function textBetween(text: string, start: Position, end: Position): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  return [...lines.slice(0, -1), (lines.at(-1) ?? '').slice(0, end.column)].join('\n').slice(start.column);
}

/** As many of the faults as asked, the same for the same seed. */
export function sampleOf<One extends Fault>(faults: readonly One[], size: number, seed: number): readonly One[] {
  const chosen = fc.shuffledSubarray([...faults], { minLength: Math.min(size, faults.length), maxLength: Math.min(size, faults.length) });
  return fc.sample(chosen, { seed, numRuns: 1 }).flat();
}

/** Whether a fault is one that nobody can notice. */
export function changesNothing(fault: Fault, equivalents: readonly Equivalent[]): boolean {
  return equivalents.some(({ file, from, to }) => fault.file === file && fault.text === from && fault.replacement === to);
}

/** A fault as one line, its place counted from 1. */
export function line({ file, start, kind, text, replacement }: Fault): string {
  const shown = (part: string) => part.replaceAll(/\s+/g, ' ').slice(0, 110);
  return `${file}:${start.line + 1}:${start.column + 1} ${kind}: ${shown(text)} → ${shown(replacement) || 'nothing'}`;
}
