import type { Io } from './command.ts';

/** Formats that are JSON. */
const DOCUMENTS = ['json', 'cyclonedx'];

/** Prints a result: the text for people as their screen shows it, every other format as it is. */
export function print(text: string, format: string, io: Pick<Io, 'out' | 'tell'>): void {
  if (format === 'text') io.tell(text);
  else io.out(text, DOCUMENTS.includes(format) ? 'json' : 'text');
}

/** The last line of a verb: what to type next. On the diagnostics, since the result may be read by a program; not where it is asked for as JSON. */
export function goOn(next: string | undefined, json: boolean | undefined, { diagnostics }: Pick<Io, 'diagnostics'>): void {
  if (next !== undefined && json !== true) diagnostics.write(`next        ${next}\n`);
}
