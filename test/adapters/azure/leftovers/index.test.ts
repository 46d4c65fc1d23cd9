import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { createLeftovers } from '../../../../src/adapters/azure/leftovers/index.ts';
import type { DefinitionRef, Leftover } from '../../../../src/model/index.ts';
import type { Leftovers } from '../../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import { sweep } from '../../../../src/sweep/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { type Connected, connectedTo, ELSEWHERE } from '../connected.ts';

const RUN = '20261119t081502-3f9a';
const TAGS = { 'regild-run': RUN, 'regild-deadline': '2026-11-20T08:15:02.000Z' };
const NOW = new Date('2026-11-21T08:15:02.000Z');
const TEST_GROUP = `rg-regild-${RUN}-web-ab12`;

let sandbox: Sandbox;
let cloud: Connected;
let leftovers: Leftovers;
let definition: DefinitionRef;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 }, start: NOW });
  cloud = await connectedTo(sandbox);
  leftovers = createLeftovers(cloud.connection);
  definition = { subscription: sandbox.subscription, resourceGroup: 'rg-images', gallery: 'gal', definition: 'web' };
});
afterEach(() => sandbox.close());

async function makeGroup(name: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const arm = await cloud.connection.arm();
  const path = `/subscriptions/${sandbox.subscription}/resourcegroups/${name}`;
  await arm.put(path, '2022-09-01', { location: 'westeurope', tags });
  const network = { location: 'westeurope', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/24'] } } };
  await arm.put(`${path}/providers/Microsoft.Network/virtualNetworks/vnet`, '2023-09-01', network);
}

async function makeVersion(version: string, tags: Readonly<Record<string, string>>, excludeFromLatest: boolean): Promise<void> {
  const gallery = createGallery(cloud.connection);
  await gallery.ensureGallery(definition, 'westeurope', {});
  await gallery.createDefinition(definition, aPlan().definition, 'westeurope', {});
  const { galleryImageVersions } = await cloud.connection.compute(sandbox.subscription);
  const source = { storageAccountId: '/storage', uri: 'https://x.blob.core.windows.net/vhds/web.vhd' };
  const body = { location: 'westeurope', tags, publishingProfile: { excludeFromLatest }, storageProfile: { osDiskImage: { source } } };
  await galleryImageVersions.createOrUpdate('rg-images', 'gal', 'web', version, body, { updateIntervalInMs: 1 });
}

const templatePath = (name: string) =>
  `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers/Microsoft.VirtualMachineImages/imageTemplates/${name}`;

async function makeTemplate(name: string, tags: Readonly<Record<string, string>>): Promise<void> {
  await makeVersion('0.0.1', {}, true);
  const identity = `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
  const galleryImageId = `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal/images/web`;
  const body = {
    location: 'westeurope',
    tags,
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    properties: {
      source: { type: 'PlatformImage', publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
      customize: [{ type: 'Shell', name: 'one', inline: ['true'] }],
      distribute: [{ type: 'SharedImage', galleryImageId, runOutputName: 'out', targetRegions: [{ name: 'westeurope', replicaCount: 1 }] }],
      managedResourceTags: tags,
    },
  };
  await (await cloud.connection.arm()).put(templatePath(name), '2024-02-01', body);
}

const clock = { now: () => NOW, sleep: async () => {} };
const scope = () => ({ subscriptions: [sandbox.subscription], definitions: [definition] });
const runSweep = (change: { staged?: boolean; dryRun?: boolean } = {}) =>
  sweep(scope(), { staged: false, dryRun: false, ...change }, { leftovers, clock }, {});

const told = ({ items }: Awaited<ReturnType<typeof sweep>>) =>
  items.map(({ leftover, outcome, size }) => `${outcome} ${leftover.name.replace(/_[0-9a-f-]{36}$/, '')}: ${size}`).sort();

/** Names of all groups, once deletion had its time. */
async function groups(): Promise<readonly string[]> {
  sandbox.clock.advance(3600);
  const listed = await (await cloud.connection.arm()).list(`/subscriptions/${sandbox.subscription}/resourcegroups`, '2022-09-01');
  return listed.map((item) => (item as { name: string }).name);
}

test('groups are listed by their tags, each with what it holds; foreign ones are not', async () => {
  const before = await groups();
  await makeGroup(TEST_GROUP, TAGS);
  await makeGroup('rg-regild-by-name-only', { team: 'web' });
  expect((await Promise.all([leftovers.groups(sandbox.subscription), leftovers.resources(sandbox.subscription)])).flat()).toEqual([
    {
      kind: 'resource-group',
      id: `/subscriptions/${sandbox.subscription}/resourceGroups/${TEST_GROUP}`,
      name: TEST_GROUP,
      tags: TAGS,
      deleting: false,
      holds: ['Microsoft.Network/virtualNetworks'],
    },
  ]);
  expect(told(await runSweep())).toEqual([`deleted ${TEST_GROUP}: 1 virtual network`]);
  expect(await groups()).toEqual([...before, 'rg-regild-by-name-only']);
});

test('a sweep is safe to repeat: while a group is being deleted, and when it is gone', async () => {
  await makeGroup(TEST_GROUP, TAGS);
  expect(told(await runSweep())).toEqual([`deleted ${TEST_GROUP}: 1 virtual network`]);
  const { items, issues } = await runSweep();
  expect(items.filter(({ outcome }) => outcome === 'deleted' || outcome === 'failed')).toEqual([]);
  expect(issues).toEqual([]);
  await groups();
  expect(told(await runSweep())).toEqual([]);
});

test('nothing is deleted before its deadline, and nothing in a dry run', async () => {
  await makeGroup(TEST_GROUP, { ...TAGS, 'regild-deadline': '2026-11-21T08:15:03.000Z' });
  await makeGroup(`regild-web-${RUN}-mwq4ue7k`, TAGS);
  expect(told(await runSweep({ dryRun: true }))).toEqual([
    `due regild-web-${RUN}-mwq4ue7k: 1 virtual network`,
    `kept ${TEST_GROUP}: 1 virtual network`,
  ]);
  expect(await groups()).toEqual(expect.arrayContaining([TEST_GROUP, `regild-web-${RUN}-mwq4ue7k`]));
});

test('a template goes with its staging group; one of other people stays', async () => {
  await makeTemplate(`regild-web-${RUN}`, TAGS);
  await makeTemplate('theirs', { team: 'web' });
  expect(told(await runSweep())).toEqual([
    `deleted regild-web-${RUN}: with its staging group: empty`,
    `kept IT_rg-images_regild-web-${RUN}: empty`,
  ]);
  expect((await groups()).filter((name) => name.startsWith('IT_')).map((name) => name.slice(0, 20))).toEqual(['IT_rg-images_theirs_']);
  expect(told(await runSweep())).toEqual([]);
});

test('a template that still builds is cancelled first, and a repeated sweep deletes it', async () => {
  const name = `regild-web-${RUN}`;
  await makeTemplate(name, TAGS);
  const { virtualMachineImageTemplates: templates } = await cloud.connection.imageBuilder(sandbox.subscription);
  await templates.run('rg-images', name).submitted();
  const first = await runSweep();
  sandbox.clock.advance(3600);
  const second = await runSweep();
  sandbox.clock.advance(3600);
  expect([...first.items, ...second.items].some(({ leftover, outcome }) => leftover.name === name && outcome === 'deleted')).toBe(true);
  expect(told(await runSweep())).toEqual([]);
});

test('staged versions are listed, and deleted when that is asked for; promoted and foreign ones stay', async () => {
  await makeVersion('1.0.0', TAGS, true);
  await makeVersion('1.0.1', { 'regild-run': RUN, 'regild-published': '2026-11-19T10:00:00.000Z' }, false);
  await makeVersion('1.0.2', { team: 'web' }, true);
  expect(told(await runSweep())).toEqual(['kept 1.0.0: 1 replica in westeurope']);
  expect(told(await runSweep({ staged: true }))).toEqual(['deleted 1.0.0: 1 replica in westeurope']);
  const left = await createGallery(cloud.connection).versions(definition);
  expect(left.map(({ name }) => name).sort()).toEqual(['1.0.1', '1.0.2']);
});

test('what changed hands between list and deletion is not deleted', async () => {
  await makeGroup(TEST_GROUP, TAGS);
  const [listed] = await leftovers.groups(sandbox.subscription);
  await makeGroup(TEST_GROUP, { team: 'web' });
  await expect(leftovers.remove(listed as Leftover)).rejects.toMatchObject({
    code: 'CLOUD_FAILED',
    message: `${TEST_GROUP} carries other tags than when it was listed, so it is not deleted`,
  });
  expect(await groups()).toContain(TEST_GROUP);
});

test('a group that cannot be deleted, and a subscription that cannot be seen, stop nothing else', async () => {
  await makeGroup(TEST_GROUP, TAGS);
  await makeGroup(`regild-web-${RUN}-mwq4ue7k`, TAGS);
  sandbox.faults.add({
    match: { method: 'DELETE', path: `**/resourcegroups/${TEST_GROUP}` },
    effect: { kind: 'respond', status: 409, code: 'ScopeLocked', message: 'The scope is locked.' },
    times: 9,
  });
  const scope = { subscriptions: [ELSEWHERE, sandbox.subscription], definitions: [] };
  const result = await sweep(scope, { staged: false, dryRun: false }, { leftovers, clock }, {});
  expect(told(result)).toEqual([`deleted regild-web-${RUN}-mwq4ue7k: 1 virtual network`, `failed ${TEST_GROUP}: 1 virtual network`]);
  expect(result.issues.map(({ message }) => message)).toEqual([
    expect.stringContaining('could not list the resources'),
    expect.stringContaining('could not list the resource groups'),
    expect.stringContaining('The scope is locked'),
  ]);
});

test('of one run: its groups, and no other’s', async () => {
  await makeGroup(TEST_GROUP, TAGS);
  await makeGroup('rg-regild-20261118t081502-3f9a-web-ab12', { ...TAGS, 'regild-run': '20261118t081502-3f9a' });
  const found = await leftovers.ofRun(sandbox.subscription, RUN);
  expect(found.map((one) => [one.kind, one.name, one.tags['regild-run']])).toEqual([['resource-group', TEST_GROUP, RUN]]);
});

test('one wrong 404 of a group decides nothing: it is looked at twice before it is told as deleted', async () => {
  await makeGroup(TEST_GROUP, TAGS);
  const [group] = await leftovers.groups(sandbox.subscription);
  const match = { method: 'GET', path: `**/resourcegroups/${TEST_GROUP}` };
  sandbox.faults.add({ match, effect: { kind: 'respond', status: 404, code: 'ResourceGroupNotFound', message: 'gone' } });
  await leftovers.remove(group as Leftover);
  expect(await leftovers.groups(sandbox.subscription)).toEqual([]);
});
