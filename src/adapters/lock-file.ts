import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { RegildError } from '../errors.ts';
import { readText } from './assets.ts';
import { writeNew } from './write-new.ts';
import { writeWhole } from './write-whole.ts';

/** The text of a lock file; undefined when there is none. */
export function readLockFile(path: string): Promise<string | undefined> {
  return readText(path);
}

/**
 * Replaces a lock file as a whole by what `change` makes of its text; others may read it, since it is committed. Of processes that change it at the same
 * time each sees what the one before it wrote. True where it says something else now. Throws LOCK_UNWRITABLE.
 */
export async function changeLockFile(path: string, change: (text: string | undefined) => string): Promise<boolean> {
  try {
    for (;;) {
      const done = await guarded(`${path}.guard`, async (isOurs) => {
        const text = await readText(path);
        const wanted = change(text);
        if (wanted === text) return { changed: false };
        if (!(await isOurs())) return undefined;
        await writeWhole(path, wanted, { content: 'exact', mode: 0o644 });
        return { changed: true };
      });
      if (done) return done.changed;
    }
  } catch (cause) {
    if (cause instanceof RegildError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RegildError('LOCK_UNWRITABLE', `could not write the lock file: ${why}`, {
      hint: 'check who owns the file and its folder',
      cause,
    });
  }
}

/** A change takes milliseconds: a guard that is older was left by a process that died. */
const LONGEST_HOLD = 30_000;
const PAUSE = 20;

/** Runs `work` while this process alone holds a guard, a file of which there can be one. `isOurs`: whether nobody took it for left in the meantime. */
async function guarded<Result>(guard: string, work: (isOurs: () => Promise<boolean>) => Promise<Result>): Promise<Result> {
  const token = randomBytes(8).toString('hex');
  await mkdir(dirname(guard), { recursive: true });
  while (!(await writeNew(guard, token, { content: 'exact', mode: 0o600 })))
    await ((await isLeft(guard)) ? rm(guard, { force: true }) : pause(PAUSE));
  const isOurs = async () => (await readFile(guard, 'utf8').catch(() => undefined)) === token;
  try {
    return await work(isOurs);
  } finally {
    if (await isOurs()) await rm(guard, { force: true });
  }
}

async function isLeft(guard: string): Promise<boolean> {
  const found = await stat(guard).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > LONGEST_HOLD;
}
