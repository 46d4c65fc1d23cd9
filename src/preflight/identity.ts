import type { BuildPlan } from '../model/index.ts';
import { grants, lackingActions } from './permissions.ts';
import type { Answer, AzureState } from './questions.ts';

const ASSIGN = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action';

/** What Image Builder does as the build identity in the resource group of the gallery. Source: image-builder-permissions-cli. */
export const IDENTITY_ACTIONS = [
  'Microsoft.Compute/galleries/read',
  'Microsoft.Compute/galleries/images/read',
  'Microsoft.Compute/galleries/images/versions/read',
  'Microsoft.Compute/galleries/images/versions/write',
  'Microsoft.Compute/images/read',
  'Microsoft.Compute/images/write',
  'Microsoft.Compute/images/delete',
] as const;

/** What it does in the network of `build.subnet`. Source: the same page, "Permission to customize images on your virtual networks". */
export const IDENTITY_NETWORK_ACTIONS = [
  'Microsoft.Network/virtualNetworks/read',
  'Microsoft.Network/virtualNetworks/subnets/join/action',
] as const;

/** The virtual network of the subnet that the user names for the build VM. */
export function networkOf({ subnet }: BuildPlan['build']): string | undefined {
  return subnet?.replace(/\/subnets\/[^/]*$/i, '');
}

/** The identity that Image Builder works as exists, this identity may assign it, and it may itself write the version and join the network that is named. */
export function identityWorks(plan: BuildPlan, { identity, locations, resourceGroup }: AzureState): readonly Answer[] {
  const id = plan.build.identity;
  if (!locations || id === undefined || plan.engine !== 'image-builder') return [];
  const title = 'build identity';
  const answer = (status: Answer['status'], detail: string, hint?: string): Answer => ({
    id: 'identity',
    title,
    status,
    detail,
    ...(hint && { hint }),
  });
  if (identity === undefined)
    return [answer('fail', `the identity ${id} of build.identity does not exist`, `create it, or correct \`build.identity\`; ${DOCUMENT}`)];
  if (identity === 'unreadable')
    return [
      answer(
        'unknown',
        `cannot look at the identity ${id}`,
        'the right Microsoft.ManagedIdentity/userAssignedIdentities/read on it would tell',
      ),
    ];
  const { location, rights, inNetwork, toCaller } = identity;
  const network = networkOf(plan.build);
  const mayAssign = toCaller === undefined || toCaller.some((grant) => grants(grant, ASSIGN));
  const lacking = rights === undefined || !resourceGroup ? [] : lackingActions(IDENTITY_ACTIONS, rights);
  const shut = network === undefined || inNetwork === undefined ? [] : lackingActions(IDENTITY_NETWORK_ACTIONS, inNetwork);
  const missing = [
    ...lacking.map((action) => `${action} on the resource group ${plan.resourceGroup}`),
    ...shut.map((action) => `${action} on the network of build.subnet, ${network}`),
  ];
  const name = id.split('/').at(-1) ?? id;
  return [
    ...(mayAssign ? [] : [answer('fail', `this identity lacks ${ASSIGN} on the build identity ${name}`, DOCUMENT)]),
    ...missing.map((what) => answer('fail', `the build identity ${name} lacks ${what}`, DOCUMENT)),
    ...(rights === undefined || (network !== undefined && inNetwork === undefined)
      ? [
          answer(
            'unknown',
            `cannot see what the build identity ${name} may do`,
            `Microsoft.Authorization/roleAssignments/read would tell; ${DOCUMENT}`,
          ),
        ]
      : []),
    ...(mayAssign && missing.length === 0 ? [answer('pass', `${name} exists in ${location}`)] : []),
  ];
}

const DOCUMENT = 'docs/reference/permissions.md has the role and the commands that give it';
