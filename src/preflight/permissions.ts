import type { BuildPlan, Engine } from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

const GALLERY = [
  'Microsoft.Compute/galleries/read',
  'Microsoft.Compute/galleries/write',
  'Microsoft.Compute/galleries/images/read',
  'Microsoft.Compute/galleries/images/write',
  'Microsoft.Compute/galleries/images/versions/read',
  'Microsoft.Compute/galleries/images/versions/write',
] as const;

/** Actions on the resource group of the gallery that an engine needs beside those on the gallery. */
const OF_ENGINE: Readonly<Record<Engine, readonly string[]>> = {
  packer: ['Microsoft.Compute/images/write'],
  'image-builder': [
    'Microsoft.VirtualMachineImages/imageTemplates/write',
    'Microsoft.VirtualMachineImages/imageTemplates/run/action',
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  ],
};

/** Actions that the caller needs on the resource group of the gallery. Documented with the roles in docs/permissions.md. */
export function requiredActions({ engine, route }: Pick<BuildPlan, 'engine' | 'route'>): readonly string[] {
  const actions = [...GALLERY, ...OF_ENGINE[engine]];
  return route === 'staging-definition' ? [...actions, 'Microsoft.Compute/galleries/images/versions/delete'] : actions;
}

/** The identity may do what the plan needs; each missing action is named. */
export function permissionsSuffice(plan: BuildPlan, { permissions, resourceGroup }: AzureState): readonly Answer[] {
  if (!resourceGroup) return [];
  const title = 'permissions';
  if (!permissions)
    return [{ id: 'permission', title, status: 'unknown', detail: `cannot read the permissions on ${plan.resourceGroup}`, hint: HINT }];
  const missing = requiredActions(plan).filter((action) => !permissions.some((grant) => grants(grant, action)));
  if (missing.length === 0)
    return [{ id: 'permission', title, status: 'pass', detail: `all actions on ${plan.resourceGroup} are allowed` }];
  return missing.map((action) => ({
    id: 'permission',
    title,
    status: 'fail',
    detail: `this identity lacks ${action} on the resource group ${plan.resourceGroup}`,
    hint: HINT,
  }));
}

const HINT = 'docs/permissions.md lists the least privileges and the commands that grant them';

function grants(
  { actions, notActions }: { readonly actions: readonly string[]; readonly notActions: readonly string[] },
  action: string,
): boolean {
  return actions.some((pattern) => covers(pattern, action)) && !notActions.some((pattern) => covers(pattern, action));
}

/** Azure role patterns: `*` stands for any characters, case does not matter. */
function covers(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
