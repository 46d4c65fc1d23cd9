import { RegildError } from '../errors.ts';
import { type CheckTexts, checkScript, checkTexts, restartedScript } from '../guest/check-run.ts';
import { inGuestFolder } from '../guest/folder.ts';
import { plannedText } from '../guest/planned-text.ts';
import { ANSWERS } from '../guest/tables.ts';
import type { BuildPlan, PlannedCheck } from '../model/index.ts';
import type { AdministratorLogin, Context } from '../ports.ts';

/** What a VM is asked when it is up, by whom its administrator is, and again after a restart, where a check is about that. */
export interface Scripts {
  readonly first: (login: AdministratorLogin | undefined) => string;
  readonly restarted: string | undefined;
}

/** The scripts that the planned checks are asked with. Throws ARTIFACT_INVALID when one is not the one that was planned. */
export async function scriptsFor(plan: BuildPlan, context: Context<'assets'>): Promise<Scripts> {
  const { os, digest, checks } = plan;
  const texts = await textsFor(plan, context);
  const restarted = checks.filter(isAboutRestart).map(({ id }) => id);
  const first = checks.filter((check) => !isAboutRestart(check)).map(({ id }) => id);
  return {
    first: (login) => checkScript(os.family, { ...texts, login }, first, digest),
    restarted: restarted.length === 0 ? undefined : restartedScript(os.family, texts, restarted),
  };
}

/** True for a check that is asked once the machine has restarted. */
export function isAboutRestart({ stages }: PlannedCheck): boolean {
  return stages.includes('restarted');
}

async function textsFor(plan: BuildPlan, { ports }: Context<'assets'>): Promise<CheckTexts> {
  const ids = plan.checks.map(({ id }) => id);
  const texts = await checkTexts(
    plan.os.family,
    ids,
    async (path) => ofTheUser(plan, path) ?? plannedScript(plan, path, await ports.assets.own(path)),
  );
  const contentOf = (name: string) => plan.guestFiles.find(({ path }) => path.startsWith(name))?.content;
  return { ...texts, family: plan.os.guest, components: contentOf('components.'), answers: contentOf(ANSWERS) };
}

/** A check that the user added is part of the plan itself. */
function ofTheUser({ guestFiles }: BuildPlan, script: string): string | undefined {
  return guestFiles.find(({ path }) => path === inGuestFolder(script))?.content;
}

function plannedScript({ guestScripts, image }: BuildPlan, path: string, text: string): string {
  const planned = guestScripts.find((script) => script.path === path);
  if (planned) return plannedText(planned, text);
  throw new RegildError('ARTIFACT_INVALID', `the plan of ${image} does not say which ${path} its checks are run with`, {
    hint: 'plan again',
  });
}
