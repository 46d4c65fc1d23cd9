import { expect, test } from 'vitest';
import { checkCatalog } from '../../src/catalog/check.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import {
  AmiFamily,
  AwsRegion,
  Base,
  type Catalog,
  DefaultSize,
  DiskType,
  InstanceClass,
  Release,
  VmSeries,
  VolumeType,
} from '../../src/catalog/schema.ts';
import { EMPTY_CATALOG } from '../fakes/catalog.ts';
import { aComponent } from '../plan/a-component.ts';

const FACT = { source: ['test'], verified: '2026-10-01' };

function aFamily(change: object): AmiFamily {
  return AmiFamily.parse({ id: 'f', title: 'F', owners: ['123456789012'], namePattern: '^f-', nameExamples: ['f-1'], ...FACT, ...change });
}

function aBase(change: object): Base {
  return Base.parse({
    id: 'b',
    publisher: 'p',
    offer: 'o',
    sku: 's',
    variant: 'server',
    architecture: 'x64',
    generation: 'V2',
    licence: 'free',
    features: [],
    osDiskSizeGB: 30,
    ...FACT,
    ...change,
  });
}

function aRelease(change: object): Release {
  return Release.parse({
    id: 'd-1',
    distro: 'd',
    version: '1',
    title: 'D 1',
    osFamily: 'linux',
    packageManager: 'apt',
    guest: 'debian',
    support: {},
    successors: [],
    onAzure: true,
    bases: [],
    ...FACT,
    ...change,
  });
}

function faults(catalog: Partial<Catalog>): readonly string[] {
  return checkCatalog({ ...EMPTY_CATALOG, ...catalog }).map(({ message }) => message);
}

test('the catalog is sound', async () => {
  expect(checkCatalog(await loadCatalog())).toEqual([]);
});

test('an id that stands twice is found', () => {
  expect(faults({ amis: [aFamily({}), aFamily({ owners: ['210987654321'], namePattern: '^f-', nameExamples: ['f-2'] })] })).toEqual([
    'amis: f stands here 2 times',
  ]);
});

test('a Marketplace image that two releases claim is found', () => {
  const bases = [aBase({})];
  expect(faults({ releases: [aRelease({ bases }), aRelease({ id: 'd-2', version: '2', bases: [aBase({ id: 'c' })] })] })).toEqual([
    'distros (bases): p:o:s stands here 2 times',
  ]);
});

test('a pattern that misses its own example is found', () => {
  expect(faults({ amis: [aFamily({ nameExamples: ['g-1'] })] })).toEqual(["amis/f: its pattern does not match its own example 'g-1'"]);
});

test('a pattern that is no regular expression is found', () => {
  expect(faults({ amis: [aFamily({ namePattern: '(' })] })).toEqual([
    expect.stringContaining('amis/f: the pattern ( is no regular expression'),
  ]);
});

test('overlapping patterns are found for one owner, and allowed for two', () => {
  const wide = aFamily({ id: 'wide', namePattern: '^[fw]-', nameExamples: ['w-1'] });
  expect(faults({ amis: [aFamily({}), wide] })).toEqual(["amis/wide: its pattern also matches 'f-1' of f"]);
  expect(faults({ amis: [aFamily({}), { ...wide, owners: ['210987654321'] }] })).toEqual([]);
});

test('a family without owners overlaps with every owner', () => {
  const wide = aFamily({ id: 'wide', owners: [], namePattern: '^[fw]-', nameExamples: ['w-1'] });
  expect(faults({ amis: [aFamily({}), wide] })).toEqual(["amis/wide: its pattern also matches 'f-1' of f"]);
});

test('an unknown distribution is found, unless the family is never matched with a base', () => {
  expect(faults({ amis: [aFamily({ distro: 'nowhere' })] })).toEqual(["amis/f: no release of a distribution 'nowhere' in distros/"]);
  expect(faults({ amis: [aFamily({ distro: 'nowhere', verdict: 'unsupported' })] })).toEqual([]);
});

test('an unknown successor is found', () => {
  expect(faults({ releases: [aRelease({ successors: [{ release: 'd-2', differences: [], points: 1 }] })] })).toEqual([
    "distros/d-1: no release 'd-2' in distros/",
  ]);
});

test('a component in AMIs of a family that nothing has is found', () => {
  const component = aComponent({ id: 'agent', inFamilies: ['f', 'g'] });
  expect(faults({ amis: [aFamily({ verdict: 'unsupported' })], components: [component] })).toEqual([
    "components/agent: no family 'g' in amis/",
  ]);
});

test('arm64 of generation V1 is found', () => {
  expect(faults({ releases: [aRelease({ bases: [aBase({ architecture: 'arm64', generation: 'V1' })] })] })).toEqual([
    'distros/d-1: base b: arm64 boots UEFI only, so it cannot be of generation V1',
  ]);
});

