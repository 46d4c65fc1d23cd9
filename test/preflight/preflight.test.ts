import { describe, expect, test } from 'vitest';
import { type BuildPlan, stagingDefinition } from '../../src/model/index.ts';
import type { Ports } from '../../src/ports.ts';
import { checkAzure } from '../../src/preflight/index.ts';
import { fakeContext } from '../fakes/context.ts';
import { aDefinition, aPlan, aQuota, aSize, aVersion } from '../fakes/values.ts';

const SIZES = [aSize(), aSize({ name: 'Standard_D2s_v6', family: 'standardDSv6Family', controllers: ['NVMe'], generations: ['V2'] })];

const ALL = [{ actions: ['*'], notActions: [] }];

/** An Azure where everything is in place, changed where a test needs it. */
function azure(change: Partial<Ports['subscription']> & Partial<Pick<Ports['gallery'], 'definition' | 'version'>> = {}) {
  const { definition, version, ...subscription } = change;
  return fakeContext({
    subscription: {
      identity: async () => ({ location: 'northeurope', rights: ALL, toCaller: ALL }),
      policies: async () => [],
      containerCores: async () => aQuota({ name: 'StandardCores' }),
      subnet: async () => ({ location: 'northeurope', privateLinkServicePolicies: false, delegatedTo: [], toCaller: ALL }),
      locations: async () => ['northeurope', 'westeurope', 'uksouth'],
      resourceGroup: async () => ({ location: 'westeurope' }),
      provider: async () => 'Registered',
      sizes: async () => SIZES,
      zonalLocations: async () => ['northeurope', 'westeurope'],
      quotas: async () => [aQuota(), aQuota({ name: 'standardDSv5Family' }), aQuota({ name: 'standardDSv6Family' })],
      permissions: async () => [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Delete'] }],
      ...subscription,
    },
    packer: { kind: 'simulated' },
    gallery: { definition: definition ?? (async () => undefined), version: version ?? (async () => undefined) },
  });
}

const messages = async (context: ReturnType<typeof azure>, plan = aPlan()) =>
  (await checkAzure(plan, context)).issues.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

test('when all is well every question is answered with a pass', async () => {
  const preflight = await checkAzure(aPlan(), azure());
  expect(preflight.issues).toEqual([]);
  expect(preflight.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'region pass',
    'resource-group pass',
    'zones pass',
    'provider pass',
    'permission pass',
    'permission pass',
    'policy pass',
    'definition pass',
    'version pass',
    'size pass',
    'size pass',
    'size pass',
    'quota pass',
    'quota pass',
    'quota pass',
    'quota pass',
    'quota pass',
  ]);
});

test('a subscription that cannot be seen is one problem, not nine', async () => {
  expect(await messages(azure({ locations: async () => undefined }))).toEqual([
    'error PREFLIGHT_SUBSCRIPTION: the subscription sub does not exist or is not visible to this identity',
  ]);
});

test('a version that this run staged of this plan is gone on with, not in the way', async () => {
  const plan = aPlan();
  const staged = (digest: string) =>
    azure({ version: async () => ({ tags: { 'regild-run': 'run-1', 'regild-digest': digest } }) as never });
  const about = async (digest: string) => (await messages(staged(digest), plan)).filter((message) => message.includes('PREFLIGHT_VERSION'));
  expect([await about(plan.digest), (await about('another')).length]).toEqual([[], 1]);
});

test('all trouble is reported at once', async () => {
  const context = azure({
    resourceGroup: async () => undefined,
    provider: async (_subscription, name) => (name === 'Microsoft.VirtualMachineImages' ? 'NotRegistered' : 'Registered'),
    sizes: async () => [aSize({ restriction: 'NotAvailableForSubscription' })],
    version: async () => ({ tags: {} }) as never,
  });
  const plan = aPlan({ regions: [{ name: 'northeurop', replicas: 1, storage: 'Standard_LRS' }] });
  expect(await messages(context, plan)).toEqual([
    'error PREFLIGHT_REGION: the region northeurop does not exist in the subscription',
    'error PREFLIGHT_RESOURCE_GROUP: the resource group rg-images does not exist in subscription sub',
    'error PREFLIGHT_PROVIDER: the resource provider Microsoft.VirtualMachineImages is NotRegistered',
    'error PREFLIGHT_VERSION: version 2026.1121.0 of web exists already',
    'error PREFLIGHT_SIZE: VM size Standard_D2s_v5 is restricted in northeurope: NotAvailableForSubscription',
    'error PREFLIGHT_SIZE: VM size Standard_D2s_v5 is restricted in northeurope: NotAvailableForSubscription',
    'error PREFLIGHT_SIZE: VM size Standard_D2s_v6 is not sold in northeurope',
  ]);
});

