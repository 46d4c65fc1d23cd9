import { expect, test } from 'vitest';
import type { TestShape } from '../../src/model/index.ts';
import { subnetsFit } from '../../src/preflight/network.ts';
import { madeBy } from '../../src/preflight/policies.ts';
import { type Answer, type AzureState, NOTHING_READ } from '../../src/preflight/questions.ts';
import { quotaSuffices } from '../../src/preflight/quota.ts';
import { sizesFit } from '../../src/preflight/sizes.ts';
import { aPlan, aQuota, aSize } from '../fakes/values.ts';

const ID = '/subscriptions/sub/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-west/subnets/snet-test';
const HOME: TestShape = { vmSize: 'Standard_D2s_v5', controller: 'SCSI' };
const WEST: TestShape = { ...HOME, location: 'westeurope' };
const SOUTH: TestShape = { ...HOME, location: 'uksouth', subnet: ID };
const plan = (shapes: readonly TestShape[], subnet?: string) => aPlan({ test: { ...aPlan().test, shapes, subnet } });
const room = { sizes: [aSize()], quotas: [aQuota(), aQuota({ name: 'standardDSv5Family', limit: 2 })] };
const state = (elsewhere: AzureState['elsewhere'], change: Partial<AzureState> = {}): AzureState => ({
  ...NOTHING_READ,
  locations: ['northeurope', 'westeurope', 'uksouth'],
  ...room,
  elsewhere,
  ...change,
});
const lines = (answers: readonly Answer[]) => answers.map(({ status, detail }) => `${status} ${detail}`);

test('a size is looked for where its VM is to stand, and another one can be named for that region alone', () => {
  const [, , west] = sizesFit(plan([HOME, WEST]), state({ westeurope: { ...room, sizes: [aSize({ name: 'Standard_D2s_v6' })] } }));
  expect(west).toEqual({
    id: 'size',
    title: 'test VM size',
    status: 'fail',
    detail: 'VM size Standard_D2s_v5 is not sold in westeurope',
    hint: 'set `test: { regions: [{ name: westeurope, vmSize: … }] }` for web; `az vm list-skus --location westeurope` lists what is sold there',
  });
});

test('quotas count in each location, and the rounds elsewhere come after those at home', () => {
  const full = [aQuota({ used: 100 })];
  expect(lines(quotaSuffices(plan([HOME, WEST]), state({ westeurope: { ...room, quotas: full } })))).toEqual([
    'pass standardDSv5Family: 2 needed, 2 of 2 free',
    'pass cores: 2 needed, 100 of 100 free',
    'fail the quota cores in westeurope has 0 of 100 vCPUs free and 2 are needed',
  ]);
  expect(lines(quotaSuffices(plan([HOME, WEST, WEST, SOUTH]), state({ westeurope: room, uksouth: room }))).at(-1)).toBe(
    'pass 4 test VMs run in 3 rounds (1, 2, 1 at a time)',
  );
});

test('where no size is known each VM has a round of its own', () => {
  expect(lines(quotaSuffices(plan([HOME, HOME]), state({}, { sizes: [] })))).toEqual(['pass 2 test VMs run in 2 rounds (1, 1 at a time)']);
});

test('a subnet of a region lies in that region, and a region without one beside `test.subnet` is said', () => {
  const found = (location: string) =>
    state({}, { subnets: { [ID]: { location, privateLinkServicePolicies: false, delegatedTo: [], toCaller: undefined } } });
  expect(lines(subnetsFit(plan([HOME, SOUTH, SOUTH]), found('uksouth')))).toEqual(['pass test.regions of uksouth exists in uksouth']);
  expect(lines(subnetsFit(plan([HOME, SOUTH]), found('westeurope')))).toEqual([
    `fail test.regions of uksouth ${ID} is in westeurope, the VM is made in uksouth`,
  ]);
  expect(lines(subnetsFit(plan([HOME, WEST], ID), found('northeurope')))).toEqual([
    'pass test.subnet exists in northeurope',
    'warn test.subnet lies in northeurope: in westeurope a temporary network is made for the test VM',
  ]);
});

test('policies are asked about the group, the VM and the network of each location', () => {
  const asked = madeBy(plan([HOME, WEST, SOUTH])).flatMap(({ what, resource }) =>
    /^the te(?:st|mporary)/.test(what) ? [`${what} (${resource.location})`] : [],
  );
  expect(asked).toEqual([
    'the temporary resource group (northeurope)',
    'the test VM (northeurope)',
    'the test network (northeurope)',
    'the temporary resource group in westeurope (westeurope)',
    'the test VM in westeurope (westeurope)',
    'the test network in westeurope (westeurope)',
    'the temporary resource group in uksouth (uksouth)',
    'the test VM in uksouth (uksouth)',
  ]);
});
