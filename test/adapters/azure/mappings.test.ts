import type { GalleryImage, ResourceSku, VirtualMachineImage } from '@azure/arm-compute';
import { expect, test } from 'vitest';
import { armPath } from '../../../src/adapters/azure/connection/arm-path.ts';
import { fromDefinition, sameDefinition, toDefinition } from '../../../src/adapters/azure/gallery/to-definition.ts';
import { toImageFacts } from '../../../src/adapters/azure/marketplace/to-image-facts.ts';
import { toVmSize } from '../../../src/adapters/azure/sizes.ts';
import { aPlan } from '../../fakes/values.ts';

const URN = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.1' };

test('the facts of a Marketplace image', () => {
  const image: VirtualMachineImage = {
    name: '24.04.1',
    location: 'westeurope',
    plan: { name: 'p', publisher: 'c', product: 'o' },
    osDiskImage: { operatingSystem: 'Windows' },
    architecture: 'Arm64',
    hyperVGeneration: 'V2',
    features: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }, { name: 'Odd' }],
    imageDeprecationStatus: {
      imageState: 'ScheduledForDeprecation',
      scheduledDeprecationTime: new Date('2027-01-01T00:00:00Z'),
      alternativeOption: { type: 'Offer', value: 'ubuntu-26_04-lts' },
    },
  };
  expect(toImageFacts(image, URN)).toEqual({
    urn: URN,
    osType: 'Windows',
    architecture: 'arm64',
    generation: 'V2',
    features: [{ name: 'DiskControllerTypes', value: 'SCSI, NVMe' }],
    plan: { publisher: 'c', product: 'o', name: 'p' },
    deprecation: { state: 'ScheduledForDeprecation', scheduled: '2027-01-01T00:00:00.000Z', alternative: 'Offer ubuntu-26_04-lts' },
  });
});

test('an image of which ARM says little is an old one', () => {
  expect(toImageFacts({ name: '1.0.0', location: 'westeurope' }, URN)).toEqual({
    urn: URN,
    osType: 'Linux',
    architecture: 'x64',
    generation: 'V1',
    features: [],
    plan: undefined,
    deprecation: { state: 'Active', scheduled: undefined, alternative: undefined },
  });
});

test('a definition survives the way to Azure and back', () => {
  const definition = { ...aPlan().definition, architecture: 'arm64' as const, purchasePlan: { publisher: 'a', product: 'b', name: 'c' } };
  const body: GalleryImage = { ...fromDefinition(definition, 'West Europe', { team: 'web' }), id: '/d', name: 'web' };
  const { description, ...rest } = definition;
  expect(body).toMatchObject({ tags: { team: 'web' }, description, hyperVGeneration: 'V2', architecture: 'Arm64' });
  expect(toDefinition(body)).toEqual({ ...rest, id: '/d', location: 'westeurope' });
});

test('a definition is the same when everything fixed is: order and spaces of features do not count', () => {
  const wanted = aPlan().definition;
  const existing = toDefinition({ ...fromDefinition(wanted, 'westeurope', {}), id: '/d', name: 'web' });
  const features = [...wanted.features].reverse().map(({ name, value }) => ({ name, value: value.replace(', ', ',') }));
  expect(sameDefinition({ ...existing, features }, wanted)).toBe(true);
  expect(sameDefinition({ ...existing, generation: 'V1' }, wanted)).toBe(false);
  expect(sameDefinition({ ...existing, features: [] }, wanted)).toBe(false);
  expect(sameDefinition({ ...existing, purchasePlan: { publisher: 'a', product: 'b', name: 'c' } }, wanted)).toBe(false);
});

const SKU: ResourceSku = {
  resourceType: 'virtualMachines',
  name: 'Standard_D2s_v6',
  family: 'standardDSv6Family',
  capabilities: [
    { name: 'vCPUs', value: '2' },
    { name: 'MemoryGB', value: '8' },
    { name: 'HyperVGenerations', value: 'V2' },
    { name: 'DiskControllerTypes', value: 'NVMe' },
    { name: 'CpuArchitectureType', value: 'x64' },
    { name: 'AcceleratedNetworkingEnabled', value: 'True' },
    { name: 'PremiumIO', value: 'True' },
    { name: 'MaxDataDiskCount', value: '4' },
    { name: 'EphemeralOSDiskSupported', value: 'True' },
    { name: 'SupportedEphemeralOSDiskPlacements', value: 'NvmeDisk' },
    { name: 'NvmeDiskSizeInMiB', value: '112640' },
    { name: 'MaxResourceVolumeMB', value: '0' },
  ],
  locationInfo: [{ location: 'westeurope', zones: ['3', '1', '2'] }],
  restrictions: [
    { type: 'Zone', reasonCode: 'NotAvailableForSubscription', restrictionInfo: { zones: ['2'] } },
    { type: 'Location', reasonCode: 'QuotaId' },
  ],
};

test('a VM size and what it can do', () => {
  expect(toVmSize(SKU)).toEqual({
    name: 'Standard_D2s_v6',
    family: 'standardDSv6Family',
    vcpus: 2,
    memoryGiB: 8,
    architecture: 'x64',
    generations: ['V2'],
    controllers: ['NVMe'],
    trustedLaunch: true,
    restriction: 'QuotaId',
    zones: ['1', '3'],
    acceleratedNetworking: true,
    premiumDisks: true,
    dataDisks: 4,
    ephemeralOsDisk: { placement: 'NvmeDisk', sizeGiB: 110 },
  });
});

test('a size without capabilities is an old one, and a restriction of zones alone is none', () => {
  expect(toVmSize({ name: 'Standard_A1', restrictions: [{ type: 'Zone', reasonCode: 'NotAvailableForSubscription' }] })).toEqual({
    name: 'Standard_A1',
    family: '',
    vcpus: 0,
    memoryGiB: 0,
    architecture: 'x64',
    generations: ['V1'],
    controllers: ['SCSI'],
    trustedLaunch: false,
    restriction: undefined,
    zones: [],
    acceleratedNetworking: false,
    premiumDisks: false,
    dataDisks: 0,
    ephemeralOsDisk: undefined,
  });
  const disabled = [...(SKU.capabilities ?? []), { name: 'TrustedLaunchDisabled', value: 'True' }];
  expect(toVmSize({ ...SKU, capabilities: disabled }).trustedLaunch).toBe(false);
});

test('an OS disk on the host lies where there is most room: in the cache, or on the temporary disk', () => {
  const can = (cache: string, temporary: string) =>
    toVmSize({
      capabilities: [
        { name: 'EphemeralOSDiskSupported', value: 'True' },
        { name: 'CachedDiskBytes', value: cache },
        { name: 'MaxResourceVolumeMB', value: temporary },
      ],
    }).ephemeralOsDisk;
  expect(can('107374182400', '76800')).toEqual({ placement: 'CacheDisk', sizeGiB: 100 });
  expect(can('53687091200', '153600')).toEqual({ placement: 'ResourceDisk', sizeGiB: 150 });
  expect(can('0', '0')).toBeUndefined();
});

test('values in a path cannot leave their segment', () => {
  expect(armPath`/subscriptions/${'a/../b?x=1#y'}/z`).toBe('/subscriptions/a%2F..%2Fb%3Fx%3D1%23y/z');
  for (const value of ['', '.', '..']) expect(() => armPath`/subscriptions/${value}`).toThrow('cannot be part of an Azure resource id');
});
