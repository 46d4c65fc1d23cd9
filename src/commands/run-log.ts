import { join } from 'node:path';
import { LoggedEvent } from '../model/index.ts';
import { parsedJson, readLinesOf } from './files.ts';

/** What a run's log tells of the way of its images, in the order in which it was written; nothing where there is none. Lines that are cut or of another kind are passed over. */
export function readRunLog(folder: string): readonly LoggedEvent[] {
  const told = Iterator.from(readLinesOf(join(folder, 'events.jsonl'))).flatMap((line) => {
    const { data } = LoggedEvent.safeParse(parsedJson(line));
    return data === undefined ? [] : [data];
  });
  return [...told];
}
