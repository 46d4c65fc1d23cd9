import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { planDataDisks } from '../../src/plan/data-disks.ts';
import { planOsDisk } from '../../src/plan/os-disk.ts';
import { regionHint } from '../../src/plan/region-hint.ts';
import { aCandidate, anAnalysis, aSpec } from '../fakes/values.ts';

const CATALOG = await loadCatalog();
const { ami } = anAnalysis();
const withRoot = (sizeGiB: number) => ({ ...ami, disks: [{ device: '/dev/sda1', kind: 'ebs' as const, root: true, sizeGiB }] });
const wanting = (osDiskSizeGB: number) => aSpec({ build: { ...aSpec().build, osDiskSizeGB } });

describe('OS disk', () => {
  test.each([
    ["the AMI's root volume", aSpec(), 40, 'V2' as const, 40, []],
    ["the base's own disk, where that is larger", aSpec(), 8, 'V2' as const, 30, []],
    ["the user's wish", wanting(64), 40, 'V2' as const, 64, []],
    ['a wish below the base', wanting(10), 40, 'V2' as const, 30, ['OS_DISK_TOO_SMALL']],
    ['2 TiB', wanting(2048), 40, 'V1' as const, 2048, []],
    ['more than 2 TiB on Gen1', wanting(2049), 40, 'V1' as const, 2049, ['OS_DISK_NEEDS_GEN2']],
    ['more than 2 TiB of root volume on Gen1', aSpec(), 3000, 'V1' as const, 3000, ['OS_DISK_NEEDS_GEN2']],
    ['more than 2 TiB on Gen2', aSpec(), 3000, 'V2' as const, 3000, ['OS_DISK_TOO_LARGE']],
  ])('%s', (_name, spec, root, generation, sizeGB, codes) => {
    const disk = planOsDisk(spec, { ami: withRoot(root) }, aCandidate({ generation }));
    expect({ sizeGB: disk.sizeGB, codes: disk.issues.map(({ code }) => code) }).toEqual({ sizeGB, codes });
  });

  test('a refusal says whose wish it was, and where the rule is written', () => {
    expect(planOsDisk(aSpec(), { ami: withRoot(3000) }, aCandidate({ generation: 'V1' })).issues).toEqual([
      {
        severity: 'error',
        code: 'OS_DISK_NEEDS_GEN2',
        message: "the AMI's root volume asks for 3000 GB, and generation V1 boots from 2048 GB at most",
        hint: 'set `build.osDiskSizeGB` to 2048 or less, and move data to a data disk',
        source: 'https://learn.microsoft.com/azure/virtual-machines/generation-2',
        image: 'web',
        place: { file: 'images.yaml', line: 10, column: 3 },
      },
    ]);
  });
});

test('each remark on the OS disk says what is wrong with it and what to write instead', () => {
  const remarks = (osDiskSizeGB: number | undefined, root: number) =>
    planOsDisk(osDiskSizeGB === undefined ? aSpec() : wanting(osDiskSizeGB), { ami: withRoot(root) }, aCandidate()).issues.map(
      ({ severity, code, message, hint }) => [severity, code, message, hint],
    );
  expect([...remarks(29, 40), ...remarks(undefined, 2049), ...remarks(2049, 8)]).toEqual([
    [
      'error',
      'OS_DISK_TOO_SMALL',
      "build.osDiskSizeGB 29 is smaller than the base's own disk of 30 GB",
      'set it to 30 or more, or leave it out',
    ],
    [
      'error',
      'OS_DISK_TOO_LARGE',
      "the AMI's root volume asks for 2049 GB, and a replicated gallery version holds 2048 GB at most",
      'set `build.osDiskSizeGB` to 2048 or less, and move data to a data disk',
    ],
    [
      'error',
      'OS_DISK_TOO_LARGE',
      'build.osDiskSizeGB asks for 2049 GB, and a replicated gallery version holds 2048 GB at most',
      'set `build.osDiskSizeGB` to 2048 or less, and move data to a data disk',
    ],
  ]);
  expect([remarks(30, 40), remarks(2048, 8)]).toEqual([[], []]);
});

