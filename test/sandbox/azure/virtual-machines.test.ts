import { Agent, get } from 'node:https';
import { text } from 'node:stream/consumers';
import type { VirtualMachine } from '@azure/arm-compute';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask } from './ask.ts';
import { AT_ONCE, computeFor } from './clients.ts';
import { createDefinition, createGallery, DEFINITION, fromVhd, GALLERY, GROUP, STANDARD } from './gallery-fixture.ts';
import { askNetwork, createSubnet } from './network-fixture.ts';
import { problemOf } from './problem.ts';
import { UBUNTU, vmIn, WINDOWS } from './virtual-machine-fixture.ts';

let sandbox: Sandbox;
let subnet: string;
beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T08:00:00Z') });
  subnet = await createSubnet(sandbox);
});
afterEach(() => sandbox.close());

function vms() {
  return computeFor(sandbox).virtualMachines;
}

async function create(change: Partial<VirtualMachine> = {}): Promise<VirtualMachine> {
  return await vms().createOrUpdate(GROUP, 'vm', vmIn(subnet, change), AT_ONCE);
}

async function createdWith(image: object, change: Partial<VirtualMachine> = {}) {
  return create({ storageProfile: { imageReference: image, osDisk: { createOption: 'FromImage' } }, ...change });
}

async function run(script: readonly string[], commandId = 'RunShellScript') {
  const { value = [] } = await vms().runCommand(GROUP, 'vm', { commandId, script: [...script] }, AT_ONCE);
  return value.map(({ code, message }) => [code, message]);
}

async function download(link: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(link, { agent: new Agent({ ca: sandbox.caPem }) }, (incoming) => {
      text(incoming).then((body) => resolve({ status: incoming.statusCode, body }), reject);
    });
    request.on('error', reject);
  });
}

describe('a VM', () => {
  it('boots, reports, runs checks and is deleted with its disk and interface', async () => {
    const vm = await create();
    expect({
      state: vm.provisioningState,
      version: vm.storageProfile?.imageReference?.exactVersion,
      password: vm.osProfile?.adminPassword,
    }).toEqual({
      state: 'Succeeded',
      version: '24.04.202610120',
      password: undefined,
    });
    const view = await vms().instanceView(GROUP, 'vm');
    expect([view.vmAgent?.statuses?.[0]?.displayStatus, view.statuses?.map(({ code }) => code)]).toEqual([
      'Ready',
      ['ProvisioningState/succeeded', 'PowerState/running'],
    ]);
    expect(await run(['#!/bin/sh', '# regild-checks: no-aws-agents cloud-init', 'echo hello'])).toEqual([
      [
        'ProvisioningState/succeeded',
        'Enable succeeded: \n[stdout]\nregild-check\tno-aws-agents\tpass\tsimulated\nregild-check\tcloud-init\tpass\tsimulated\n\n[stderr]\n',
      ],
    ]);
    await vms().delete(GROUP, 'vm', AT_ONCE);
    expect((await problemOf(vms().get(GROUP, 'vm'))).status).toBe(404);
    const { body } = await ask(sandbox, 'GET', `resourceGroups/${GROUP}/resources?api-version=2022-09-01`);
    expect(body).toMatchObject({ value: [{ name: 'id-image-builder' }, { name: 'vnet' }] });
  });

  it('is not ready the moment it is created', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 31 } });
    subnet = await createSubnet(sandbox);
    await vms().createOrUpdate(GROUP, 'vm', vmIn(subnet), AT_ONCE).submitted();
    const ready = async () => (await vms().instanceView(GROUP, 'vm')).vmAgent?.statuses?.[0]?.displayStatus;
    expect([await ready(), await ready(), await ready()]).toEqual(['Not Ready', 'Not Ready', 'Ready']);
  });

  it('fails checks, and loses its output, on demand', async () => {
    await create();
    const match = { method: 'POST', path: '/**/runCommand' };
    sandbox.faults.add({ match, effect: { kind: 'fail-checks', ids: ['b'] } }, { match, effect: { kind: 'drop-output' } });
    const script = ['# regild-checks: a b'];
    expect(await run(script)).toEqual([
      [
        'ProvisioningState/succeeded',
        'Enable succeeded: \n[stdout]\nregild-check\ta\tpass\tsimulated\nregild-check\tb\tfail\tsimulated\n\n[stderr]\n',
      ],
    ]);
    expect(await run(script)).toEqual([['ProvisioningState/succeeded', 'Enable succeeded: \n[stdout]\n\n[stderr]\n']]);
  });

  it('answers with two statuses on Windows, and takes no shell script there', async () => {
    await createdWith(WINDOWS);
    expect(await run(['# regild-checks: a'], 'RunPowerShellScript')).toEqual([
      ['ComponentStatus/StdOut/succeeded', 'regild-check\ta\tpass\tsimulated\r\n'],
      ['ComponentStatus/StdErr/succeeded', ''],
    ]);
    expect(await problemOf(run(['true']))).toMatchObject({ status: 409, code: 'OperationNotAllowed' });
  });

  it('keeps the last 4,096 bytes of what a script prints', async () => {
    await create();
    const ids = Array.from({ length: 200 }, (_, index) => `check-${index}`);
    const [[, message = ''] = []] = await run([`# regild-checks: ${ids.join(' ')}`]);
    const stdout = message.slice('Enable succeeded: \n[stdout]\n'.length, message.lastIndexOf('\n[stderr]'));
    expect([stdout.length, stdout.endsWith('regild-check\tcheck-199\tpass\tsimulated\n')]).toEqual([4096, true]);
  });

  it('shows a serial log that says whether it came up', async () => {
    await create();
    const { serialConsoleLogBlobUri = '' } = await vms().retrieveBootDiagnosticsData(GROUP, 'vm');
    expect(await download(serialConsoleLogBlobUri)).toMatchObject({ status: 200, body: expect.stringContaining('probe login: ') });
    expect((await download(serialConsoleLogBlobUri.replace('&sig=simulated', ''))).status).toBe(403);
  });

  it('times out in provisioning on demand', async () => {
    const message = "OS Provisioning for VM 'vm' did not finish in the allotted time.";
    sandbox.faults.add({
      match: { method: 'PUT', path: '/**/virtualMachines/vm' },
      effect: { kind: 'fail-operation', code: 'OSProvisioningTimedOut', message },
    });
    expect((await problemOf(create())).message).toContain('OSProvisioningTimedOut');
    const view = await vms().instanceView(GROUP, 'vm');
    expect([view.statuses?.[0]?.code, view.vmAgent?.statuses?.[0]?.displayStatus]).toEqual([
      'ProvisioningState/failed/OSProvisioningTimedOut',
      'Not Ready',
    ]);
    const { serialConsoleLogBlobUri = '' } = await vms().retrieveBootDiagnosticsData(GROUP, 'vm');
    expect((await download(serialConsoleLogBlobUri)).body).toContain('could not report ready');
  });
});

