import type { Step } from '../model/index.ts';
import type { Assets, FolderFile } from '../ports.ts';

/** What the steps name, by path relative to the manifest; a path that is absent could not be read. */
export interface UserFiles {
  /** Text of single files. */
  readonly texts: ReadonlyMap<string, string>;
  readonly folders: ReadonlyMap<string, readonly FolderFile[]>;
}

/** Reads every file and folder that the steps name. */
export async function readUserFiles(steps: readonly Step[], assets: Assets): Promise<UserFiles> {
  const [texts, folders] = await Promise.all([
    readAll(filesOf(steps), (path) => assets.user(path)),
    readAll(foldersOf(steps), (path) => assets.userFolder(path)),
  ]);
  return { texts, folders };
}

/** Reads each path once; what does not exist is left out. */
export async function readAll<Found>(
  paths: readonly string[],
  read: (path: string) => Promise<Found | undefined>,
): Promise<ReadonlyMap<string, Found>> {
  const found = await Promise.all([...new Set(paths)].map(async (path) => [path, await read(path)] as const));
  return new Map(found.flatMap(([path, content]) => (content === undefined ? [] : [[path, content] as const])));
}

/** The files that the user's steps need, relative to the manifest. */
export function filesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => fileOf(step) ?? []);
}

function fileOf(step: Step): string | undefined {
  switch (step.kind) {
    case 'shell':
    case 'powershell':
      return step.script;
    case 'file':
      return step.from;
    case 'ansible':
      return step.playbook;
    case 'puppet':
      return step.manifest;
    case 'chef':
    case 'packages':
    case 'updates':
    case 'restart':
      return undefined;
  }
}

function foldersOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'chef' ? [step.cookbooks] : []));
}
