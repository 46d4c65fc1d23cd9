import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { composeDeployment } from '../../src/deploy/compose.ts';
import type { DeployFacts, DeployWish } from '../../src/deploy/facts.ts';
import type { AmiDisk, Feature } from '../../src/model/index.ts';
import { aDefinition, anAnalysis, aPlan, aSize, aSpec, aVersion } from '../fakes/values.ts';

const CATALOG = await loadCatalog();
const NVME = aSize({
  name: 'Standard_D2s_v6',
  controllers: ['NVMe'],
  generations: ['V2'],
  ephemeralOsDisk: { placement: 'NvmeDisk', sizeGiB: 110 },
});
const OLD = aSize({
  name: 'Standard_A1',
  zones: [],
  acceleratedNetworking: false,
  premiumDisks: false,
  trustedLaunch: false,
  dataDisks: 1,
});

function facts(change: Partial<DeployFacts> = {}): DeployFacts {
  return {
    spec: aSpec(),
    planned: aSpec().name,
    version: aVersion({ sizeGiB: 64 }),
    definition: aDefinition(),
    sizes: [aSize(), NVME, OLD],
    location: 'northeurope',
    ami: anAnalysis().ami,
    plan: aPlan(),
    catalog: CATALOG,
    ...change,
  };
}

function composed(change: Partial<DeployFacts> = {}, wish: Partial<DeployWish> = {}) {
  return composeDeployment(facts(change), { target: 'vm', ephemeral: false, ...wish });
}

function values(change: Partial<DeployFacts> = {}, wish: Partial<DeployWish> = {}) {
  const made = composed(change, wish);
  if (made.kind === 'refused') throw new Error(made.issues.map(({ message }) => message).join('; '));
  return made.deployment;
}

function refusals(change: Partial<DeployFacts>, wish: Partial<DeployWish>) {
  const made = composed(change, wish);
  return made.kind === 'refused' ? made.issues.map(({ severity, code, message }) => `${severity} ${code}: ${message}`) : [];
}

function volume(device: string, change: Partial<AmiDisk>): AmiDisk {
  return { device, kind: 'ebs', root: false, ...change };
}

function features(change: Readonly<Record<string, string>>): readonly Feature[] {
  return Object.entries(change).map(([name, value]) => ({ name, value }));
}

test('everything that is against it is told at once', () => {
  const ami = {
    ...anAnalysis().ami,
    disks: [volume('/dev/sdf', { type: 'gp3', sizeGiB: 10 }), volume('/dev/sdg', { type: 'gp3', sizeGiB: 10 })],
  };
  const wish = { size: 'standard_a1', zones: ['2'], ephemeral: true };
  expect(refusals({ ami, location: 'uksouth' }, wish)).toEqual([
    'error DEPLOY_REGION: version 2026.1121.0 of web has no replica in uksouth; it is in northeurope',
    'error DEPLOY_ZONES: nothing can be deployed in zone 2: uksouth offers Standard_A1 in no zone',
    'error DEPLOY_DISK: Standard_A1 takes 1 data disks, and the AMI has 2',
    'error DEPLOY_DISK: Standard_A1 takes no PremiumV2_LRS, which stands in for /dev/sdf',
    'error DEPLOY_DISK: Standard_A1 takes no PremiumV2_LRS, which stands in for /dev/sdg',
    'error DEPLOY_EPHEMERAL: the OS disk does not fit onto the host: Standard_A1 has no storage for one, the image holds 64 GiB',
  ]);
  expect(refusals({}, { zones: ['1', '2'] })).toEqual([
    'error DEPLOY_ZONES: nothing can be deployed in zone 1, 2: a VM stands in one zone',
  ]);
});

test('a size that does not run the image is refused with every reason, or passed over for the next', () => {
  const arm = aSize({ name: 'Standard_D2ps_v5', architecture: 'arm64', generations: ['V2'], restriction: 'QuotaId' });
  expect(refusals({ sizes: [arm] }, { size: 'Standard_D2ps_v5' })).toEqual([
    'error DEPLOY_SIZE: no VM size for Standard_D2ps_v5 runs web in northeurope: Standard_D2ps_v5 is restricted in northeurope: QuotaId, is arm64 and the image x64',
  ]);
  expect(refusals({}, { instanceType: 'zz9.plural' })[0]).toMatch(
    /^error DEPLOY_SIZE: no VM size for zz9\.plural runs web in northeurope: /,
  );
  expect(refusals({ plan: undefined }, {})[0]).toBe('error DEPLOY_SIZE: no VM size is known');
  const closed = aSize({ restriction: 'NotAvailableForSubscription' });
  const chosen = values({ sizes: [closed, NVME], definition: nvmeDefinition() }, { instanceType: 'm5.large' });
  expect(chosen.size).toEqual({
    value: 'Standard_D2s_v6',
    reason: expect.stringMatching(/^m5\.large → 2 vCPUs and 8 GiB \(high confidence\)/),
  });
});

function nvmeDefinition() {
  return aDefinition({
    features: features({
      SecurityType: 'TrustedLaunchSupported',
      DiskControllerTypes: 'NVMe, SCSI',
      IsAcceleratedNetworkSupported: 'True',
    }),
  });
}

