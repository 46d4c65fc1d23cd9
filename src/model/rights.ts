import type { Engine } from './image-spec.ts';

/** Who needs a right: those who plan, those who build with an engine, those who tend published versions, those who clean up. */
export const DUTIES = ['plan', 'image-builder', 'packer', 'published', 'sweep'] as const;
export type Duty = (typeof DUTIES)[number];

/** Cases in which a right is needed, in words. */
export const RIGHT_CASES = {
  'test-network': 'no `test.subnet`',
  'build-network': 'no `build.subnet`',
  'own-subnet': '`build.subnet` or `test.subnet`',
  windows: 'Windows',
  'purchase-plan': 'a base with a purchase plan',
  'managed-image': 'Trusted Launch on x64',
  'staging-definition': 'a version that broke, or went through a staging definition',
  retention: 'retention lets a version go',
  production: '`production` or `softDelete`',
  sharing: '`sharing`',
  'wave-check': '`rollout` with `check`',
  'no-answer': 'a test VM that does not answer',
  cancelled: 'a run that is cancelled',
  failed: 'a build that failed',
  'looked-after': 'a run that is continued, and `--on-error`',
  died: 'a runner that died',
} as const;
export type RightCase = keyof typeof RIGHT_CASES;

/** An action of Azure's role definitions, where it is needed, and for what. */
export interface Right {
  readonly action: string;
  /** On the resource group of the gallery, on the whole subscription (temporary groups are made in it), on the build's own identity, or on a subnet that is named. */
  readonly on: 'group' | 'subscription' | 'identity' | 'subnet';
  readonly duties: readonly Duty[];
  readonly purpose: string;
  /** Set where it is needed only then; the walks that are recorded ask for all the others. */
  readonly only?: RightCase;
  /** Set where a program asks for it whose requests regild does not send itself. */
  readonly by?: 'Packer';
}

const BUILDING = ['image-builder', 'packer'] as const satisfies readonly Engine[];

/** What a VM takes that is booted from a version, wherever in its life that is. */
const TEST_VM = {
  group: ['Microsoft.Resources/subscriptions/resourceGroups/write', 'Microsoft.Resources/subscriptions/resourceGroups/delete'],
  network: [
    'Microsoft.Network/virtualNetworks/read',
    'Microsoft.Network/virtualNetworks/write',
    'Microsoft.Network/virtualNetworks/subnets/join/action',
  ],
  machine: [
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/write',
    'Microsoft.Compute/virtualMachines/instanceView/read',
    'Microsoft.Compute/virtualMachines/restart/action',
    'Microsoft.Compute/virtualMachines/runCommand/action',
  ],
} as const;