describe('immutable fields of an existing definition', () => {
  test.each([
    [
      'a definition that fits, features spelt otherwise',
      aDefinition({
        features: [
          { name: 'SecurityType', value: 'trustedlaunchsupported' },
          { name: 'DiskControllerTypes', value: 'NVMe,SCSI' },
        ],
      }),
      [],
    ],
    [
      'another generation and security',
      aDefinition({ generation: 'V1', features: [] }),
      [
        'error PREFLIGHT_DEFINITION: the definition gal/web has hyperVGeneration V1, the plan needs V2, and Azure does not let it change',
        'error PREFLIGHT_DEFINITION: the definition gal/web has SecurityType Standard, the plan needs TrustedLaunchSupported, and Azure does not let it change',
        'error PREFLIGHT_DEFINITION: the definition gal/web has DiskControllerTypes SCSI, the plan needs NVMe, SCSI, and Azure does not let it change',
      ],
    ],
    [
      'a purchase plan that the base does not have',
      aDefinition({ purchasePlan: { publisher: 'resf', product: 'rocky', name: '9-base' } }),
      [
        'error PREFLIGHT_DEFINITION: the definition gal/web has purchasePlan resf:rocky:9-base, the plan needs none, and Azure does not let it change',
      ],
    ],
  ])('%s', async (_name, definition, expected) => {
    expect(await messages(azure({ definition: async () => definition }))).toEqual(expected);
  });
});

describe('a route through a staging definition', () => {
  const plan = aPlan({ engine: 'packer', route: 'staging-definition' });
  const staging = stagingDefinition(aPlan().definition);
  const { description: _, ...fields } = staging;

  test('needs both definitions to fit, and the name free in both', async () => {
    const existing = aDefinition({ ...fields, architecture: 'arm64' });
    const context = azure({
      definition: async ({ definition }) => (definition === 'web-staging' ? existing : aDefinition()),
      version: async ({ definition }) => (definition === 'web-staging' ? aVersion({ tags: {} }) : undefined),
    });
    expect(await messages(context, plan)).toEqual([
      'error PREFLIGHT_DEFINITION: the definition gal/web-staging has architecture arm64, the plan needs x64, and Azure does not let it change',
      'error PREFLIGHT_VERSION: version 2026.1121.0 of web-staging exists already',
    ]);
  });

  test('passes when the staging definition is the Standard one that regild makes', async () => {
    const context = azure({
      definition: async ({ definition }) => (definition === 'web-staging' ? aDefinition(fields) : undefined),
    });
    const { checks } = await checkAzure(plan, context);
    expect(checks.filter(({ id }) => id === 'definition').map(({ status, detail }) => `${status} ${detail}`)).toEqual([
      'pass gal/web will be created',
      'pass gal/web-staging exists and fits',
    ]);
  });

  test('needs the permission to delete versions, which other routes do not', async () => {
    const permissions = async () => [{ actions: ['*'], notActions: ['Microsoft.Compute/galleries/images/versions/delete'] }];
    expect(await messages(azure({ permissions }), aPlan({ engine: 'packer' }))).toEqual([]);
    expect(await messages(azure({ permissions }), plan)).toEqual([
      'error PREFLIGHT_PERMISSION: this identity lacks Microsoft.Compute/galleries/images/versions/delete on the resource group rg-images',
    ]);
  });

  test('does not ask for a name that Azure would not take: the engine says so', async () => {
    const long = { ...plan, definition: { ...plan.definition, name: 'n'.repeat(80) } };
    const asked: string[] = [];
    const context = azure({
      definition: async ({ definition }) => {
        asked.push(definition);
        return undefined;
      },
    });
    expect(await messages(context, long)).toEqual([]);
    expect(asked).toEqual(['n'.repeat(80)]);
  });
});

