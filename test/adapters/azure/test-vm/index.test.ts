import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { createTestVm } from '../../../../src/adapters/azure/test-vm/index.ts';
import type { Clock, RunningVm, TestVm, TestVmRequest } from '../../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { type Connected, connectedTo } from '../connected.ts';

/** A clock on which a sleep passes at once, five minutes at a time. */
function fastClock(): Clock {
  let now = Date.parse('2026-11-21T08:00:00Z');
  return {
    now: () => new Date(now),
    sleep: async (_, signal) => {
      signal?.throwIfAborted();
      now += 300_000;
    },
  };
}

let sandbox: Sandbox;
let cloud: Connected;
let testVm: TestVm;
let request: TestVmRequest;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 60 }, record: true });
  cloud = await connectedTo(sandbox, fastClock());
  testVm = createTestVm(cloud.connection);
  const plan = aPlan({ subscription: sandbox.subscription, location: 'westeurope' });
  const group = `/subscriptions/${plan.subscription}/resourceGroups/rg-images/providers/Microsoft.Compute`;
  const versionId = `${group}/galleries/gal/images/web/versions/1.0.0`;
  request = {
    plan,
    shape: { vmSize: 'Standard_D2s_v5', controller: 'SCSI' },
    versionId,
    runId: 'run-1',
    deadline: '2026-11-22T00:00:00.000Z',
  };
  await stage(plan.subscription);
  cloud.requests.splice(0);
});
afterEach(() => sandbox.close());

async function stage(subscription: string): Promise<void> {
  const gallery = createGallery(cloud.connection);
  const ref = { subscription, resourceGroup: 'rg-images', gallery: 'gal', definition: 'web' };
  await gallery.ensureGallery(ref, 'westeurope', {});
  await gallery.createDefinition(ref, aPlan().definition, 'westeurope', {});
  const { galleryImageVersions } = await cloud.connection.compute(subscription);
  const osDiskImage = { source: { storageAccountId: '/storage', uri: 'https://x.blob.core.windows.net/vhds/web.vhd' } };
  await galleryImageVersions.createOrUpdate(
    'rg-images',
    'gal',
    'web',
    '1.0.0',
    { location: 'westeurope', storageProfile: { osDiskImage } },
    { updateIntervalInMs: 1 },
  );
}

/** Names of the resource groups that the tests made and that are still there, once deletion had its time. */
async function leftGroups(): Promise<readonly string[]> {
  sandbox.clock.advance(3600);
  const arm = await cloud.connection.arm();
  const answer = await arm.get(`/subscriptions/${sandbox.subscription}/resourcegroups`, '2022-09-01');
  return [...JSON.stringify(answer).matchAll(/"name":"(rg-regild-[^"]+)"/g)].map(([, name = '']) => name);
}

test('a VM boots, runs a script, shows its console, and is gone afterwards', async () => {
  const notes: string[] = [];
  const use = async (vm: RunningVm) => ({
    name: vm.name,
    ready: vm.secondsToReady,
    ...(await vm.run('# regild-checks: one two\necho')),
    again: (await vm.restart().then(() => vm.run('# regild-checks: three'))).stdout,
    log: await vm.serialLog(),
  });
  const seen = await testVm.withVm(request, { onUpdate: (note) => notes.push(note) }, use);
  expect(seen).toEqual({
    name: 'regild-test',
    ready: expect.any(Number),
    stdout: 'regild-check\tone\tpass\tsimulated\nregild-check\ttwo\tpass\tsimulated\n',
    stderr: '',
    again: 'regild-check\tthree\tpass\tsimulated\n',
    log: expect.stringContaining('login:'),
  });
  expect(notes).toEqual([
    expect.stringMatching(/^creating rg-regild-run-1-web-[0-9a-f]{4}$/),
    'booting Standard_D2s_v5',
    'waiting for the agent',
    'restarting',
    expect.stringMatching(/^deleting rg-regild-run-1-web-/),
  ]);
  expect(await leftGroups()).toEqual([]);
});

