import { describe, expect, test } from 'vitest';
import type { Leftover } from '../../src/model/index.ts';
import { decideSweep, type SweepRules } from '../../src/sweep/decide.ts';

const RUN = '20261119t081502-3f9a';
const TAGS = { 'regild-run': RUN, 'regild-deadline': '2026-11-20T08:15:02.000Z' };
const RULES: SweepRules = {
  now: new Date('2026-11-21T08:15:02.000Z'),
  olderThanMilliseconds: undefined,
  staged: false,
  stagingDefinitions: ['web-staging'],
  knowsTemplates: true,
};
const DAY = 86_400_000;

type Group = Extract<Leftover, { kind: 'resource-group' }>;
type Version = Extract<Leftover, { kind: 'gallery-version' }>;

const group = (change: Partial<Group> = {}): Group => ({
  kind: 'resource-group',
  id: '/group',
  name: `rg-regild-${RUN}-web-ab12`,
  tags: TAGS,
  deleting: false,
  holds: [],
  ...change,
});

const template = (change: Partial<Leftover> = {}): Leftover => ({
  ...{ kind: 'image-template', id: '/template', name: `regild-web-${RUN}`, tags: TAGS, deleting: false },
  ...(change as object),
});

const version = (change: Partial<Version> = {}): Version => ({
  kind: 'gallery-version',
  id: '/version',
  name: '2026.1119.0',
  tags: TAGS,
  deleting: false,
  ref: { subscription: 'sub', resourceGroup: 'rg', gallery: 'gal', definition: 'web', version: '2026.1119.0' },
  excludeFromLatest: true,
  regions: [{ name: 'northeurope', replicas: 1, storage: 'Standard_LRS' }],
  ...change,
});

const judge = (found: readonly Leftover[], rules: Partial<SweepRules> = {}) =>
  decideSweep(found, { ...RULES, ...rules }).map(({ action, reason }) => `${action}: ${reason}`);

const DUE = ['delete: its deadline passed 24 hours ago'];

test('a leftover with all that is said of it', () => {
  const leftover = group({ holds: ['Microsoft.Compute/virtualMachines', 'Microsoft.Compute/disks', 'Microsoft.Compute/disks'] });
  expect(decideSweep([leftover], RULES)).toEqual([
    {
      leftover,
      run: RUN,
      started: new Date('2026-11-19T08:15:02.000Z'),
      deadline: new Date('2026-11-20T08:15:02.000Z'),
      risk: 'compute',
      size: '1 virtual machine, 2 disks',
      action: 'delete',
      reason: 'its deadline passed 24 hours ago',
    },
  ]);
});

describe('the deadline', () => {
  const due = (deadline: string) => judge([group({ tags: { ...TAGS, 'regild-deadline': deadline } })]);

  test.each([
    ['2026-11-21T08:15:02.000Z', 'delete: its deadline passed less than an hour ago'],
    ['2026-11-21T08:15:02.001Z', 'keep: its deadline is in less than an hour'],
    ['2026-11-21T10:15:03Z', 'keep: its deadline is in 2 hours'],
    ['2026-11-11T08:15:02.000Z', 'delete: its deadline passed 10 days ago'],
    ['2026-11-20', 'keep: it has no time in its tag regild-deadline'],
    ['2026-13-20T08:15:02.000Z', 'keep: it has no time in its tag regild-deadline'],
    ['yesterday', 'keep: it has no time in its tag regild-deadline'],
    ['', 'keep: it has no time in its tag regild-deadline'],
  ])('%j', (deadline, expected) => expect(due(deadline)).toEqual([expected]));

  test('there must be one', () => {
    expect(judge([group({ tags: { 'regild-run': RUN } })])).toEqual(['keep: it has no time in its tag regild-deadline']);
  });
});

describe('what is not ours is not deleted, whatever it is called or tagged', () => {
  test.each([
    ['no tag of a run', group({ tags: { 'regild-deadline': TAGS['regild-deadline'] } }), []],
    ['no tags', group({ tags: {} }), []],
    [
      'our tags on a group that holds something else',
      group({ name: 'rg-production' }),
      [`keep: its name is none that regild gives in run ${RUN}`],
    ],
    [
      'our tags on the group of another run',
      group({ name: 'rg-regild-20261101t000000-0000-web-ab12' }),
      [`keep: its name is none that regild gives in run ${RUN}`],
    ],
    [
      'an empty run',
      group({ name: 'rg-regild--x', tags: { ...TAGS, 'regild-run': '' } }),
      ['keep: its name is none that regild gives in run '],
    ],
    ['a template of another name', template({ name: 'golden' }), [`keep: its name is none that regild gives in run ${RUN}`]],
    [
      'a staging group that is called otherwise',
      group({ name: 'rg-data', tags: { ...TAGS, createdBy: 'AzureVMImageBuilder', imageTemplateName: `regild-web-${RUN}` } }),
      [`keep: its name is none that regild gives in run ${RUN}`],
    ],
  ])('%s', (_name, leftover, expected) => expect(judge([leftover])).toEqual(expected));
});