describe('a VM that is refused', () => {
  it.each<[string, Partial<VirtualMachine>, string]>([
    ['an unknown size', { hardwareProfile: { vmSize: 'Standard_Nothing' } }, 'InvalidParameter'],
    ['a size of another architecture', { hardwareProfile: { vmSize: 'Standard_D2ps_v6' } }, 'BadRequest'],
    ['no interface', { networkProfile: {} }, 'InvalidParameter'],
    ['an image that is not sold', { storageProfile: { imageReference: { ...UBUNTU, sku: 'none' } } }, 'PlatformImageNotFound'],
    ['a plan for an image without', { plan: { name: 'a', product: 'b', publisher: 'c' } }, 'VMMarketplaceInvalidInput'],
  ])('%s', async (_, change, code) => {
    expect((await problemOf(create(change))).code).toBe(code);
  });

  it('no osProfile', async () => {
    const { osProfile: _, ...without } = vmIn(subnet);
    const { code } = await problemOf((async () => await vms().createOrUpdate(GROUP, 'vm', without, AT_ONCE))());
    expect(code).toBe('InvalidParameter');
  });

  it('Gen1 on a size for NVMe alone, and Trusted Launch for an image without it', async () => {
    const gen1 = { ...UBUNTU, sku: 'server-gen1' };
    expect((await problemOf(createdWith(gen1, { hardwareProfile: { vmSize: 'Standard_D2s_v6' } }))).message).toContain(
      'Hypervisor Generation',
    );
    expect((await problemOf(createdWith(gen1, { securityProfile: { securityType: 'TrustedLaunch' } }))).message).toContain('TrustedLaunch');
  });

  it('without the plan of its image, and with one whose terms nobody accepted', async () => {
    const alma = { publisher: 'almalinux', offer: 'almalinux-x86_64', sku: '9-gen2', version: 'latest' };
    const plan = { name: '9-gen2', product: 'almalinux-x86_64', publisher: 'almalinux' };
    expect((await problemOf(createdWith(alma))).code).toBe('VMMarketplaceInvalidInput');
    expect((await problemOf(createdWith(alma, { plan }))).code).toBe('MarketplacePurchaseEligibilityFailed');
    const terms = `providers/Microsoft.MarketplaceOrdering/agreements/almalinux/offers/almalinux-x86_64/plans/9-gen2/sign?api-version=2021-01-01`;
    await ask(sandbox, 'POST', terms);
    expect((await createdWith(alma, { plan })).plan).toEqual(plan);
  });
});

