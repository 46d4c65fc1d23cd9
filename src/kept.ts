import { RegildError } from './errors.ts';
import { shellWord } from './guest/quote.ts';
import { type BuildPlan, DEADLINE_TAG, type Issue, type Leftover, onErrorOf, type Stage, sizeOf } from './model/index.ts';
import type { Context } from './ports.ts';

/** A failure that leaves something standing, in words: `the build failed`. */
interface Failed {
  readonly stage: Stage;
  readonly what: string;
}

/** Whether the machine in which something failed is to stay, by the command line, the manifest or whoever watches. Never after an abort. */
export async function staysAfter(
  { stage, what }: Failed,
  plan: BuildPlan,
  { ports, run }: Context<'operator' | 'progress'>,
): Promise<boolean> {
  const policy = onErrorOf(plan, run);
  if (run.signal.aborted || policy === 'cleanup') return false;
  if (policy === 'keep') return true;
  const answer = await ports.operator.confirm(`${plan.image}: ${what}. Keep its machine until ${run.deadline.toISOString()}?`);
  if (answer === undefined) ports.progress.emit({ kind: 'stage-note', image: plan.image, stage, text: 'nobody to ask: it is deleted' });
  return answer ?? false;
}

/** What stands after a failure: the resource group with the machine, and what else goes with it. */
export interface Kept {
  readonly group: Leftover;
  /** The image template whose staging group it is. */
  readonly template?: string | undefined;
}

/** Everything to know of what was kept, as a warning: how much there is, until when, how to get into it, and how to end it. */
export function keptIssue({ group, template }: Kept, plan: Pick<BuildPlan, 'image' | 'subscription' | 'os'>, run: string): Issue {
  const { risk, size: held } = sizeOf(group, []);
  const size = held === 'empty' ? 'nothing' : held;
  const cost =
    risk === 'compute' ? '; a machine costs by the hour, disks by the month' : risk === 'storage' ? '; it costs by the month' : '';
  const owner = template === undefined ? '' : `the image template ${template} and its staging group, `;
  return {
    severity: 'warning',
    code: 'KEPT_AFTER_FAILURE',
    message: `kept after the failure until ${group.tags[DEADLINE_TAG] ?? 'somebody deletes it'}: ${owner}the resource group ${group.name}, which holds ${size}${cost}`,
    hint: `${waysIn(group.name, plan)}; end it with \`regild sweep --run ${run}\`, which also happens when its deadline has passed and sweep runs`,
    image: plan.image,
  };
}

/** Nobody has a login of a build or test machine: its key was made for it and is gone. Azure's agent runs commands and makes accounts. */
function waysIn(group: string, { subscription, os }: Pick<BuildPlan, 'subscription' | 'os'>): string {
  const where = `--subscription ${shellWord(subscription)} --resource-group ${shellWord(group)}`;
  const name = `--name "$(az vm list ${where} --query '[0].name' --output tsv)"`;
  const [command, script, proof] =
    os.family === 'windows'
      ? (['RunPowerShellScript', 'Get-EventLog -LogName System -Newest 50', "--password '<password>'"] as const)
      : (['RunShellScript', 'journalctl -b -p err', '--ssh-key-value ~/.ssh/id_ed25519.pub'] as const);
  const runs = `az vm run-command invoke ${where} ${name} --command-id ${command} --scripts '${script}'`;
  return `run commands in it: \`${runs}\`; to log in, make an account: \`az vm user update ${where} ${name} --username <you> ${proof}\``;
}

/** The same failure, with what stands because of it. */
export function withKept(error: unknown, issue: Issue): unknown {
  if (!(error instanceof RegildError)) return error;
  const { code, message, hint, details, issues } = error;
  return new RegildError(code, message, { hint, details, issues: [...issues, issue], cause: error });
}