describe('the names that regild gives', () => {
  test.each([
    ['the group of a test VM', group()],
    ["Packer's group", group({ name: `regild-web-${RUN}-mwq4ue7k` })],
    ["Packer's group without an attempt", group({ name: `regild-web-${RUN}` })],
    ['an image template', template()],
    [
      'a staging group whose template is gone',
      group({ name: 'IT_rg_x_1', tags: { ...TAGS, createdBy: 'AzureVMImageBuilder', imageTemplateName: `regild-web-${RUN}` } }),
    ],
  ])('%s', (_name, leftover) => expect(judge([leftover])).toEqual(DUE));
});

test('a staging group goes with its template, and what it holds is what the template costs', () => {
  const staging = group({
    name: 'IT_rg_x_1',
    tags: { ...TAGS, createdBy: 'AzureVMImageBuilder', imageTemplateName: `regild-web-${RUN}` },
    holds: ['Microsoft.Storage/storageAccounts'],
  });
  expect(judge([staging, template()])).toEqual([`keep: it goes with the image template regild-web-${RUN}`, ...DUE]);
  expect(decideSweep([staging, template()], RULES).map(({ risk, size }) => [risk, size])).toEqual([
    ['storage', '1 storage account'],
    ['storage', 'with its staging group: 1 storage account'],
  ]);
});

test('a group of Packer that is called like an image template keeps no staging group', () => {
  const staging = group({
    name: 'IT_rg_x_1',
    tags: { ...TAGS, createdBy: 'AzureVMImageBuilder', imageTemplateName: `regild-web-${RUN}` },
  });
  expect(judge([staging, group({ name: `regild-web-${RUN}` })])).toEqual([...DUE, ...DUE]);
});

test('what is being deleted already is left alone', () => {
  expect(judge([group({ deleting: true })])).toEqual(['keep: it is being deleted already']);
});

describe('gallery versions', () => {
  const KEPT = ['keep: a staged version can still be validated and published; --staged deletes it'];

  test.each([
    ['staged', version(), {}, KEPT],
    ['staged, and asked for', version(), { staged: true }, DUE],
    ['promoted', version({ excludeFromLatest: false }), { staged: true }, []],
    [
      'published once and rolled back',
      version({ tags: { ...TAGS, 'regild-published': '2026-11-19T10:00:00.000Z' } }),
      { staged: true },
      [],
    ],
    ['on the way through a staging definition', version({ ref: { ...version().ref, definition: 'web-staging' } }), {}, DUE],
  ])('%s', (_name, leftover, rules, expected) => expect(judge([leftover], rules)).toEqual(expected));

  test('cost the storage of their replicas', () => {
    const regions = [...version().regions, { name: 'westeurope', replicas: 2, storage: 'Standard_LRS' as const }];
    expect(decideSweep([version({ regions })], RULES).map(({ risk, size }) => `${risk} ${size}`)).toEqual([
      'storage 3 replicas in northeurope, westeurope',
    ]);
  });
});

describe('an age that is asked for', () => {
  test.each([
    [2 * DAY, DUE],
    [2 * DAY + 1, ['keep: it is 2 days old']],
  ])('%i ms', (olderThanMilliseconds, expected) => expect(judge([group()], { olderThanMilliseconds })).toEqual(expected));

  test('keeps what has none', () => {
    const leftover = group({ name: 'rg-regild-run-1-web', tags: { ...TAGS, 'regild-run': 'run-1' } });
    expect(judge([leftover], { olderThanMilliseconds: 1 })).toEqual(['keep: its age is not known']);
    expect(judge([leftover])).toEqual(DUE);
  });

  test('never shortens the deadline', () => {
    const tags = { ...TAGS, 'regild-deadline': '2026-11-22T00:00:00.000Z' };
    expect(judge([group({ tags })], { olderThanMilliseconds: 1 })).toEqual(['keep: its deadline is in 15 hours']);
  });
});

