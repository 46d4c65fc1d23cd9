import { type PlannedText, plannedText } from '../guest/planned-text.ts';
import { textsOf } from '../guest/steps/index.ts';
import { type GuestTexts, type GuestWork, guestWork } from '../guest/work.ts';
import { type BuildPlan, type FolderFile, type PlannedFile, sha256, sha256OfShared } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/**
 * What the plan does inside the guest, with every text that it names read again. Throws ARTIFACT_INVALID when one is not the one that was planned,
 * FILE_NOT_FOUND when it is gone.
 */
export async function readGuestWork(plan: BuildPlan, assets: Assets): Promise<GuestWork> {
  return guestWork(plan, await readGuestTexts(plan, assets));
}

async function readGuestTexts({ provisioners, guestScripts }: BuildPlan, assets: Assets): Promise<GuestTexts> {
  const started = provisioners.flatMap((one) => (one.kind === 'guest' ? [{ path: one.script, sha256: one.sha256 }] : []));
  const { texts, folders } = textsOf(provisioners);
  return {
    own: await readAll([...guestScripts, ...started], (path) => assets.own(path), sha256OfShared),
    user: await readAll(texts, (path) => assets.user(path)),
    folders: new Map(await Promise.all(folders.map(async ({ path, files }) => [path, await readFolder(path, files, assets)] as const))),
  };
}

/** A file that came after the plan was made is no part of it, and not read. */
async function readFolder(folder: string, files: readonly PlannedFile[], assets: Assets): Promise<readonly FolderFile[]> {
  const found = new Map((await assets.userFolder(folder))?.map(({ path, content }) => [path, content]));
  return files.map(({ path, sha256 }) => ({ path, content: plannedText({ path: `${folder}/${path}`, sha256 }, found.get(path)) }));
}

async function readAll(
  wanted: readonly PlannedText[],
  read: (path: string) => Promise<string | undefined>,
  hash: (text: string) => string = sha256,
): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(wanted.map(async (one) => [one.path, plannedText(one, await read(one.path), hash)] as const));
  return new Map(texts);
}
