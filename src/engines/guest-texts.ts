import { type PlannedText, plannedText } from '../guest/planned-text.ts';
import type { BuildPlan, FolderFile, PlannedFile } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/** The texts that the plan's provisioners name by path: `own` relative to the installation, `user` relative to the manifest. */
export interface GuestTexts {
  readonly own: ReadonlyMap<string, string>;
  readonly user: ReadonlyMap<string, string>;
  /** Files of the user's folders, by the folder. */
  readonly folders: ReadonlyMap<string, readonly FolderFile[]>;
}

/** Reads every text that the plan names. Throws ARTIFACT_INVALID when one is not the one that was planned, FILE_NOT_FOUND when it is gone. */
export async function readGuestTexts({ provisioners, guestScripts }: BuildPlan, assets: Assets): Promise<GuestTexts> {
  const started = provisioners.flatMap((one) => (one.kind === 'guest' ? [{ path: one.script, sha256: one.sha256 }] : []));
  const files = provisioners.flatMap((one): readonly PlannedText[] => {
    if (one.kind === 'ansible') return [{ path: one.playbook, sha256: one.sha256 }];
    return one.kind === 'puppet' ? [{ path: one.manifest, sha256: one.sha256 }] : [];
  });
  return {
    own: await readAll([...guestScripts, ...started], (path) => assets.own(path)),
    user: await readAll(files, (path) => assets.user(path)),
    folders: await readFolders(provisioners, assets),
  };
}

async function readFolders(provisioners: BuildPlan['provisioners'], assets: Assets): Promise<GuestTexts['folders']> {
  const chef = provisioners.filter((one) => one.kind === 'chef');
  return new Map(await Promise.all(chef.map(async (one) => [one.cookbooks, await readFolder(one.cookbooks, one.files, assets)] as const)));
}

/** A file that came after the plan was made is no part of it, and not read. */
async function readFolder(folder: string, files: readonly PlannedFile[], assets: Assets): Promise<readonly FolderFile[]> {
  const found = new Map((await assets.userFolder(folder))?.map(({ path, content }) => [path, content]));
  return files.map(({ path, sha256 }) => ({ path, content: plannedText({ path: `${folder}/${path}`, sha256 }, found.get(path)) }));
}

async function readAll(
  wanted: readonly PlannedText[],
  read: (path: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(wanted.map(async (one) => [one.path, plannedText(one, await read(one.path))] as const));
  return new Map(texts);
}