/** The body of the only PUT to a path that ends so. */
function sentTo(path: RegExp): unknown {
  const puts = sandbox.exchanges.filter(({ liveRequest: { method, url } }) => method === 'PUT' && path.test(new URL(url).pathname));
  expect(puts).toHaveLength(1);
  return puts[0]?.liveRequest.body;
}

test('the group is tagged with run and deadline', async () => {
  await testVm.withVm(request, {}, async () => {});
  expect(sentTo(/resourcegroups\/rg-regild-[^/]+$/)).toEqual({
    location: 'westeurope',
    tags: { 'regild-run': 'run-1', 'regild-deadline': '2026-11-22T00:00:00.000Z', 'regild-digest': 'd'.repeat(64), 'regild-image': 'web' },
  });
});

test('the private key of the login is handed to the caller, and Azure is told nothing of it', async () => {
  const login = await testVm.withVm(request, {}, async (vm) => vm.login);
  expect(login?.privateKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
  expect(JSON.stringify(sandbox.exchanges)).not.toMatch(/PRIVATE KEY/);
});

test('the NVMe shape boots with the NVMe controller', async () => {
  await testVm.withVm({ ...request, shape: { vmSize: 'Standard_D2s_v6', controller: 'NVMe' } }, {}, async () => {});
  expect(sentTo(/virtualMachines\/regild-test$/)).toMatchObject({
    properties: { storageProfile: { diskControllerType: 'NVMe' }, securityProfile: { securityType: 'TrustedLaunch' } },
  });
});

test('VMs that run side by side stand in groups of their own, with and without Trusted Launch, and none is left', async () => {
  const shapes = [request.shape, { ...request.shape, ordinary: true as const }];
  await Promise.all(shapes.map((shape) => testVm.withVm({ ...request, shape }, {}, async () => {})));
  const bodies = sandbox.exchanges
    .filter(({ liveRequest: { method, url } }) => method === 'PUT' && /virtualMachines\/regild-test$/.test(new URL(url).pathname))
    .map(
      ({ liveRequest }) => liveRequest.body as { readonly properties: { readonly securityProfile?: { readonly securityType: string } } },
    );
  expect(bodies.map(({ properties }) => properties.securityProfile?.securityType).toSorted()).toEqual(['TrustedLaunch', undefined]);
  const groups = sandbox.exchanges.flatMap(({ liveRequest: { url } }) => /resourcegroups\/(rg-regild-[^/?]+)/i.exec(url)?.[1] ?? []);
  expect(new Set(groups).size).toBe(2);
  expect(await leftGroups()).toEqual([]);
});

test('a given subnet is used, and no network is made', async () => {
  const arm = await cloud.connection.arm();
  const network = `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers/Microsoft.Network/virtualNetworks/own`;
  const subnets = [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }];
  await arm.put(network, '2023-09-01', {
    location: 'westeurope',
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets },
  });
  cloud.requests.splice(0);
  const plan = { ...request.plan, test: { ...request.plan.test, subnet: `${network}/subnets/default` } };
  await testVm.withVm({ ...request, plan }, {}, async () => {});
  expect(cloud.requests.filter((sent) => sent.includes('virtualNetworks'))).toEqual([]);
});

test('everything is deleted after a failure of the caller, which is passed on', async () => {
  await expect(testVm.withVm(request, {}, () => Promise.reject(new Error('the checks broke')))).rejects.toThrow('the checks broke');
  expect(await leftGroups()).toEqual([]);
});

test('everything is deleted after an abort', async () => {
  const leaving = new AbortController();
  const onUpdate = (note: string) => note.startsWith('booting') && leaving.abort();
  await expect(testVm.withVm(request, { signal: leaving.signal, onUpdate }, async () => {})).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await leftGroups()).toEqual([]);
});