/** Every right that regild and Packer need of Azure. A test sends every request with exactly these; `docs/reference/permissions.md` is written from them. */
export const RIGHTS: readonly Right[] = [
  ...rights(['plan', ...BUILDING], 'subscription', 'what can be built where: regions, sizes, quota, bases', [
    'Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions/read',
    'Microsoft.Compute/locations/usages/read',
    'Microsoft.Compute/skus/read',
    'Microsoft.Resources/subscriptions/providers/read',
    'Microsoft.Resources/subscriptions/resourceGroups/read',
  ]),
  ...rights(['plan', ...BUILDING], 'group', 'what the identity may do there', ['Microsoft.Authorization/permissions/read']),
  ...rights(['plan', ...BUILDING], 'subscription', 'the same, for temporary groups', ['Microsoft.Authorization/permissions/read']),
  ...rights(['plan', 'image-builder', 'packer'], 'group', 'what Azure Policy says of the plan', [
    'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
  ]),
  ...rights(['plan', 'image-builder', 'packer'], 'subscription', 'the same, for temporary groups', [
    'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
  ]),
  ...rights(['plan', 'image-builder'], 'subscription', 'quota of isolated builds', ['Microsoft.ContainerInstance/locations/usages/read']),
  ...rights(['plan', 'image-builder'], 'identity', 'whether the build identity exists', [
    'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  ]),
  ...rights(['plan', 'image-builder'], 'group', 'what it may do', ['Microsoft.Authorization/roleAssignments/read']),
  ...rights(['plan', 'image-builder'], 'subscription', 'what its roles allow', ['Microsoft.Authorization/roleDefinitions/read']),
  ...rights(['image-builder', 'published'], 'subscription', 'the image that a version was made from, which it names', [
    'Microsoft.Compute/images/read',
  ]),
  ...rights(['plan', ...BUILDING, 'published'], 'group', 'definitions that there are', ['Microsoft.Compute/galleries/images/read']),
  ...rights(['plan', ...BUILDING, 'published', 'sweep'], 'group', 'versions that there are', [
    'Microsoft.Compute/galleries/images/versions/read',
  ]),
  ...rights(BUILDING, 'group', 'gallery, definition, staged version, replication, promotion', [
    'Microsoft.Compute/galleries/read',
    'Microsoft.Compute/galleries/write',
    'Microsoft.Compute/galleries/images/write',
  ]),
  ...rights([...BUILDING, 'published'], 'group', 'versions: replication, promotion, tags', [
    'Microsoft.Compute/galleries/images/versions/write',
  ]),
  ...rights(BUILDING, 'group', 'the claim that says which run builds a version', [
    'Microsoft.Compute/virtualMachineScaleSets/read',
    'Microsoft.Compute/virtualMachineScaleSets/write',
    'Microsoft.Compute/virtualMachineScaleSets/delete',
  ]),
  ...rights(['image-builder'], 'group', 'the image template and its run', [
    'Microsoft.VirtualMachineImages/imageTemplates/read',
    'Microsoft.VirtualMachineImages/imageTemplates/write',
    'Microsoft.VirtualMachineImages/imageTemplates/delete',
    'Microsoft.VirtualMachineImages/imageTemplates/run/action',
    'Microsoft.VirtualMachineImages/imageTemplates/runOutputs/read',
  ]),
  ...rights(['image-builder'], 'identity', 'the template works as the build identity', [
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  ]),
  ...rights(BUILDING, 'subscription', 'the temporary group of a test VM', TEST_VM.group),
  ...only('test-network', BUILDING, 'subscription', 'its network', TEST_VM.network),
  ...only('own-subnet', ['plan', ...BUILDING], 'subnet', 'whether it fits, and may be joined', [
    'Microsoft.Network/virtualNetworks/read',
    'Microsoft.Authorization/permissions/read',
  ]),
  ...only('own-subnet', ['plan', 'image-builder'], 'subnet', 'whether the build identity may join it', [
    'Microsoft.Authorization/roleAssignments/read',
  ]),
  ...only('own-subnet', BUILDING, 'subnet', 'the VM stands in it', ['Microsoft.Network/virtualNetworks/subnets/join/action']),
  ...rights(BUILDING, 'subscription', 'the test VM, its checks and its restart', TEST_VM.machine),
  ...only('wave-check', ['published'], 'subscription', 'the test VM between two waves', Object.values(TEST_VM).flat()),
  ...only('no-answer', BUILDING, 'subscription', 'its serial console', [
    'Microsoft.Compute/virtualMachines/retrieveBootDiagnosticsData/action',
  ]),
  ...only('cancelled', ['image-builder'], 'group', 'the run is stopped', ['Microsoft.VirtualMachineImages/imageTemplates/cancel/action']),
  ...only('failed', ['image-builder'], 'subscription', 'customization.log in the staging group', [
    'Microsoft.Storage/storageAccounts/read',
  ]),
  ...only('looked-after', BUILDING, 'subscription', 'what an earlier attempt left, and what is kept of a failure', [
    'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
  ]),
  ...only('purchase-plan', ['plan', ...BUILDING], 'subscription', 'whether its terms are accepted', [
    'Microsoft.MarketplaceOrdering/offertypes/publishers/offers/plans/agreements/read',
  ]),
  ...only('staging-definition', BUILDING, 'group', 'it is deleted', ['Microsoft.Compute/galleries/images/versions/delete']),
  ...rights(['published'], 'subscription', 'who runs a version', ['Microsoft.ResourceGraph/resources/read']),
  ...only('production', ['published'], 'group', 'the gallery that versions are copied into, or whose settings are changed', [
    'Microsoft.Compute/galleries/read',
    'Microsoft.Compute/galleries/write',
    'Microsoft.Compute/galleries/images/write',
  ]),
  ...only('sharing', ['published'], 'group', 'with whom the gallery is shared', [
    'Microsoft.Compute/galleries/read',
    'Microsoft.Compute/galleries/share/action',
    'Microsoft.Authorization/roleAssignments/read',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Authorization/roleAssignments/delete',
  ]),
  ...only('retention', ['published'], 'group', 'it is deleted', ['Microsoft.Compute/galleries/images/versions/delete']),
  ...rights(['published', 'sweep'], 'subscription', 'what runs left behind', [
    'Microsoft.Resources/subscriptions/resourceGroups/read',
    'Microsoft.Resources/subscriptions/resources/read',
  ]),
  ...rights(['sweep'], 'subscription', 'temporary groups are deleted, once it is known what is in them', [
    'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
    'Microsoft.Resources/subscriptions/resourceGroups/delete',
  ]),
  ...only('died', ['sweep'], 'group', 'its claims and its image templates are deleted', [
    'Microsoft.Compute/virtualMachineScaleSets/read',
    'Microsoft.Compute/virtualMachineScaleSets/delete',
    'Microsoft.VirtualMachineImages/imageTemplates/read',
    'Microsoft.VirtualMachineImages/imageTemplates/cancel/action',
    'Microsoft.VirtualMachineImages/imageTemplates/delete',
  ]),
  ...packer('the temporary group of the build, and the templates that fill it', [
    'Microsoft.Resources/subscriptions/resourceGroups/read',
    'Microsoft.Resources/subscriptions/resourceGroups/write',
    'Microsoft.Resources/subscriptions/resourceGroups/delete',
    'Microsoft.Resources/deployments/read',
    'Microsoft.Resources/deployments/write',
    'Microsoft.Resources/deployments/delete',
    'Microsoft.Resources/deployments/validate/action',
    'Microsoft.Resources/deployments/operations/read',
    'Microsoft.Resources/deployments/operationstatuses/read',
  ]),
  ...packer('the build VM, its disk and its interface', [
    'Microsoft.Compute/virtualMachines/read',
    'Microsoft.Compute/virtualMachines/write',
    'Microsoft.Compute/virtualMachines/delete',
    'Microsoft.Compute/virtualMachines/deallocate/action',
    'Microsoft.Compute/virtualMachines/generalize/action',
    'Microsoft.Compute/virtualMachines/powerOff/action',
    'Microsoft.Compute/disks/read',
    'Microsoft.Compute/disks/write',
    'Microsoft.Compute/disks/delete',
    'Microsoft.Network/networkInterfaces/read',
    'Microsoft.Network/networkInterfaces/write',
    'Microsoft.Network/networkInterfaces/delete',
    'Microsoft.Network/networkInterfaces/join/action',
  ]),
  ...packer('its network and public address', networkOfPacker(), 'build-network'),
  ...packer(
    'the certificate of WinRM, in a temporary key vault',
    [
      'Microsoft.KeyVault/vaults/read',
      'Microsoft.KeyVault/vaults/write',
      'Microsoft.KeyVault/vaults/delete',
      'Microsoft.KeyVault/vaults/deploy/action',
    ],
    'windows',
  ),
  ...['read', 'write', 'delete'].map(
    (verb): Right => ({
      action: `Microsoft.Compute/images/${verb}`,
      on: 'group',
      duties: ['packer'],
      purpose: 'the managed image that the version is made from',
      only: 'managed-image',
      by: 'Packer',
    }),
  ),
];

function rights(duties: readonly Duty[], on: Right['on'], purpose: string, actions: readonly string[]): readonly Right[] {
  return actions.map((action) => ({ action, on, duties, purpose }));
}

function only(when: RightCase, duties: readonly Duty[], on: Right['on'], purpose: string, actions: readonly string[]): readonly Right[] {
  return rights(duties, on, purpose, actions).map((right) => ({ ...right, only: when }));
}

/** Source: packer-plugin-azure, builder/azure/arm (step_deploy_template, step_create_resource_group, template_builder). */
function packer(purpose: string, actions: readonly string[], when?: RightCase): readonly Right[] {
  return rights(['packer'], 'subscription', purpose, actions).map((right) => ({ ...right, by: 'Packer', ...(when && { only: when }) }));
}

function networkOfPacker(): readonly string[] {
  return ['virtualNetworks', 'publicIPAddresses'].flatMap((type) => [
    ...['read', 'write', 'delete'].map((verb) => `Microsoft.Network/${type}/${verb}`),
    `Microsoft.Network/${type}/${type === 'virtualNetworks' ? 'subnets/' : ''}join/action`,
  ]);
}
