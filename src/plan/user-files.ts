import { filesOf } from '../guest/steps/index.ts';
import type { FoundFiles } from '../guest/steps/step.ts';
import type { Step } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/** What the steps name, by path relative to the manifest; a path that is absent could not be read. */
export type UserFiles = FoundFiles;

/** Reads every file and folder that the steps name. */
export async function readUserFiles(steps: readonly Step[], assets: Assets): Promise<UserFiles> {
  const named = filesOf(steps);
  const [texts, copies, folders] = await Promise.all([
    readAll(named.texts, (path) => assets.user(path)),
    readAll(named.copies, (path) => assets.userFile(path)),
    readAll(named.folders, (path) => assets.userFolder(path)),
  ]);
  return { texts, copies, folders };
}

/** Reads each path once; what does not exist is left out. */
export async function readAll<Found>(
  paths: readonly string[],
  read: (path: string) => Promise<Found | undefined>,
): Promise<ReadonlyMap<string, Found>> {
  const found = await Promise.all([...new Set(paths)].map(async (path) => [path, await read(path)] as const));
  return new Map(found.flatMap(([path, content]) => (content === undefined ? [] : [[path, content] as const])));
}