describe('sizes and quota', () => {
  test.each([
    [100, 'all 2 test VMs run side by side'],
    [3, '2 test VMs run in 2 rounds (1, 1 at a time)'],
  ])('with %d vCPUs free: %s', async (limit, said) => {
    const { checks } = await checkAzure(aPlan(), azure({ quotas: async () => [aQuota({ limit })] }));
    expect(checks.filter(({ title }) => title === 'test VMs side by side')).toEqual([
      { id: 'quota', title: 'test VMs side by side', status: 'pass', detail: said },
    ]);
  });

  test.each([
    ['architecture', { architecture: 'arm64' as const }, 'VM size Standard_D2s_v5 is arm64 and the image x64'],
    ['generation', { generations: ['V1' as const] }, 'VM size Standard_D2s_v5 does not boot generation V2'],
  ])('a size of the wrong %s is refused', async (_name, change, message) => {
    const context = azure({ sizes: async () => [aSize(change), SIZES[1] ?? aSize()] });
    expect(await messages(context)).toEqual([`error PREFLIGHT_SIZE: ${message}`, `error PREFLIGHT_SIZE: ${message}`]);
  });

  test('a size with NVMe disks only tests no SCSI, and builds where base and definition are tagged for NVMe', async () => {
    const refused = 'error PREFLIGHT_SIZE: VM size Standard_D2s_v5 has no SCSI disk controller';
    const context = azure({ sizes: async () => [aSize({ controllers: ['NVMe'] }), SIZES[1] ?? aSize()] });
    expect(await messages(context)).toEqual([refused]);
    expect(await messages(context, aPlan({ base: { ...aPlan().base, features: [] } }))).toEqual([refused, refused]);
    expect(await messages(context, aPlan({ controllers: ['SCSI'] }))).toEqual([refused, refused]);
  });

  describe('where there is no room for the planned size', () => {
    const plan = aPlan();
    const fallback = ['Standard_D2as_v5', 'Standard_D2ps_v5'];
    const [scsi] = plan.test.shapes;
    const wished = { ...plan, build: { ...plan.build, fallbackSizes: fallback }, test: { ...plan.test, shapes: scsi ? [scsi] : [] } };
    const other = aSize({ name: 'Standard_D2as_v5', family: 'standardDASv5Family' });
    const arm = aSize({ name: 'Standard_D2ps_v5', architecture: 'arm64' });

    test('the sizes that stand in are told, and those that cannot', async () => {
      const { checks } = await checkAzure(wished, azure({ sizes: async () => [aSize(), other, arm] }));
      expect(checks.filter(({ title }) => title.endsWith('no room'))).toEqual([
        {
          id: 'size',
          title: 'build VM size, if there is no room',
          status: 'pass',
          detail: 'where there is no room for Standard_D2s_v5: Standard_D2as_v5; Standard_D2ps_v5 is arm64 and the image x64',
        },
      ]);
    });

    test('a list of which nothing fits is a warning', async () => {
      expect(await messages(azure({ sizes: async () => [aSize(), arm] }), wished)).toEqual([
        'warning PREFLIGHT_SIZE: where there is no room for Standard_D2s_v5: no other size; Standard_D2as_v5 is not sold in northeurope; Standard_D2ps_v5 is arm64 and the image x64',
      ]);
    });

    test('a restricted size stops only the VM that has no other', async () => {
      expect(
        await messages(azure({ sizes: async () => [aSize({ restriction: 'NotAvailableForSubscription' }), other, arm] }), wished),
      ).toEqual([
        'warning PREFLIGHT_SIZE: VM size Standard_D2s_v5 is restricted in northeurope: NotAvailableForSubscription: Standard_D2as_v5 stands in (`build.fallbackSizes`)',
        'error PREFLIGHT_SIZE: VM size Standard_D2s_v5 is restricted in northeurope: NotAvailableForSubscription',
      ]);
    });

    test('the used up quota of a family is no end where another family has some; that of the location is', async () => {
      const all = { ...wished, test: { ...plan.test, shapes: wished.test.shapes.map((shape) => ({ ...shape, fallbackSizes: fallback })) } };
      const full = aQuota({ name: 'standardDSv5Family', used: 99, limit: 100 });
      const detail = 'the quota standardDSv5Family in northeurope has 1 of 100 vCPUs free and 2 are needed';
      const sizes = async () => [aSize(), other, arm];
      expect(await messages(azure({ sizes, quotas: async () => [full, aQuota()] }), all)).toEqual([
        `warning PREFLIGHT_QUOTA: ${detail}: Standard_D2as_v5 stands in`,
      ]);
      const none = aQuota({ name: 'standardDASv5Family', used: 0, limit: 0 });
      expect(await messages(azure({ sizes, quotas: async () => [full, none, aQuota()] }), all)).toEqual([
        `error PREFLIGHT_QUOTA: ${detail}`,
      ]);
      expect(await messages(azure({ sizes, quotas: async () => [aQuota({ used: 99 })] }), all)).toEqual([
        'error PREFLIGHT_QUOTA: the quota cores in northeurope has 1 of 100 vCPUs free and 2 are needed',
      ]);
    });

    test('a zone that lacks the size is a warning, all of them an error', async () => {
      const zoned = (zones: readonly string[]) => ({ ...wished, build: plan.build, test: { ...wished.test, zones } });
      const context = azure({ sizes: async () => [aSize({ zones: ['1'] })] });
      expect(await messages(context, zoned(['2', '1']))).toEqual([
        'warning PREFLIGHT_SIZE: VM size Standard_D2s_v5 is not offered in zone 2 of northeurope: the other zones are tried',
      ]);
      expect(await messages(context, zoned(['2', '3']))).toEqual([
        'error PREFLIGHT_SIZE: VM size Standard_D2s_v5 is not offered in zone 2, 3 of northeurope',
      ]);
    });
  });

  test('no Trusted Launch on a test size is a warning, since the image makes ordinary VMs too', async () => {
    const context = azure({ sizes: async () => SIZES.map((item) => ({ ...item, trustedLaunch: false })) });
    expect((await messages(context)).map((text) => text.split(':')[0])).toEqual(['warning PREFLIGHT_SIZE', 'warning PREFLIGHT_SIZE']);
  });

  test('exactly as many vCPUs as are needed are enough', async () => {
    const context = azure({ quotas: async () => [aQuota({ name: 'standardDSv5Family', used: 8, limit: 10 })] });
    expect(await messages(context)).toEqual([]);
  });

  test('a family without room is named', async () => {
    const context = azure({ quotas: async () => [aQuota({ name: 'standardDSv5Family', used: 9, limit: 10 })] });
    expect(await messages(context)).toEqual([
      'error PREFLIGHT_QUOTA: the quota standardDSv5Family in northeurope has 1 of 10 vCPUs free and 2 are needed',
    ]);
  });
});

