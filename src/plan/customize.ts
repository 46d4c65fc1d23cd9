import { filesOf, type Planned, planStep } from '../guest/steps/index.ts';
import type { FoundFiles } from '../guest/steps/step.ts';
import type { ImageSpec, Issue, Provisioner, Step } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/** What the steps name, by path relative to the manifest; a path that is absent could not be read. */
export type UserFiles = FoundFiles;

/** Reads every file and folder that the steps name. */
export async function readUserFiles(steps: readonly Step[], assets: Pick<Assets, 'user' | 'userFile' | 'userFolder'>): Promise<UserFiles> {
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

/** The user's steps as provisioners, in the user's order; a missing file or a step for the other operating system is an issue. */
export function customizeProvisioners(
  spec: ImageSpec,
  system: 'linux' | 'windows',
  files: UserFiles,
): { readonly provisioners: readonly Provisioner[]; readonly issues: readonly Issue[] } {
  const planned = spec.customize.map((step, index) => ({ step, planned: planStep(step, files, { number: index + 1, system }) }));
  return {
    provisioners: planned.flatMap((one) => ('provisioners' in one.planned ? one.planned.provisioners : [])),
    issues: planned.flatMap((one) =>
      problemsOf(one.step, one.planned, system).map((problem) => ({ ...problem, image: spec.name, place: spec.place })),
    ),
  };
}

function problemsOf({ kind }: Step, planned: Planned, system: 'linux' | 'windows'): readonly Issue[] {
  if ('provisioners' in planned) return [];
  if ('missing' in planned) {
    const message = `the customize step's file ${planned.missing} does not exist`;
    return [{ severity: 'error', code: 'FILE_NOT_FOUND', message, hint: 'paths are relative to the manifest' }];
  }
  const hint = system === 'windows' ? 'use `powershell:`' : 'use `shell:`';
  return [{ severity: 'error', code: 'STEP_WRONG_SYSTEM', message: `a ${kind} step cannot run on ${system}`, hint }];
}
