import { PACKAGE_MANAGERS } from '../guest/steps/package-managers.ts';
import type { BuildPlan, Issue, Provisioner } from '../model/index.ts';

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
  return [
    ...plan.provisioners.flatMap((provisioner) => stepLoss(plan, provisioner) ?? []),
    ...plan.provisioners.flatMap((provisioner) => identityLoss(plan, provisioner) ?? []),
    ...tooManyTags(plan, ownTags),
  ];
}

function stepLoss(plan: BuildPlan, provisioner: Provisioner): Loss | undefined {
  const { kind } = provisioner;
  if (plan.os.family === 'windows') return windowsLoss(plan, provisioner);
  if (kind === 'powershell') return impossible(provisioner, plan, 'use a `shell` step');
  if ((kind === 'packages' || kind === 'updates' || kind === 'ansible') && !PACKAGE_MANAGERS[plan.os.packageManager]) {
    return impossible(provisioner, plan, `regild knows no package manager "${plan.os.packageManager}"; use a \`shell\` step`);
  }
  if (kind === 'ansible') return insideGuest(provisioner, 'roles and files beside it are not copied, and Ansible stays installed');
  if (kind === 'puppet')
    return insideGuest(provisioner, 'modules beside it are not copied, and Puppet must be installed by an earlier step');
  return kind === 'chef' ? insideGuest(provisioner, 'Cinc or Chef must be installed by an earlier step') : undefined;
}

/** Ansible has no control node on Windows; the local runs of Chef and Puppet are written for the paths and the shell of Linux. */
function windowsLoss(plan: BuildPlan, provisioner: Provisioner): Loss | undefined {
  switch (provisioner.kind) {
    case 'ansible':
      return impossible(provisioner, plan, 'Ansible cannot run on Windows itself, only against it; use a `powershell` step');
    case 'chef':
    case 'puppet':
      return impossible(provisioner, plan, 'it runs on Linux guests only; start its client in local mode with a `powershell` step');
    case 'packages':
    case 'shell':
      return impossible(provisioner, plan, 'use a `powershell` step');
    default:
      return undefined;
  }
}

/** Secrets are read by the build VM itself, as somebody who may. */
function identityLoss({ engine, build }: BuildPlan, provisioner: Provisioner): Loss | undefined {
  if (build.identity !== undefined || !('secrets' in provisioner) || provisioner.secrets === undefined) return undefined;
  const names = Object.keys(provisioner.secrets).join(', ');
  return {
    severity: 'error',
    code: 'SECRETS_NEED_IDENTITY',
    message: `${engine} has no identity with which the step ${provisioner.id} could read ${names} from Key Vault`,
    hint: 'set `build.identity` to the resource id of one that has the role Key Vault Secrets User on the vault',
  };
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