test('a guest that never reports is a finding about the image, with its console', async () => {
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/virtualMachines/regild-test' },
    effect: {
      kind: 'fail-operation',
      code: 'OSProvisioningTimedOut',
      message: 'OS Provisioning for VM did not finish in the allotted time.',
    },
  });
  await expect(testVm.withVm(request, {}, async () => {})).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    message:
      'could not create the test VM regild-test: OS Provisioning for VM did not finish in the allotted time (OSProvisioningTimedOut)',
    hint: expect.stringContaining('serial log'),
    details: { armCode: 'OSProvisioningTimedOut', serialLog: expect.stringContaining('simulated serial console') },
  });
  expect(await leftGroups()).toEqual([]);
});

test('what the console says of a guest that never reports is the cause, with its cure', async () => {
  const silent = { kind: 'respond', status: 200, code: '', message: '' } as const;
  const panic = 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)';
  sandbox.faults.add({ match: { path: '**/instanceView' }, times: 1000, effect: silent });
  sandbox.faults.add({ match: { path: '/bootdiagnostics/**' }, effect: { kind: 'respond', status: 200, code: panic, message: '' } });
  const patient = { ...request, plan: { ...request.plan, test: { ...request.plan.test, timeoutMinutes: 10 } } };
  await expect(testVm.withVm(patient, {}, async () => {})).rejects.toMatchObject({
    message: expect.stringContaining(panic),
    hint: 'the kernel did not find its root file system: the initramfs lacks a driver, or names a device of the old machine: keep hv_storvsc and nvme in the initramfs and root by UUID: look at what a step did to the kernel, dracut or the boot loader',
    details: { console: expect.stringContaining(panic), serialLog: expect.stringContaining(panic) },
  });
});

test("no room for the size is the cloud's fault, not the image's", async () => {
  const effect = {
    kind: 'respond',
    status: 409,
    code: 'SkuNotAvailable',
    message: 'The requested size is currently not available.',
  } as const;
  sandbox.faults.add({ match: { method: 'PUT', path: '**/virtualMachines/regild-test' }, effect });
  await expect(testVm.withVm(request, {}, async () => {})).rejects.toMatchObject({
    code: 'CLOUD_FAILED',
    hint: expect.stringContaining('no room'),
  });
});

test('an agent that stays silent for the whole time is a finding about the image', async () => {
  const silent = { kind: 'respond', status: 200, code: '', message: '' } as const;
  sandbox.faults.add({ match: { path: '**/instanceView' }, times: 1000, effect: silent });
  const patient = { ...request, plan: { ...request.plan, test: { ...request.plan.test, timeoutMinutes: 10 } } };
  await expect(testVm.withVm(patient, {}, async () => {})).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    message: 'the test VM booted, but no agent reported ready within 10 minutes',
    details: { serialLog: expect.any(String) },
  });
});

test('a group that cannot be deleted does not hide the result: it is said', async () => {
  const refusal = { kind: 'respond', status: 409, code: 'ScopeLocked', message: 'The scope is locked.' } as const;
  sandbox.faults.add({ match: { method: 'DELETE', path: '**/rg-regild-*' }, effect: refusal });
  const notes: string[] = [];
  const left: string[] = [];
  const wait = {
    onUpdate: (note: string) => notes.push(note),
    onLeft: (group: string, reason: string) => left.push(`${group}: ${reason}`),
  };
  expect(await testVm.withVm(request, wait, async () => 'passed')).toBe('passed');
  expect(left).toEqual([expect.stringMatching(/^rg-regild-run-1-web-\w+: could not delete .*The scope is locked/)]);
  expect(notes.at(-1)).toMatch(/^rg-regild-run-1-web-\w+ is left behind .*The scope is locked/);
});

test('a group that is to stay is left as it is, with its machine', async () => {
  const asked: unknown[] = [];
  const keeps = async (...question: unknown[]) => {
    asked.push(question);
    return true;
  };
  expect(await testVm.withVm(request, { keeps }, async () => 'failed')).toBe('failed');
  expect(asked).toEqual([
    [
      { group: expect.stringMatching(/^rg-regild-run-1-web-/), vm: 'regild-test' },
      { status: 'fulfilled', value: 'failed' },
    ],
  ]);
  expect(await leftGroups()).toHaveLength(1);
});
