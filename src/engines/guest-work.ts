import { type PlannedText, plannedText } from '../guest/planned-text.ts';
import { textsOf } from '../guest/steps/index.ts';
import { type GuestTexts, type GuestWork, guestWork } from '../guest/work.ts';
import { type BuildPlan, type FolderFile, type PlannedFile, sha256 } from '../model/index.ts';
import type { Assets } from '../ports.ts';

/**
 * What the plan does inside the guest, with every text that it names read again. Throws ARTIFACT_INVALID when one is not the one that was planned,
 * FILE_NOT_FOUND when it is gone.
 */
export async function readGuestWork(plan: BuildPlan, assets: Assets): Promise<GuestWork> {
  return guestWork(plan, await readGuestTexts(plan, assets));
}

/** regild's own scripts that a plan names. */
export function ownScripts({ provisioners, guestScripts }: Pick<BuildPlan, 'provisioners' | 'guestScripts'>): readonly PlannedText[] {
  const started = provisioners.flatMap((one) => (one.kind === 'guest' ? [{ path: one.script, sha256: one.sha256 }] : []));
  return [...guestScripts, ...started];
}

async function readGuestTexts(plan: BuildPlan, assets: Assets): Promise<GuestTexts> {
  const { texts, folders } = textsOf(plan.provisioners);
  return {
    own: await readOwn(ownScripts(plan), assets),
    user: new Map(await Promise.all(texts.map(async (one) => [one.path, plannedText(one, await assets.user(one.path))] as const))),
    folders: new Map(await Promise.all(folders.map(async ({ path, files }) => [path, await readFolder(path, files, assets)] as const))),
  };
}

/** A file that came after the plan was made is no part of it, and not read. */
async function readFolder(folder: string, files: readonly PlannedFile[], assets: Assets): Promise<readonly FolderFile[]> {
  const found = new Map((await assets.userFolder(folder))?.map(({ path, content }) => [path, content]));
  return files.map(({ path, sha256 }) => ({ path, content: plannedText({ path: `${folder}/${path}`, sha256 }, found.get(path)) }));
}

async function readOwn(planned: readonly PlannedText[], assets: Pick<Assets, 'allOwnAs'>): Promise<ReadonlyMap<string, string>> {
  const found = await assets.allOwnAs(
    planned.map(({ path }) => path),
    hashed,
  );
  return new Map(planned.map((one) => [one.path, plannedText(one, found.get(one.path)?.content, found.get(one.path)?.hash)]));
}

function hashed(content: string): { readonly content: string; readonly hash: string } {
  return { content, hash: sha256(content) };
}
