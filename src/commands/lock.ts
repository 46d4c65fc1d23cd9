import { resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { FleetLock } from '../fleet.ts';
import { lockIssues, tellPinned } from '../lock/compare.ts';
import { EMPTY_LOCK, pinSpec, resolvedEntry, updateLock } from '../lock/entry.ts';
import { entryOf, type Lock } from '../lock/lock.ts';
import { readLock } from '../lock/read.ts';
import { lockFileOf, writeLock } from '../lock/write.ts';
import type { ImageReport } from '../model/index.ts';
import type { Io } from './command.ts';
import { changeLockFile, readLockFile } from './files.ts';
import type { Fleet } from './manifest.ts';
import type { FleetFlags, LockFlags } from './options.ts';

/** A manifest's lock file in the hands of one run. */
export interface OpenLock {
  /** What it does to the fleet; undefined when there is nothing to compare with. */
  readonly fleet: FleetLock | undefined;
  /** Writes what was resolved, where that was asked for. */
  readonly save: (images: readonly ImageReport[]) => Promise<void>;
}

/**
 * Opens the lock file beside the manifest. `--locked` holds every image to it; `--update-lock` writes it; otherwise it is compared, where there is one.
 * Throws LOCK_INVALID, and LOCK_NOT_FOUND where `--locked` finds none.
 */
export async function openLock(flags: Pick<FleetFlags, 'manifest'> & LockFlags, fleet: Fleet, io: Io): Promise<OpenLock> {
  const file = lockFileOf(flags.manifest);
  const path = resolve(io.folder, file);
  const text = await readLockFile(path);
  const lock = text === undefined ? undefined : readLock(text, file);
  if (flags.updateLock) return { fleet: undefined, save: update };
  if (flags.locked && lock === undefined) {
    throw new RegildError('LOCK_NOT_FOUND', `there is no lock file ${file}`, {
      hint: 'write it with `regild plan --update-lock` and commit it',
    });
  }
  return { fleet: lock && fleetLock(lock, file, fleet, { strict: flags.locked ?? false, now: io.now }), save: async () => {} };

  async function update(images: readonly ImageReport[]): Promise<void> {
    const resolved = images.flatMap((image) => {
      const spec = fleet.specs.find(({ name }) => name === image.image);
      const entry = spec && resolvedEntry(spec, image, io.now());
      return entry ? [[image.image, entry] as const] : [];
    });
    // Read once more: others may have written it while this run planned.
    const changed = await changeLockFile(path, (found) => {
      const old = found === undefined ? EMPTY_LOCK : readLock(found, file);
      return writeLock(updateLock(old, Object.fromEntries(resolved), fleet.known), flags.manifest);
    });
    io.diagnostics.write(`lock file   ${file}${changed ? '' : ' is up to date'}\n`);
  }
}

function fleetLock(
  lock: Lock,
  file: string,
  { specs }: Fleet,
  { strict, now }: { readonly strict: boolean; readonly now: () => Date },
): FleetLock {
  return {
    tell: (issue) => (strict && issue.image !== undefined && entryOf(lock, issue.image) ? tellPinned(issue, file) : issue),
    pin: (spec) => (strict ? pinSpec(spec, entryOf(lock, spec.name)) : spec),
    review: (planned) =>
      specs.flatMap((spec) => {
        const report = planned.find(({ image }) => image === spec.name);
        const resolved = report && resolvedEntry(spec, report, now());
        return lockIssues({ image: spec.name, locked: entryOf(lock, spec.name), resolved }, file, strict);
      }),
  };
}
