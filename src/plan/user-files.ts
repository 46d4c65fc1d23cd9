import type { FolderFile, Step, UserFile } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/** What the steps name, by path relative to the manifest; a path that is absent could not be read. */
export interface UserFiles {
  /** Scripts, playbooks, manifests. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is only copied. */
  readonly copies: ReadonlyMap<string, UserFile>;
  readonly folders: ReadonlyMap<string, readonly FolderFile[]>;
}

/** Reads every file and folder that the steps name. */
export async function readUserFiles(steps: readonly Step[], assets: Assets): Promise<UserFiles> {
  const [texts, copies, folders] = await Promise.all([
    readAll(textsOf(steps), (path) => assets.user(path)),
    readAll(copiesOf(steps), (path) => assets.userFile(path)),
    readAll(foldersOf(steps), (path) => assets.userFolder(path)),
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

function textsOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => textOf(step) ?? []);
}

function textOf(step: Step): string | undefined {
  switch (step.kind) {
    case 'shell':
    case 'powershell':
      return step.script;
    case 'ansible':
      return step.playbook;
    case 'puppet':
      return step.manifest;
    case 'file':
    case 'chef':
    case 'packages':
    case 'updates':
    case 'restart':
      return undefined;
  }
}

function copiesOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'file' ? [step.from] : []));
}

function foldersOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => (step.kind === 'chef' ? [step.cookbooks] : []));
}
