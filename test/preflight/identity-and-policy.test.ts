import { expect, test } from 'vitest';
import type { BuildPlan } from '../../src/model/index.ts';
import type { ExistingIdentity, Ports } from '../../src/ports.ts';
import { IDENTITY_ACTIONS, IDENTITY_NETWORK_ACTIONS, identityWorks } from '../../src/preflight/identity.ts';
import { madeBy, policiesAllow } from '../../src/preflight/policies.ts';
import { type AzureState, NOTHING_READ } from '../../src/preflight/questions.ts';
import { containersSuffice } from '../../src/preflight/quota.ts';
import { aPlan, aQuota } from '../fakes/values.ts';

const ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-builder';
const ALL = [{ actions: ['*'], notActions: [] }];

function state(change: Partial<AzureState> = {}): AzureState {
  return {
    ...NOTHING_READ,
    locations: ['northeurope'],
    resourceGroup: { location: 'northeurope' },
    ...change,
  };
}

const plan = (change: Partial<BuildPlan> = {}) => aPlan({ engine: 'image-builder', build: { ...aPlan().build, identity: ID }, ...change });
const answers = (identity: AzureState['identity']) =>
  identityWorks(plan(), state({ identity })).map(({ status, detail }) => `${status} ${detail}`);

test('the build identity: it exists, may be assigned, and may write the version', () => {
  const works: ExistingIdentity = { location: 'westeurope', rights: [{ actions: [...IDENTITY_ACTIONS], notActions: [] }], toCaller: ALL };
  expect(answers(works)).toEqual(['pass id-builder exists in westeurope']);
  expect(answers(undefined)).toEqual([`fail the identity ${ID} of build.identity does not exist`]);
  expect(answers('unreadable')).toEqual([`unknown cannot look at the identity ${ID}`]);
  expect(answers({ ...works, toCaller: [] })).toEqual([
    'fail this identity lacks Microsoft.ManagedIdentity/userAssignedIdentities/assign/action on the build identity id-builder',
  ]);
  const reader = [{ actions: ['*/read'], notActions: [] }];
  expect(answers({ ...works, rights: reader })).toEqual([
    'fail the build identity id-builder lacks Microsoft.Compute/galleries/images/versions/write on the resource group rg-images',
    'fail the build identity id-builder lacks Microsoft.Compute/images/write on the resource group rg-images',
    'fail the build identity id-builder lacks Microsoft.Compute/images/delete on the resource group rg-images',
  ]);
  expect(answers({ ...works, rights: undefined, toCaller: undefined })).toEqual([
    'unknown cannot see what the build identity id-builder may do',
    'pass id-builder exists in westeurope',
  ]);
  expect(identityWorks(plan({ engine: 'packer' }), state())).toEqual([]);
});

test('in a network of the user it may join, which is asked about where that lies', () => {
  const network = '/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub';
  const inside = plan({ build: { ...aPlan().build, identity: ID, subnet: `${network}/subnets/build` } });
  const said = (inNetwork: ExistingIdentity['inNetwork']) =>
    identityWorks(inside, state({ identity: { location: 'westeurope', rights: ALL, inNetwork, toCaller: ALL } })).map(
      ({ status, detail }) => `${status} ${detail}`,
    );
  expect(said([{ actions: [...IDENTITY_NETWORK_ACTIONS], notActions: [] }])).toEqual(['pass id-builder exists in westeurope']);
  expect(said([{ actions: ['Microsoft.Network/*/read'], notActions: [] }])).toEqual([
    `fail the build identity id-builder lacks Microsoft.Network/virtualNetworks/subnets/join/action on the network of build.subnet, ${network}`,
  ]);
  expect(said(undefined)).toEqual(['unknown cannot see what the build identity id-builder may do', 'pass id-builder exists in westeurope']);
});

