import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { sha256 } from '../../../model/index.ts';
import type { Clock } from '../../../ports.ts';
import { writeWhole } from '../../write-whole.ts';
import type { AnswerStore, Kept } from './cached.ts';

/** The key is in the entry: a name alone, however unlikely it is shared, would be taken at its word. */
const Entry = z.object({ key: z.string(), expires: z.iso.datetime(), value: z.json() });

/** About 4 kB on disk each. */
const ENTRIES_AT_MOST = 5_000;
/** Another process may be writing what looks old to this one. */
const GRACE_MILLISECONDS = 60 * 60 * 1000;

/**
 * Answers as files in a folder (0700) that only the user can read (0600), one per key. A file's time is its expiry: before the first write of a process
 * what has expired is deleted, and the entries that expire first where there are too many. A file that cannot be read is no entry.
 */
export function diskCache(folder: string, clock: Clock, atMost = ENTRIES_AT_MOST): AnswerStore {
  let tidied: Promise<unknown> | undefined;
  const pathOf = (key: string) => join(folder, `${sha256(key)}.json`);

  return {
    read: (key) => unlessBroken(() => readEntry(pathOf(key), key)),
    write: async (key, { value, expires }) => {
      await unlessBroken(async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        tidied ??= unlessBroken(() => tidy(folder, clock, atMost));
        await tidied;
        await writeWhole(pathOf(key), `${JSON.stringify({ key, expires: expires.toISOString(), value })}\n`, { content: 'exact' });
        await utimes(pathOf(key), expires, expires);
      });
    },
  };
}

async function readEntry(path: string, key: string): Promise<Kept | undefined> {
  const entry = Entry.parse(JSON.parse(await readFile(path, 'utf8')));
  return entry.key === key ? { value: entry.value, expires: new Date(entry.expires) } : undefined;
}

async function tidy(folder: string, clock: Clock, atMost: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}\.json/.test(name));
  const entries = await Promise.all(names.map(async (name) => ({ name, expires: (await stat(join(folder, name))).mtimeMs })));
  const newestFirst = entries.toSorted((a, b) => b.expires - a.expires);
  const over = clock.now().getTime() - GRACE_MILLISECONDS;
  const gone = newestFirst.filter(({ expires }, index) => expires <= over || index >= atMost);
  await Promise.all(gone.map(({ name }) => rm(join(folder, name), { force: true })));
}

/** A cache saves calls; whatever is wrong with it is no reason to fail. */
async function unlessBroken<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
