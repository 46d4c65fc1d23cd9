import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { filesOf } from '../guest/steps/index.ts';
import { entryOf, type Lock } from '../lock/lock.ts';
import type { ImageSpec } from '../model/index.ts';

/** The images of a manifest, and what its lock file pins. */
export interface Pinned {
  readonly specs: readonly ImageSpec[];
  readonly lock: Lock | undefined;
}

/** Why an image may come out otherwise than from the manifest of an earlier commit; empty when nothing of it changed. Paths are relative to the manifest. */
export function changesOf(spec: ImageSpec, now: Pinned, before: Pinned, changedPaths: readonly string[]): readonly string[] {
  const earlier = before.specs.find(({ name }) => name === spec.name);
  if (earlier === undefined) return ['it is not in the earlier manifest, or not valid there'];
  const entry = isDeepStrictEqual(withoutPlace(spec), withoutPlace(earlier)) ? [] : ['its entry in the manifest'];
  const lock = isDeepStrictEqual(pinOf(now, spec), pinOf(before, spec)) ? [] : ['its entry in the lock file'];
  return [...entry, ...lock, ...changedFiles(spec, changedPaths)];
}

/** Lines that move say nothing of the image. */
function withoutPlace({ place: _, ...rest }: ImageSpec): object {
  return rest;
}

function pinOf({ lock }: Pinned, { name }: ImageSpec) {
  return lock && entryOf(lock, name);
}

/** The files that its steps and checks name, as far as they changed. */
function changedFiles({ customize, checks }: ImageSpec, changedPaths: readonly string[]): readonly string[] {
  const { texts, copies, folders } = filesOf(customize);
  const scripts = checks.add.flatMap((check) => ('script' in check && check.script !== undefined ? [check.script] : []));
  const files = new Set([...texts, ...copies, ...scripts].map((path) => posix.normalize(path)));
  const within = folders.map((path) => posix.normalize(path).replace(/\/$/, ''));
  return changedPaths.filter((path) => files.has(path) || within.some((folder) => isIn(folder, path)));
}

function isIn(folder: string, path: string): boolean {
  return path === folder || (folder === '.' ? !path.startsWith('../') : path.startsWith(`${folder}/`));
}
