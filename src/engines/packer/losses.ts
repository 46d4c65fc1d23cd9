import { hasStagingName, type Issue, type PlanDraft, stagingName } from '../../model/index.ts';
import { commonLosses, type Loss, lossesOf } from '../losses.ts';
import { parseSubnet } from './subnet.ts';

/** The run's two tags, and the four that the plugin adds for a purchase plan. */
const OWN_TAGS = { withPlan: 6, withoutPlan: 2 } as const;

/** What Packer's azure-arm builder cannot express of a plan. */
export function packerLosses(plan: PlanDraft): readonly Issue[] {
  return lossesOf(plan, [
    ...commonLosses(plan, plan.base.plan ? OWN_TAGS.withPlan : OWN_TAGS.withoutPlan),
    ...routeLoss(plan),
    ...subnetLoss(plan),
  ]);
}

/** The builder publishes only from the VM or a managed image, which Arm64 does not have: the version passes through a second definition. */
function routeLoss({ route, definition }: PlanDraft): readonly Loss[] {
  if (route !== 'staging-definition' || hasStagingName(definition.name)) return [];
  return [
    {
      severity: 'error',
      code: 'NAME_TOO_LONG',
      message: `the definition ${stagingName(definition.name)}, which packer needs on the way to ${definition.name}, has too long a name`,
      hint: 'shorten `target.definition`, or use `engine: image-builder`',
      source: 'https://github.com/hashicorp/packer-plugin-azure/issues/304',
    },
  ];
}

function subnetLoss({ build }: PlanDraft): readonly Loss[] {
  if (build.subnet === undefined || parseSubnet(build.subnet)) return [];
  return [
    {
      severity: 'error',
      code: 'SUBNET_INVALID',
      message: `\`build.subnet\` is not the resource id of a subnet: ${build.subnet}`,
      hint: 'it looks like /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>',
    },
  ];
}
