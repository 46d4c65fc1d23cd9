import { describe, expect, test } from 'vitest';
import type { BuildPlan } from '../../src/model/index.ts';
import type { ExistingSubnet } from '../../src/ports.ts';
import { loginReaches, subnetsFit, zonesExist } from '../../src/preflight/network.ts';
import { type AzureState, NOTHING_READ } from '../../src/preflight/questions.ts';
import { aPlan } from '../fakes/values.ts';

const ID = '/subscriptions/sub/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-build';
const OPEN: ExistingSubnet = {
  location: 'northeurope',
  privateLinkServicePolicies: false,
  delegatedTo: [],
  toCaller: [{ actions: ['*'], notActions: [] }],
};

const READ = [{ actions: ['*/read'], notActions: [] }];

function state(change: Partial<AzureState>): AzureState {
  return {
    ...NOTHING_READ,
    locations: ['northeurope', 'westus'],
    resourceGroup: { location: 'northeurope' },
    zonal: ['northeurope'],
    ...change,
  };
}

describe('a subnet that is named', () => {
  const build = (change: Partial<BuildPlan>, found: ExistingSubnet | 'unreadable' | undefined) => {
    const plan = aPlan({ ...change, build: { ...aPlan().build, subnet: ID } });
    return subnetsFit(plan, state({ subnets: { [ID]: found } })).map(({ status, detail }) => `${status} ${detail}`);
  };

  test.each<[string, Partial<BuildPlan>, ExistingSubnet | 'unreadable' | undefined, readonly string[]]>([
    ['fits Image Builder', {}, OPEN, ['pass build.subnet exists in northeurope']],
    ['may not be looked at', {}, 'unreadable', [`unknown cannot look at build.subnet ${ID}`]],
    ['does not exist', {}, undefined, [`fail build.subnet ${ID} does not exist`]],
    ['lies elsewhere', {}, { ...OPEN, location: 'westus' }, [`fail build.subnet ${ID} is in westus, the VM is made in northeurope`]],
    [
      'is closed to Image Builder',
      {},
      { ...OPEN, privateLinkServicePolicies: true },
      [`fail build.subnet ${ID} has network policies for private link services on, which Image Builder cannot work under`],
    ],
    [
      'is delegated, as for functions or containers',
      {},
      { ...OPEN, delegatedTo: ['Microsoft.Web/serverFarms'] },
      [`fail build.subnet ${ID} is delegated to Microsoft.Web/serverFarms, so no VM can stand in it`],
    ],
    ['is joined by Image Builder, not by who runs regild', {}, { ...OPEN, toCaller: READ }, ['pass build.subnet exists in northeurope']],
    [
      'may not be joined by who starts Packer',
      { engine: 'packer' },
      { ...OPEN, toCaller: READ },
      [`fail this identity lacks Microsoft.Network/virtualNetworks/subnets/join/action on build.subnet ${ID}`],
    ],
    [
      'and nobody may ask whether it may be joined',
      { engine: 'packer' },
      { ...OPEN, toCaller: undefined },
      [
        'pass build.subnet exists in northeurope',
        'warn in a given subnet the build VM has no public address: Packer reaches it by its private one',
      ],
    ],
    [
      'and Packer',
      { engine: 'packer' },
      { ...OPEN, privateLinkServicePolicies: true },
      [
        'pass build.subnet exists in northeurope',
        'warn in a given subnet the build VM has no public address: Packer reaches it by its private one',
      ],
    ],
  ])('%s', (_, change, found, expected) => {
    expect(build(change, found)).toEqual(expected);
  });

  test('for the test VM is looked at too, and none is no question', () => {
    const plan = aPlan({ test: { ...aPlan().test, subnet: ID } });
    expect(subnetsFit(plan, state({})).map(({ detail }) => detail)).toEqual([`test.subnet ${ID} does not exist`]);
    const closed = state({ subnets: { [ID]: { ...OPEN, toCaller: READ } } });
    expect(subnetsFit(plan, closed).map(({ detail }) => detail)).toEqual([
      `this identity lacks Microsoft.Network/virtualNetworks/subnets/join/action on test.subnet ${ID}`,
    ]);
    const delegated = state({ subnets: { [ID]: { ...OPEN, delegatedTo: ['Microsoft.ContainerInstance/containerGroups'] } } });
    expect(subnetsFit(plan, delegated).map(({ detail }) => detail)).toEqual([
      `test.subnet ${ID} is delegated to Microsoft.ContainerInstance/containerGroups, so no VM can stand in it`,
    ]);
    expect(subnetsFit(aPlan(), state({}))).toEqual([]);
  });
});

test('a login over the network needs a client here, and is told that the way to the VM shows only with the VM', () => {
  const plan = aPlan({ test: { ...aPlan().test, login: 'network', subnet: ID } });
  const told = (ssh: string | undefined, asked = plan) =>
    loginReaches(asked, state({ ssh })).map(({ status, detail }) => `${status} ${detail}`);
  expect([told(undefined), told('OpenSSH_9.2p1'), told(undefined, aPlan())]).toEqual([
    ['fail there is no program `ssh` on this machine, with which `test.login: network` logs in'],
    ['warn OpenSSH_9.2p1 logs in to the test VM by its private address, if it gets there'],
    [],
  ]);
});

test('zone-redundant replicas need regions with zones', () => {
  const regions = (...names: readonly string[]) => names.map((name) => ({ name, replicas: 1, storage: 'Standard_ZRS' as const }));
  const told = (names: readonly string[], change: Partial<AzureState> = {}) =>
    zonesExist(aPlan({ regions: regions(...names) }), state(change)).map(({ status, detail }) => `${status} ${detail}`);
  expect([told(['northeurope']), told(['northeurope', 'westus']), told(['westus'], { zonal: undefined }), told(['nowhere'])]).toEqual([
    ['pass northeurope: zones'],
    ['fail the region westus has no availability zones, so it holds no replica of Standard_ZRS'],
    ['unknown cannot see which regions have zones'],
    [],
  ]);
  expect(zonesExist(aPlan({ regions: [{ name: 'westus', replicas: 1, storage: 'Standard_LRS' }] }), state({}))).toEqual([]);
});