test('the size of a group is told by types', () => {
  const size = (holds: readonly string[]) => decideSweep([group({ holds })], RULES).map(({ risk, size: words }) => `${risk}: ${words}`);
  expect(size([])).toEqual(['none: empty']);
  expect(size(['Microsoft.Network/virtualNetworks', 'Microsoft.Network/publicIPAddresses'])).toEqual([
    'storage: 1 virtual network, 1 public ip address',
  ]);
  expect(size(['microsoft.network/networkinterfaces'])).toEqual(['none: 1 networkinterface']);
  expect(size(['Microsoft.Network/publicIPAddresses', 'Microsoft.Network/publicIPAddresses'])).toEqual(['storage: 2 public ip addresses']);
  expect(size(['Microsoft.Compute/disks', 'Microsoft.Compute/virtualMachines', 'Microsoft.Compute/disks'])).toEqual([
    'compute: 2 disks, 1 virtual machine',
  ]);
  expect(size(['Microsoft.Web/sites/slots', 'Microsoft.ContainerInstance/containerGroups'])).toEqual([
    'compute: 1 slot, 1 container group',
  ]);
});

test.each([
  ['Microsoft.Compute/snapshots', 'storage: 1 snapshot'],
  ['Microsoft.Compute/images', 'storage: 1 image'],
  ['Microsoft.KeyVault/vaults', 'storage: 1 vault'],
  ['Microsoft.Network/networkSecurityGroups', 'none: 1 network security group'],
  ['Microsoft.Network/bastionHosts', 'none: 1 bastion host'],
  ['Microsoft.Example/addressesPools', 'none: 1 addresses pool'],
])('what %s costs', (type, expected) => {
  expect(decideSweep([group({ holds: [type] })], RULES).map(({ risk, size }) => `${risk}: ${size}`)).toEqual([expected]);
});

test("a template costs what its own staging group holds, and not what another's does", () => {
  const staging = (name: string, owner: string, holds: readonly string[]) =>
    group({ name, tags: { ...TAGS, createdBy: 'AzureVMImageBuilder', imageTemplateName: owner }, holds });
  const found = [
    template(),
    staging('IT_rg_x_1', `regild-web-${RUN}`, ['Microsoft.Storage/storageAccounts']),
    staging('IT_rg_x_2', `regild-other-${RUN}`, ['Microsoft.Compute/virtualMachines']),
  ];
  expect(decideSweep(found, RULES).map(({ risk, size }) => `${risk}: ${size}`)).toEqual([
    'storage: with its staging group: 1 storage account',
    'storage: 1 storage account',
    'compute: 1 virtual machine',
  ]);
  expect(decideSweep([template()], RULES).map(({ risk, size }) => `${risk}: ${size}`)).toEqual(['none: with its staging group: empty']);
});

describe('a run that is named', () => {
  const young = { 'regild-run': RUN, 'regild-deadline': '2026-11-22T08:15:02.000Z' };
  const named = { ...RULES, onlyRun: RUN };
  const judged = (found: readonly Leftover[], rules: SweepRules) => decideSweep(found, rules).map(({ action, reason }) => [action, reason]);

  test('ends before its deadline, and alone', () => {
    const other = group({ tags: { ...TAGS, 'regild-run': '20261118t081502-3f9a' } });
    expect(judged([group({ tags: young }), other], named)).toEqual([['delete', 'its run was named']]);
    expect(judged([group({ tags: young })], RULES)).toEqual([['keep', 'its deadline is in 24 hours']]);
  });

  test('keeps what is not ours, what goes by itself, and what can still be published', () => {
    expect(
      judged([group({ tags: young, name: 'rg-theirs' }), group({ tags: young, deleting: true }), version({ tags: young })], named),
    ).toEqual([
      ['keep', `its name is none that regild gives in run ${RUN}`],
      ['keep', 'it is being deleted already'],
      ['keep', 'a staged version can still be validated and published; --staged deletes it'],
    ]);
  });
});

test('a claim goes like anything else; a scale set that only carries our tags does not', () => {
  const claim = (name: string): Leftover => ({ kind: 'build-claim', id: '/claim', name, tags: TAGS, deleting: false });
  expect(judge([claim('regild-gal-web-build'), claim('regild-web'), claim('web-build')])).toEqual([
    ...DUE,
    `keep: its name is none that regild gives in run ${RUN}`,
    `keep: its name is none that regild gives in run ${RUN}`,
  ]);
  expect(judge([claim('regild-gal-web-build')], { now: new Date('2026-11-20T07:15:02.000Z') })).toEqual([
    'keep: its deadline is in 1 hour',
  ]);
});