describe('images made from and with VMs', () => {
  it('boots from a gallery version where it is replicated, and nowhere else', async () => {
    const compute = computeFor(sandbox);
    await createGallery(compute);
    await createDefinition(compute, {
      ...STANDARD,
      features: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }, ...(STANDARD.features ?? [])],
    });
    const { id = '' } = await compute.galleryImageVersions.createOrUpdate(GROUP, GALLERY, DEFINITION, '1.0.0', fromVhd(), AT_ONCE);
    expect((await createdWith({ id }, { hardwareProfile: { vmSize: 'Standard_D2s_v6' } })).storageProfile?.diskControllerType).toBe('NVMe');
    const elsewhere = vmIn(subnet, { location: 'northeurope', storageProfile: { imageReference: { id } } });
    expect((await problemOf(vms().createOrUpdate(GROUP, 'other', elsewhere, AT_ONCE))).code).toBe('GalleryImageNotFound');
  });

  it('captures a generalized VM as a managed image, and starts it no more', async () => {
    const compute = computeFor(sandbox);
    const { id = '' } = await create();
    const image = { location: 'westeurope', sourceVirtualMachine: { id }, hyperVGeneration: 'V2' };
    expect((await problemOf(compute.images.createOrUpdate(GROUP, 'image', image, AT_ONCE))).code).toBe('OperationNotAllowed');
    expect((await problemOf(vms().generalize(GROUP, 'vm'))).code).toBe('OperationNotAllowed');
    await vms().deallocate(GROUP, 'vm', AT_ONCE);
    await vms().generalize(GROUP, 'vm');
    const made = await compute.images.createOrUpdate(GROUP, 'image', image, AT_ONCE);
    expect(made.storageProfile?.osDisk).toMatchObject({ osType: 'Linux', osState: 'Generalized', diskSizeGB: 30 });
    expect((await problemOf(vms().start(GROUP, 'vm', AT_ONCE))).message).toContain('generalized');
    expect((await problemOf(run(['true']))).code).toBe('OperationNotAllowed');
  });

  it('makes no managed image of an Arm64 VM', async () => {
    const arm = { ...UBUNTU, sku: 'server-arm64' };
    const { id = '' } = await createdWith(arm, { hardwareProfile: { vmSize: 'Standard_D2ps_v6' } });
    await vms().deallocate(GROUP, 'vm', AT_ONCE);
    await vms().generalize(GROUP, 'vm');
    const image = { location: 'westeurope', sourceVirtualMachine: { id } };
    expect((await problemOf(computeFor(sandbox).images.createOrUpdate(GROUP, 'image', image, AT_ONCE))).message).toContain('Arm64');
  });
});

it('uses an interface that exists, keeps it afterwards, and a disk stays attached as long as its VM', async () => {
  const properties = { ipConfigurations: [{ name: 'ipconfig', properties: { subnet: { id: subnet } } }] };
  await askNetwork(sandbox, 'PUT', 'networkInterfaces/own', { location: 'westeurope', properties });
  const id = subnet.replace(/virtualNetworks.*/, 'networkInterfaces/own');
  const storageProfile = { imageReference: UBUNTU, osDisk: { createOption: 'FromImage', name: 'osdisk' } };
  await create({ storageProfile, networkProfile: { networkInterfaces: [{ id, primary: true }] } });
  const { disks } = computeFor(sandbox);
  expect((await problemOf(disks.delete(GROUP, 'osdisk', AT_ONCE))).code).toBe('OperationNotAllowed');
  expect((await askNetwork(sandbox, 'DELETE', 'networkInterfaces/own')).status).toBe(400);
  await vms().delete(GROUP, 'vm', AT_ONCE);
  expect((await disks.get(GROUP, 'osdisk')).diskState).toBe('Unattached');
  await disks.delete(GROUP, 'osdisk', AT_ONCE);
  expect((await problemOf(disks.get(GROUP, 'osdisk'))).status).toBe(404);
  expect((await askNetwork(sandbox, 'GET', 'networkInterfaces/own')).status).toBe(200);
});

it('a disk keeps what its maker says of it; its speed only where the type takes one', async () => {
  const { disks } = computeFor(sandbox);
  const des = `/subscriptions/${sandbox.subscription}/resourceGroups/${GROUP}/providers/Microsoft.Compute/diskEncryptionSets/des`;
  const made = (name: string) =>
    disks.createOrUpdate(
      GROUP,
      name,
      {
        ...{ location: 'westeurope', sku: { name }, diskSizeGB: 100, creationData: { createOption: 'Empty' } },
        ...{ diskIopsReadWrite: 6000, diskMBpsReadWrite: 263, networkAccessPolicy: 'DenyAll', publicNetworkAccess: 'Disabled' },
        encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: des },
      },
      AT_ONCE,
    );
  const kept = {
    ...{ networkAccessPolicy: 'DenyAll', publicNetworkAccess: 'Disabled' },
    encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: des },
  };
  expect(await made('PremiumV2_LRS')).toMatchObject({ ...kept, diskIopsReadWrite: 6000, diskMBpsReadWrite: 263 });
  expect(await made('UltraSSD_LRS')).toMatchObject({ ...kept, diskIopsReadWrite: 6000, diskMBpsReadWrite: 263 });
  expect(await made('Premium_LRS')).toMatchObject({ ...kept, diskIopsReadWrite: 500, diskMBpsReadWrite: 100 });
});
