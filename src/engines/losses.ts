import { elsewhere, warningOf } from '../guest/steps/index.ts';
import { secretsOf } from '../guest/steps/secrets.ts';
import type { Issue, PlanDraft, Provisioner } from '../model/index.ts';

/** The most tags that an Azure resource holds. Source: Azure Resource Manager, tag limitations. */
const MOST_TAGS = 50;

/** A loss before it is known whose it is. */
export type Loss = Omit<Issue, 'image' | 'place'>;

/** The same losses as issues of the plan's image. */
export function lossesOf(plan: PlanDraft, losses: readonly Loss[]): readonly Issue[] {
  return losses.map((loss) => ({ ...loss, image: plan.image }));
}

/** What neither engine can express: steps that need a tool which is not in the guest, and more tags than Azure holds. `ownTags` are the engine's and the run's. */
export function commonLosses(plan: PlanDraft, ownTags: number): readonly Loss[] {
  return [
    ...plan.provisioners.flatMap((provisioner) => stepLoss(plan, provisioner) ?? []),
    ...plan.provisioners.flatMap((provisioner) => identityLoss(plan, provisioner) ?? []),
    ...tooManyTags(plan, ownTags),
  ];
}

function stepLoss(plan: PlanDraft, provisioner: Provisioner): Loss | undefined {
  const { family } = plan.os;
  const other = elsewhere(provisioner, family);
  if (other?.by === 'nothing') return impossible(provisioner, plan, other.instead);
  const consequence = warningOf(provisioner);
  return consequence === undefined ? undefined : insideGuest(provisioner, consequence);
}

/** Secrets are read by the build VM itself, as somebody who may. */
function identityLoss({ engine, build }: PlanDraft, provisioner: Provisioner): Loss | undefined {
  const secrets = secretsOf(provisioner);
  if (build.identity !== undefined || secrets === undefined) return undefined;
  const names = Object.keys(secrets).join(', ');
  return {
    severity: 'error',
    code: 'SECRETS_NEED_IDENTITY',
    message: `${engine} has no identity with which the step ${provisioner.id} could read ${names} from Key Vault`,
    hint: 'set `build.identity` to the resource id of one that has the role Key Vault Secrets User on the vault',
  };
}

function impossible({ id, kind }: Provisioner, { os, engine }: PlanDraft, hint: string): Loss {
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

function tooManyTags({ tags }: PlanDraft, ownTags: number): readonly Loss[] {
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