test('a base of generation V1 that states NVMe or Trusted Launch is found', () => {
  const features = [
    { name: 'SecurityType', value: 'TrustedLaunchSupported' },
    { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
  ];
  const bases = [aBase({ id: 'v1', generation: 'V1', features }), aBase({ id: 'v2', sku: 'other', generation: 'V2', features })];
  expect(faults({ releases: [aRelease({ bases })] })).toEqual([
    'distros/d-1: base v1: NVMe needs generation V2 (enable-nvme-interface)',
    'distros/d-1: base v1: Trusted Launch needs generation V2 (trusted-launch)',
  ]);
});

test('a missing purchase plan is found by publisher and by offer', () => {
  const bases = [
    aBase({ publisher: 'resf' }),
    aBase({ id: 'c', publisher: 'RedHat', offer: 'rhel-byos' }),
    aBase({ id: 'd', publisher: 'RedHat', offer: 'RHEL' }),
  ];
  expect(faults({ releases: [aRelease({ bases })] })).toEqual([
    'distros/d-1: base b: images of resf:o need a purchase plan',
    'distros/d-1: base c: images of RedHat:rhel-byos need a purchase plan',
  ]);
});

const SERIES = {
  id: 'dsv5',
  title: 'Dsv5',
  purpose: 'general',
  architecture: 'x64',
  cpu: 'intel',
  generations: ['V1', 'V2'],
  controllers: ['SCSI'],
  trustedLaunch: false,
  localDisk: false,
  sizes: [{ name: 'Standard_D2s_v5', vcpus: 2, memoryGiB: 8 }],
  ...FACT,
};

test('a size whose name says something else than its series is found, and one of two series', () => {
  const sizes = [
    { name: 'Standard_D4s_v5', vcpus: 2, memoryGiB: 8 },
    { name: 'Standard_D2ps_v5', vcpus: 2, memoryGiB: 8 },
    { name: 'Standard_D2ds_v5', vcpus: 2, memoryGiB: 8 },
    { name: 'D2s', vcpus: 2, memoryGiB: 8 },
  ];
  expect(
    faults({ series: [VmSeries.parse(SERIES), VmSeries.parse({ ...SERIES, id: 'other', sizes: [...SERIES.sizes, ...sizes] })] }),
  ).toEqual([
    'series (sizes): Standard_D2s_v5 stands here 2 times',
    'series/other: Standard_D4s_v5 has another number of vCPUs than 2',
    'series/other: Standard_D2ps_v5 is arm64, its series x64',
    'series/other: Standard_D2ds_v5 has a local disk, its series has not',
    'series/other: D2s is not the name of a VM size',
  ]);
});

test('a default size that claims more than its series is found', () => {
  const size = {
    id: 'standard-d2s-v5',
    name: 'Standard_D2s_v5',
    purpose: ['build'],
    architecture: 'arm64',
    generations: ['V2'],
    controllers: ['SCSI', 'NVMe'],
    trustedLaunch: true,
    rank: 1,
    ...FACT,
  };
  expect(faults({ series: [VmSeries.parse(SERIES)], sizes: [DefaultSize.parse(size)] })).toEqual([
    'sizes/standard-d2s-v5: its series is x64',
    'sizes/standard-d2s-v5: its series has no NVMe',
    'sizes/standard-d2s-v5: its series has no Trusted Launch',
  ]);
});

test('an instance class with an unknown series, a foreign family and figures for no type is found', () => {
  const instances = [
    InstanceClass.parse({
      id: 'm',
      title: 'M',
      purpose: 'general',
      equivalence: 'equivalent',
      memoryPerVcpu: 4,
      families: [
        { name: 'm5', sizes: ['large'] },
        { name: 'mac1', sizes: ['metal'], accelerator: { model: 'x', count: {} } },
      ],
      exact: [{ type: 'm5.metal', vcpus: 96, memoryGiB: 384 }],
      series: ['dsv9', 'dsv9'],
      ...FACT,
    }),
  ];
  expect(faults({ instances })).toEqual([
    "instances/m: no series 'dsv9' in series/",
    "instances/m: no series 'dsv9' in series/",
    'instances/m: it names the series dsv9 twice',
    'instances/m: mac1 is no family of the class m',
    "instances/m: m5.metal is in no family's sizes",
    'instances/m: mac1.metal has no accelerator count',
  ]);
});

test('a region without a location, and a volume with a disk that is none or no OS disk, are found', () => {
  const region = {
    id: 'eu-west-1',
    place: 'x',
    cloud: 'public',
    azure: 'nowhere',
    alternatives: [],
    reason: 'x',
    confidence: 'high',
    ...FACT,
  };
  const disk = { id: 'ultra-disk', title: 'Ultra Disk', sku: 'UltraSSD_LRS', osDisk: false, minSizeGiB: 4, maxSizeGiB: 65536, ...FACT };
  const volume = { id: 'io2', title: 'io2', kind: 'ebs', dataDisks: ['gone'], osDisks: ['ultra-disk'], reason: 'x', ...FACT };
  expect(faults({ regions: [AwsRegion.parse(region)], disks: [DiskType.parse(disk)], volumes: [VolumeType.parse(volume)] })).toEqual([
    "regions/eu-west-1: no location 'nowhere' in geographies/",
    "volumes/io2: no disk type 'gone' in disks/",
    'volumes/io2: ultra-disk is no OS disk',
  ]);
});
