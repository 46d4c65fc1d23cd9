import type { BuildPlan, Issue, Provisioner } from '../model/index.ts';
import { PACKAGE_MANAGERS } from './package-managers.ts';

/** The most tags that an Azure resource holds. Source: Azure Resource Manager, tag limitations. */
const MOST_TAGS = 50;

/** A loss before it is known whose it is. */
export type Loss = Omit<Issue, 'image' | 'place'>;

/** The same losses as issues of the plan's image. */
export function lossesOf(plan: BuildPlan, losses: readonly Loss[]): readonly Issue[] {
  return losses.map((loss) => ({ ...loss, image: plan.image }));
}

/** What neither engine can express: steps that need a tool which is not in the guest, and more tags than Azure holds. `ownTags` are the engine's and the run's. */
export function commonLosses(plan: BuildPlan, ownTags: number): readonly Loss[] {
  return [...plan.provisioners.flatMap((provisioner) => stepLoss(plan, provisioner) ?? []), ...tooManyTags(plan, ownTags)];
}

function stepLoss(plan: BuildPlan, provisioner: Provisioner): Loss | undefined {
  const { kind } = provisioner;
  if (kind === 'chef')
    return impossible(provisioner, plan, 'ship the cookbooks with a `file` step and start chef-client in local mode with a `shell` step');
  if (plan.os.family === 'windows') {
    if (kind === 'packages' || kind === 'ansible' || kind === 'puppet' || kind === 'shell')
      return impossible(provisioner, plan, 'use a `powershell` step');
    return undefined;
  }
  if (kind === 'powershell') return impossible(provisioner, plan, 'use a `shell` step');
  if ((kind === 'packages' || kind === 'updates' || kind === 'ansible') && !PACKAGE_MANAGERS[plan.os.packageManager]) {
    return impossible(provisioner, plan, `regild knows no package manager "${plan.os.packageManager}"; use a \`shell\` step`);
  }
  if (kind === 'ansible') return insideGuest(provisioner, 'roles and files beside it are not copied, and Ansible stays installed');
  return kind === 'puppet'
    ? insideGuest(provisioner, 'modules beside it are not copied, and Puppet must be installed by an earlier step')
    : undefined;
}

function impossible({ id, kind }: Provisioner, { os, engine }: BuildPlan, hint: string): Loss {
  return {
    severity: 'error',
    code: 'STEP_NOT_SUPPORTED',
    message: `${engine} cannot run the ${kind} step ${id} on ${os.distro} ${os.version}`,
    hint,
  };
}

function insideGuest({ id, kind }: Provisioner, consequence: string): Loss {
  return { severity: 'warning', code: 'STEP_RUNS_IN_GUEST', message: `the ${kind} step ${id} runs inside the guest: ${consequence}` };
}

function tooManyTags({ tags }: BuildPlan, ownTags: number): readonly Loss[] {
  const count = Object.keys(tags).length + ownTags;
  if (count <= MOST_TAGS) return [];
  return [
    {
      severity: 'error',
      code: 'TOO_MANY_TAGS',
      message: `the image would carry ${count} tags, Azure holds ${MOST_TAGS}`,
      hint: 'name the AMI tags to keep in `carryTags`',
    },
  ];
}
