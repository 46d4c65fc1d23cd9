import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunId } from '../model/index.ts';
import { holdingRun } from './run-hold.ts';

/** What a folder is called while it goes: no run, so that one that is half gone is taken for none. */
const GOING = '.deleted-';

/** The bytes of the files in a folder; links are not followed. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await lstat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Deletes the folder of a run below `runs`, as long as `still` says so once nobody else can work in it; false where it does not. Throws BUILD_RUNNING where a
 * process works there.
 */
export async function removeRun(runs: string, id: string, still: () => Promise<boolean>): Promise<boolean> {
  const folder = join(runs, id);
  return holdingRun(folder, id, async () => {
    if (!(await still())) return false;
    await rename(folder, join(runs, `${GOING}${id}`));
    await removeGoing(runs);
    return true;
  });
}

/** What a deletion that was cut short left of run folders. */
export async function removeGoing(runs: string): Promise<void> {
  const names = await readdir(runs);
  const going = names.filter((name) => name.startsWith(GOING) && isRunId(name.slice(GOING.length)));
  for (const name of going) await rm(join(runs, name), { recursive: true, force: true });
}
