import { RegildError } from '../errors.ts';
import { type BuildPlan, type FolderFile, type PlannedFile, sha256 } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/** The texts that the plan's provisioners name by path: `own` relative to the installation, `user` relative to the manifest. */
export interface GuestTexts {
  readonly own: ReadonlyMap<string, string>;
  readonly user: ReadonlyMap<string, string>;
  /** Files of the user's folders, by the folder. */
  readonly folders: ReadonlyMap<string, readonly FolderFile[]>;
}

interface Wanted {
  readonly path: string;
  /** The planned content, hexadecimal. */
  readonly sha256: string;
}

/** Reads every text that the plan names. Throws ARTIFACT_INVALID when one is not the one that was planned, FILE_NOT_FOUND when it is gone. */
export async function readGuestTexts({ provisioners, guestScripts }: BuildPlan, assets: Assets): Promise<GuestTexts> {
  const started = provisioners.flatMap((one) => (one.kind === 'guest' ? [{ path: one.script, sha256: one.sha256 }] : []));
  const files = provisioners.flatMap((one): readonly Wanted[] => {
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
  return files.map(({ path, sha256 }) => ({ path, content: planned({ path: `${folder}/${path}`, sha256 }, found.get(path)) }));
}

async function readAll(
  wanted: readonly Wanted[],
  read: (path: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(wanted.map(async (one) => [one.path, planned(one, await read(one.path))] as const));
  return new Map(texts);
}

function planned({ path, sha256: wanted }: Wanted, text: string | undefined): string {
  if (text === undefined)
    throw new RegildError('FILE_NOT_FOUND', `the file ${path} does not exist`, { hint: 'paths are relative to the manifest' });
  const found = sha256(text);
  if (found === wanted) return text;
  throw new RegildError('ARTIFACT_INVALID', `${path} is not the file that was planned: its sha-256 is ${found}, the plan says ${wanted}`, {
    hint: 'it changed after the plan was made; plan again',
  });
}