function asked(built: BuildPlan, objectionsTo: Readonly<Record<string, Awaited<ReturnType<Ports['subscription']['policies']>>>>) {
  const policies = madeBy(built).map((made) => ({ made, objections: made.what in objectionsTo ? objectionsTo[made.what] : [] }));
  return policiesAllow(built, state({ policies })).map(({ status, detail, hint }) => [status, detail, hint]);
}

test('everything that is made is asked about, with the tags that it will have', () => {
  const tagged = aPlan({ engine: 'packer', os: { ...aPlan().os, family: 'windows' }, tags: { CostCenter: '4711', 'regild-image': 'web' } });
  expect(madeBy(tagged).map(({ what, inGroup, resource }) => [what, inGroup, resource.tags.CostCenter])).toEqual([
    ['the gallery version', true, '4711'],
    ['the claim of the build', true, '4711'],
    ["Packer's resource group", false, '4711'],
    ["Packer's build VM", false, '4711'],
    ["Packer's network", false, '4711'],
    ["Packer's public address", false, '4711'],
    ["Packer's temporary key vault", false, '4711'],
    ['the temporary resource group', false, '4711'],
    ['the test VM', false, '4711'],
    ['the test network', false, '4711'],
  ]);
  expect(madeBy(plan({ build: { ...plan().build, subnet: '/s' } })).flatMap(({ what, by }) => (by ? [what] : []))).toEqual([
    "Image Builder's staging group",
    "Image Builder's storage account",
    "Image Builder's container group",
    "Image Builder's network",
    "Image Builder's build VM",
  ]);
  const [one, other] = [plan({ digest: 'a'.repeat(64) }), plan({ digest: 'b'.repeat(64), image: 'other' })].map(madeBy);
  expect(one).toEqual(other);
});

test('a policy that denies is named, with what it wants and where to set it', () => {
  const untagged = [{ policy: 'require-cost-center', fields: ['tags.CostCenter', "tags['Owner']"] }];
  expect(asked(plan(), { 'the temporary resource group': untagged })).toEqual([
    [
      'fail',
      "the policy require-cost-center denies the temporary resource group: it wants tags.CostCenter, tags['Owner']",
      'set `tags: { CostCenter: … }`, `tags: { Owner: … }` for web: they go on everything that is made',
    ],
  ]);
  expect(asked(plan(), { 'the test VM': [{ policy: 'allowed-sizes', fields: [] }] })).toEqual([
    [
      'fail',
      'the policy allowed-sizes denies the test VM',
      'ask who assigned it for an exemption of these resource groups, or change what it speaks of',
    ],
  ]);
  expect(asked(plan(), { "Image Builder's storage account": [{ policy: 'tls-1.2', fields: ['minimumTlsVersion'] }] })).toEqual([
    [
      'warn',
      "the policy tls-1.2 may deny Image Builder's storage account: it wants minimumTlsVersion",
      'Image Builder makes it, and what else it sets is not known here; ask who assigned it for an exemption of these resource groups, or change what it speaks of',
    ],
  ]);
  expect(asked(plan(), { "Image Builder's staging group": untagged })[0]?.[0]).toBe('fail');
  expect(asked(plan(), {})[0]?.[0]).toBe('pass');
  expect(asked(plan(), { 'the test VM': undefined })[0]?.slice(0, 2)).toEqual(['unknown', 'cannot ask what Azure Policy says of the plan']);
});

test('an isolated build needs four cores of Azure Container Instances', () => {
  const of = (used: number, built = plan()) =>
    containersSuffice(built, state({ containerCores: aQuota({ name: 'StandardCores', used, limit: 10 }) })).map(
      ({ status, detail }) => `${status} ${detail}`,
    );
  expect(of(6)).toEqual(['pass StandardCores: 4 needed, 4 of 10 free']);
  expect(of(7)).toEqual([
    'fail the quota StandardCores of Azure Container Instances in northeurope has 3 of 10 free, and an isolated build takes 4',
  ]);
  expect(of(10, plan({ engine: 'packer' }))).toEqual([]);
});