test('an AMI without a root volume gets the disk of its base, and 30 GB where that is not known', () => {
  const size = (osDiskSizeGB: number | undefined) =>
    planOsDisk(aSpec(), { ami: { ...ami, disks: [] } }, aCandidate({ osDiskSizeGB })).sizeGB;
  expect([size(64), size(undefined), size(0)]).toEqual([64, 30, 1]);
});

test('each data volume of the AMI is named with the disk that fits, the root volume is not', () => {
  const disks = [
    ...ami.disks,
    { device: '/dev/sdf', kind: 'ebs' as const, root: false, sizeGiB: 100, type: 'gp3' },
    { device: '/dev/sdb', kind: 'ephemeral' as const, root: false },
    { device: '/dev/sdc', kind: 'ephemeral' as const, root: false },
    { device: '/dev/sdd', kind: 'ephemeral' as const, root: false },
    { device: '/dev/sdg', kind: 'ebs' as const, root: false, sizeGiB: 10 },
  ];
  expect(planDataDisks({ ...ami, disks }, CATALOG)).toEqual([
    {
      device: '/dev/sdf',
      sizeGiB: 100,
      type: 'Premium SSD v2, 3,000 IOPS, 125 MB/s',
      reason:
        'General Purpose SSD (gp3): both set IOPS and throughput beside the size; Standard SSD is enough when the load is light or moderate',
    },
    {
      device: '/dev/sdg',
      sizeGiB: 10,
      type: 'unknown',
      reason: 'the AMI names no volume type; `aws ec2 describe-volumes` on an instance of it names type, size, IOPS and throughput',
    },
    { device: '/dev/sdb and 2 more', type: 'local disk of the VM', reason: expect.stringContaining('wiped when the VM is deallocated') },
  ]);
});

test('a single instance store volume is named alone', () => {
  const named = (...devices: readonly string[]) =>
    planDataDisks({ ...ami, disks: devices.map((device) => ({ device, kind: 'ephemeral' as const, root: false })) }, CATALOG);
  expect(named('/dev/sdb').map(({ device, type }) => [device, type])).toEqual([['/dev/sdb', 'local disk of the VM']]);
  expect(named('/dev/sdb', '/dev/sdc').map(({ device }) => device)).toEqual(['/dev/sdb and 1 more']);
  expect(named()).toEqual([]);
});

describe('region hint', () => {
  const into = (location: string, from = 'eu-west-1') => regionHint(aSpec({ target: { ...aSpec().target, location } }), from, CATALOG);

  test.each([
    ['its own location', 'northeurope', 'eu-west-1'],
    ['an alternative', 'westeurope', 'eu-west-1'],
    ['another location under the same law', 'swedencentral', 'eu-west-1'],
    ['an alternative in another country', 'uaenorth', 'me-south-1'],
    ['a location that the catalog lacks', 'moonbase', 'eu-west-1'],
    ['a region that the catalog lacks', 'northeurope', 'eu-nowhere-1'],
    ['an isolated cloud', 'northeurope', 'us-iso-east-1'],
  ])('%s needs no word', (_name, location, from) => {
    expect(into(location, from)).toEqual([]);
  });

  test('another geography is pointed out', () => {
    expect(into('eastus2')).toEqual([
      {
        severity: 'info',
        code: 'OTHER_GEOGRAPHY',
        message: 'target.location eastus2 lies in United States, the AMI comes from eu-west-1 (Ireland)',
        hint: 'the Azure location for eu-west-1 is northeurope; make sure that the data may leave EU Data Boundary (European Union and EFTA)',
        image: 'web',
        place: { file: 'images.yaml', line: 10, column: 3 },
      },
    ]);
  });
});