/** Rights of a role that knows nothing of what Packer asks itself. */
const ONCE_DOCUMENTED = [
  'Microsoft.Compute/galleries/*',
  'Microsoft.Compute/images/*',
  'Microsoft.Resources/subscriptions/resourceGroups/*',
  'Microsoft.Compute/virtualMachines/*',
  'Microsoft.Network/virtualNetworks/*',
  'Microsoft.Network/networkInterfaces/*',
];

describe('permissions', () => {
  test('every missing action is named; notActions take away', async () => {
    const galleries = {
      actions: ['Microsoft.Compute/*', 'Microsoft.VirtualMachineImages/imageTemplates/*'],
      notActions: ['microsoft.compute/galleries/write'],
    };
    const context = azure({ permissions: async (_, group) => (group === undefined ? ALL : [galleries]) });
    expect(await messages(context)).toEqual([
      'error PREFLIGHT_PERMISSION: this identity lacks Microsoft.Compute/galleries/write on the resource group rg-images',
    ]);
  });

  test('rights on the group of the gallery alone make no temporary group', async () => {
    const context = azure({ permissions: async (_, group) => (group === undefined ? [] : ALL) });
    expect(await messages(context)).toEqual(
      expect.arrayContaining([
        'error PREFLIGHT_PERMISSION: this identity lacks Microsoft.Resources/subscriptions/resourceGroups/write on the subscription sub',
        'error PREFLIGHT_PERMISSION: this identity lacks Microsoft.Resources/subscriptions/resourceGroups/delete on the subscription sub',
      ]),
    );
  });

  test('what Packer asks itself is asked about before it is started: templates, disks, addresses, key vaults of Windows', async () => {
    const missing = async (change: Partial<BuildPlan>) => {
      const found = await messages(
        azure({ permissions: async () => [{ actions: ONCE_DOCUMENTED, notActions: [] }] }),
        aPlan({ engine: 'packer', ...change }),
      );
      return found.flatMap((message) => /lacks (\S+) on the subscription/.exec(message)?.[1] ?? []);
    };
    const linux = await missing({});
    expect(linux).toEqual([
      'Microsoft.Resources/deployments/read',
      'Microsoft.Resources/deployments/write',
      'Microsoft.Resources/deployments/delete',
      'Microsoft.Resources/deployments/validate/action',
      'Microsoft.Resources/deployments/operations/read',
      'Microsoft.Resources/deployments/operationstatuses/read',
      'Microsoft.Compute/disks/read',
      'Microsoft.Compute/disks/write',
      'Microsoft.Compute/disks/delete',
      'Microsoft.Network/publicIPAddresses/read',
      'Microsoft.Network/publicIPAddresses/write',
      'Microsoft.Network/publicIPAddresses/delete',
      'Microsoft.Network/publicIPAddresses/join/action',
    ]);
    const subnet = '/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/build';
    const ownNetwork = await missing({ build: { ...aPlan().build, subnet } });
    expect(ownNetwork).toEqual(linux.filter((action) => !action.includes('publicIPAddresses')));
    const windows = await missing({ os: { ...aPlan().os, family: 'windows' } });
    expect(windows.filter((action) => !linux.includes(action))).toEqual([
      'Microsoft.KeyVault/vaults/read',
      'Microsoft.KeyVault/vaults/write',
      'Microsoft.KeyVault/vaults/delete',
      'Microsoft.KeyVault/vaults/deploy/action',
    ]);
  });

  describe('on the resource group of production', () => {
    const into = (resourceGroup: string, automatic: boolean) => aPlan({ production: { resourceGroup, location: 'westeurope', automatic } });
    const builder = { actions: ['*'], notActions: ['Microsoft.Compute/galleries/write', 'Microsoft.Compute/galleries/images/write'] };
    const context = azure({ permissions: async (_, group) => (group === 'rg-prod' ? [builder] : ALL) });

    test('stop a build that refresh copies from, and warn where somebody else may promote', async () => {
      const lacking = (severity: string) =>
        ['galleries/write', 'galleries/images/write'].map(
          (action) =>
            `${severity} PREFLIGHT_PERMISSION: this identity lacks Microsoft.Compute/${action} on the resource group rg-prod of \`production\``,
        );
      expect(await messages(context, into('rg-prod', true))).toEqual(lacking('error'));
      expect(await messages(context, into('rg-prod', false))).toEqual(lacking('warning'));
    });

    test('are those of a copy', async () => {
      const none = azure({ permissions: async (_, group) => (group === 'rg-prod' ? [] : ALL) });
      const asked = (await messages(none, into('rg-prod', true))).map((message) => /lacks (\S+)/.exec(message)?.[1]);
      expect(asked).toEqual([
        'Microsoft.Compute/galleries/images/read',
        'Microsoft.Compute/galleries/images/versions/read',
        'Microsoft.Compute/galleries/images/versions/write',
        'Microsoft.Compute/galleries/read',
        'Microsoft.Compute/galleries/write',
        'Microsoft.Compute/galleries/images/write',
      ]);
    });

    test('are not asked a second time where it is the group that the image is built into', async () => {
      const { checks } = await checkAzure(into('RG-images', true), azure());
      expect(checks.filter(({ id }) => id === 'permission').length).toBe(2);
    });

    test('a group that is not there is said, and nothing about rights in it', async () => {
      const absent = azure({
        resourceGroup: async (_, group) => (group === 'rg-prod' ? undefined : { location: 'northeurope' }),
        permissions: async (_, group) => (group === 'rg-prod' ? undefined : ALL),
      });
      const { issues } = await checkAzure(into('rg-prod', false), absent);
      expect(issues).toEqual([
        {
          severity: 'warning',
          code: 'PREFLIGHT_RESOURCE_GROUP',
          message: 'the resource group rg-prod of `production` does not exist in subscription sub',
          hint: 'create it: az group create --name rg-prod --location westeurope',
          image: 'web',
        },
      ]);
    });
  });

  test('permissions that may not be read are said to be unknown, not fine', async () => {
    expect(await messages(azure({ permissions: async () => undefined }))).toEqual([
      'info PREFLIGHT_PERMISSION: cannot read the permissions on the resource group rg-images',
      'info PREFLIGHT_PERMISSION: cannot read the permissions on the subscription sub',
    ]);
  });
});

describe('Marketplace terms', () => {
  const plan = aPlan({ base: { ...aPlan().base, plan: { publisher: 'resf', product: 'rockylinux-x86_64', name: '9-base' } } });
  const withTerms = (accepted: boolean | undefined) => {
    const context = azure({ definition: async () => aDefinition() });
    const ports = new Proxy(context.ports, {
      get: (target, name) => (name === 'marketplace' ? { termsAccepted: async () => accepted } : Reflect.get(target, name)),
    });
    return checkAzure(plan, { ...context, ports });
  };

  test.each([
    [true, []],
    [false, ['error the terms of plan 9-base are not accepted in this subscription']],
    [undefined, ['info cannot see whether the terms of plan 9-base are accepted']],
  ])('accepted: %s', async (accepted, expected) => {
    const { issues } = await withTerms(accepted);
    expect(issues.filter(({ code }) => code === 'PREFLIGHT_TERMS').map(({ severity, message }) => `${severity} ${message}`)).toEqual(
      expected,
    );
  });
});
