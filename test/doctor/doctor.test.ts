import { expect, test } from 'vitest';
import { diagnose, type Places } from '../../src/doctor/index.ts';
import { RegildError } from '../../src/errors.ts';
import { RIGHTS } from '../../src/model/index.ts';
import type { Ports } from '../../src/ports.ts';
import { fakeContext } from '../fakes/context.ts';

const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const PLACES: Places = {
  regions: ['eu-west-1'],
  targets: [{ subscription: SUBSCRIPTION, resourceGroup: 'rg' }],
  engines: ['packer'],
};
const ALL = [{ actions: ['*'], notActions: [] }];

/** Everything is there. */
const WELL = {
  ec2: { describeAmis: async () => [] },
  subscription: {
    locations: async () => ['northeurope'],
    resourceGroup: async () => ({ location: 'northeurope' }),
    provider: async () => 'Registered',
    permissions: async () => ALL,
  },
  packer: { kind: 'program', version: async () => '1.16.0', plugin: async () => '2.6.3' },
} satisfies { readonly [Port in keyof Ports]?: Partial<Ports[Port]> };

const AWS = { id: 'aws', title: 'AWS eu-west-1', status: 'pass', detail: 'signed in, and AMIs may be described' };
const AZURE = { id: 'azure', title: 'Azure', status: 'pass', detail: `signed in, and the subscription ${SUBSCRIPTION} is visible` };
const GROUP = { id: 'resource-group', title: 'resource group', status: 'pass', detail: 'rg exists in northeurope' };
const PROVIDERS = {
  id: 'providers',
  title: 'resource providers',
  status: 'pass',
  detail: 'Microsoft.Compute, Microsoft.Network, Microsoft.Storage, Microsoft.KeyVault are registered',
};
const PACKER = { id: 'packer', title: 'Packer', status: 'pass', detail: 'Packer 1.16.0, azure plugin 2.6.3' };

function rights(on: 'group' | 'subscription', where: string) {
  const needed = RIGHTS.filter((right) => right.on === on && right.only === undefined && right.duties.includes('packer'));
  const actions = new Set(needed.map(({ action }) => action));
  return { id: 'rights', title: 'rights', status: 'pass', detail: `all ${actions.size} actions on ${where} are allowed` };
}
const RIGHTS_THERE = [rights('subscription', `the subscription ${SUBSCRIPTION}`), rights('group', 'the resource group rg')];

test('where everything is there, each thing says so', async () => {
  expect(await diagnose(PLACES, fakeContext(WELL))).toEqual([AWS, AZURE, GROUP, PROVIDERS, ...RIGHTS_THERE, PACKER]);
});

test('what is missing in both clouds and here is told in one go, with what mends it', async () => {
  const context = fakeContext({
    ec2: {
      describeAmis: () => Promise.reject(new RegildError('CREDENTIALS_MISSING', 'AWS knows no credentials', { hint: 'aws sso login' })),
    },
    subscription: {
      ...WELL.subscription,
      resourceGroup: async () => undefined,
      provider: async (_, name) => (name === 'Microsoft.KeyVault' ? 'NotRegistered' : 'Registered'),
      permissions: async (_, group) => (group === undefined ? undefined : [{ actions: ['Microsoft.Compute/*'], notActions: [] }]),
    },
    packer: { kind: 'program', version: () => Promise.reject(new RegildError('PACKER_MISSING', 'there is no packer in PATH')) },
  });
  const found = await diagnose(PLACES, context);
  expect(found.filter(({ id }) => id !== 'rights')).toEqual([
    { ...AWS, status: 'fail', detail: 'AWS knows no credentials', hint: 'aws sso login' },
    AZURE,
    {
      ...GROUP,
      status: 'fail',
      detail: 'the resource group rg does not exist',
      hint: 'az group create --name rg --location <location>',
    },
    {
      ...PROVIDERS,
      status: 'fail',
      detail: 'Microsoft.KeyVault is NotRegistered',
      hint: 'az provider register --namespace Microsoft.KeyVault',
    },
    { ...PACKER, status: 'fail', detail: 'there is no packer in PATH' },
  ]);
  const hint = 'docs/reference/permissions.md lists the least privileges and the commands that grant them';
  expect(found.filter(({ id }) => id === 'rights')).toEqual([
    { id: 'rights', title: 'rights', status: 'unknown', detail: `the rights on the subscription ${SUBSCRIPTION} cannot be read`, hint },
    {
      id: 'rights',
      title: 'rights',
      status: 'fail',
      detail:
        '2 actions are not allowed on the resource group rg: Microsoft.Authorization/permissions/read, Microsoft.PolicyInsights/checkPolicyRestrictions/read',
      hint,
    },
  ]);
});

test('a subscription that is not visible ends the questions about it', async () => {
  const context = fakeContext({ ...WELL, subscription: { locations: async () => undefined } });
  expect((await diagnose(PLACES, context)).map(({ id, status }) => [id, status])).toEqual([
    ['aws', 'pass'],
    ['azure', 'fail'],
    ['packer', 'pass'],
  ]);
});

test('Packer is missed only where an image is built with it', async () => {
  const packer = {
    kind: 'program',
    version: () => Promise.reject(new RegildError('PACKER_MISSING', 'there is no packer in PATH')),
  } as const;
  const found = await diagnose({ ...PLACES, engines: ['image-builder'] }, fakeContext({ ...WELL, packer }));
  expect(found.at(-1)).toEqual({ ...PACKER, detail: 'not here, and no image is built with it' });
});

test('without a manifest and without variables nothing is asked, and what would tell where is said', async () => {
  const found = await diagnose({ regions: [], targets: [], engines: [] }, fakeContext({ packer: WELL.packer }));
  expect(found).toEqual([
    {
      id: 'aws',
      title: 'AWS',
      status: 'unknown',
      detail: 'no region is named to ask in',
      hint: 'set AWS_REGION, or call it where the manifest is',
    },
    {
      id: 'azure',
      title: 'Azure',
      status: 'unknown',
      detail: 'no subscription is named to ask as',
      hint: 'set AZURE_SUBSCRIPTION_ID, or call it where the manifest is',
    },
    PACKER,
  ]);
});

test('a bug is no checkup', async () => {
  const context = fakeContext({ ...WELL, ec2: { describeAmis: () => Promise.reject(new TypeError('x is not a function')) } });
  await expect(diagnose(PLACES, context)).rejects.toThrow('x is not a function');
});
