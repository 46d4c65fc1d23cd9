import { setImmediate } from 'node:timers/promises';
import type { Io } from './command.ts';

/** Formats that are JSON. */
const DOCUMENTS = ['json', 'cyclonedx'];

/** Prints a result: the text for people as their screen shows it, every other format as it is. */
export function print(text: string, format: string, io: Pick<Io, 'out' | 'tell'>): void {
  if (format === 'text') io.tell(text);
  else io.out(text, DOCUMENTS.includes(format) ? 'json' : 'text');
}

/**
 * Prints a result piece by piece. That of a large fleet takes minutes, in which a signal is heard, and that nobody reads any more: throws the reason of an abort
 * that comes meanwhile. What a run that was cancelled before has to say is said.
 */
export async function printAll(pieces: Iterable<string>, format: string, io: Pick<Io, 'out' | 'tell' | 'signal'>): Promise<void> {
  const isOver = io.signal.aborted;
  for (const piece of pieces) {
    print(piece, format, io);
    await (isOver ? setImmediate() : hearSignals(io));
  }
}

/** Lets signals be heard amid work that waits for nobody. Throws the reason of an abort. */
export async function hearSignals({ signal }: Pick<Io, 'signal'>): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** The last line of a verb: what to type next. On the diagnostics, since the result may be read by a program; not where it is asked for as JSON. */
export function goOn(next: string | undefined, json: boolean | undefined, { diagnostics }: Pick<Io, 'diagnostics'>): void {
  if (next !== undefined && json !== true) diagnostics.write(`next        ${next}\n`);
}
