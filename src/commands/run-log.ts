import { join } from 'node:path';
import { LoggedEvent } from '../model/index.ts';
import { parsedJson, readText } from './files.ts';

/** What a run's log tells of the way of its images, in the order in which it was written; nothing where there is none. Lines that are cut or of another kind are passed over. */
export async function readRunLog(folder: string): Promise<readonly LoggedEvent[]> {
  const text = await readText(join(folder, 'events.jsonl'));
  return (text ?? '').split('\n').flatMap((line) => {
    const { data } = LoggedEvent.safeParse(parsedJson(line));
    return data === undefined ? [] : [data];
  });
}
