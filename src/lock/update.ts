import { compareEntries } from './compare.ts';
import { entryOf, type Lock, type LockEntry } from './lock.ts';

/** A lock file without entries. */
export const EMPTY_LOCK: Lock = { version: 1, images: {} };

/**
 * The lock with these entries taken over and those of images that the manifest does not have left out. An entry that says nothing different stays as
 * it is, with its time, so that a second update changes no byte.
 */
export function updateLock(lock: Lock, resolved: Readonly<Record<string, LockEntry>>, known: readonly string[]): Lock {
  const kept = Object.entries(lock.images).filter(([image]) => known.includes(image));
  const taken = Object.entries(resolved).map(([image, entry]) => [image, sameOr(entryOf(lock, image), entry)] as const);
  return { version: 1, images: Object.fromEntries([...kept, ...taken]) };
}

function sameOr(old: LockEntry | undefined, entry: LockEntry): LockEntry {
  return old !== undefined && compareEntries(old, entry).length === 0 ? old : entry;
}