test('controller, security and network are those that definition and size have in common', () => {
  const of = (definition: DeployFacts['definition'], size: string) => {
    const { controller, security, acceleratedNetworking } = values({ definition }, { size });
    return [controller.value, security.value, acceleratedNetworking.value];
  };
  expect(of(nvmeDefinition(), 'Standard_D2s_v6')).toEqual(['NVMe', 'TrustedLaunch', true]);
  expect(of(nvmeDefinition(), 'Standard_D2s_v5')).toEqual([null, 'TrustedLaunch', true]);
  expect(of(nvmeDefinition(), 'Standard_A1')).toEqual([null, 'Standard', false]);
  const plain = aDefinition({ generation: 'V1', features: features({ IsAcceleratedNetworkSupported: 'False' }) });
  expect(of(plain, 'Standard_D2s_v5')).toEqual([null, 'Standard', false]);
  const strict = aDefinition({ features: features({ SecurityType: 'TrustedLaunch' }) });
  expect(refusals({ definition: strict }, { size: 'Standard_A1' })).toEqual([
    'error DEPLOY_SIZE: no VM size for Standard_A1 runs web in northeurope: Standard_A1 has no Trusted Launch',
  ]);
});

test('volumes become disks with their settings and caching; what nobody knows is told', () => {
  const disks = [
    volume('/dev/xvda', { root: true, type: 'gp3', sizeGiB: 8 }),
    volume('/dev/sdf', { type: 'gp3', sizeGiB: 100, iops: 6000, throughput: 500 }),
    volume('/dev/sdg', { type: 'gp2', sizeGiB: 1000, encrypted: true }),
    volume('/dev/sdh', { type: 'sc1', sizeGiB: 500 }),
    volume('/dev/sdi', { type: 'gp3' }),
    { device: '/dev/sdb', kind: 'ephemeral', root: false } as const,
  ];
  const made = values({ ami: { ...anAnalysis().ami, disks } });
  expect(made.dataDisks.map(({ reason: _, ...disk }) => disk)).toEqual([
    { lun: 0, device: '/dev/sdf', sizeGiB: 100, sku: 'PremiumV2_LRS', iops: 6000, throughput: 525, caching: 'None' },
    { lun: 1, device: '/dev/sdg', sizeGiB: 1000, sku: 'Premium_LRS', caching: 'ReadOnly' },
    { lun: 2, device: '/dev/sdh', sizeGiB: 500, sku: 'Standard_LRS', caching: 'None' },
  ]);
  expect([made.osDisk.value, made.osDisk.reason]).toEqual(['Premium_LRS', expect.stringContaining('Premium SSD P6, 64 GiB')]);
  expect(made.diskEncryptionSet.reason).toContain('becomes --disk-encryption-set');
  expect(made.issues.map(({ severity, code, message }) => [severity, code, message])).toEqual([
    ['warning', 'DEPLOY_DISK', 'the volume /dev/sdi of the AMI has no disk here: the AMI does not say how large it is'],
  ]);
});

test('zones: one for a VM, all for a scale set, those that are named, none where there are none', () => {
  expect(values().zones.value).toEqual(['1']);
  expect(values({}, { target: 'vmss' }).zones.value).toEqual(['1', '2', '3']);
  expect(values({}, { target: 'vmss', zones: ['3', '1'] }).zones.value).toEqual(['3', '1']);
  expect(values({}, { size: 'Standard_A1' }).zones).toEqual({ value: null, reason: 'northeurope offers Standard_A1 in no zone' });
});

test('the OS disk is put on the host only when that is asked for; where it fits is said', () => {
  const definition = nvmeDefinition();
  const kept = values({ definition }, { size: 'Standard_D2s_v6' });
  expect(kept.ephemeralOsDisk).toEqual({
    value: null,
    reason:
      'kept on a managed disk, as EBS keeps it; Standard_D2s_v6 has 110 GiB for one, the image holds 64 GiB; --ephemeral puts it there, where what is written is lost when the VM is stopped',
  });
  const host = values({ definition }, { size: 'Standard_D2s_v6', ephemeral: true });
  expect([host.ephemeralOsDisk.value, host.osDisk.value, host.osDiskCaching.value]).toEqual(['NvmeDisk', null, 'ReadOnly']);
  const full = { definition, version: aVersion({ sizeGiB: 111 }) };
  expect(refusals(full, { size: 'Standard_D2s_v6', ephemeral: true })[0]).toContain('has 110 GiB for one, the image holds 111 GiB');
});

test('licence and plan: what is not known is said, and what changed since the version was made', () => {
  const plan = aPlan({ deploymentLicenseType: 'RHEL_BYOS' });
  expect(values({ plan, spec: aSpec({ licence: 'byos' }) }).licenseType.value).toBe('RHEL_BYOS');
  const lost = values({ plan: undefined, ami: undefined }, { size: 'Standard_D2s_v5' });
  expect([lost.licenseType.value, lost.osDisk.value, lost.issues.map(({ code }) => code)]).toEqual([null, null, ['DEPLOY_UNPLANNED']]);
  const tags = { 'regild-base': 'Debian:debian-12:12-gen2:0.1.2' };
  expect(values({ version: aVersion({ tags }) }).issues.map(({ code }) => code)).toEqual(['DEPLOY_BASE']);
  const purchasePlan = { publisher: 'p', product: 'o', name: 's' };
  expect(values({ definition: aDefinition({ purchasePlan }) }).purchasePlan.value).toEqual(purchasePlan);
});
