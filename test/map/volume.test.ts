import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { describeDisk, mapVolume } from '../../src/map/index.ts';
import type { AmiDisk } from '../../src/model/index.ts';

const CATALOG = await loadCatalog();

function aDisk(change: Partial<AmiDisk>): AmiDisk {
  return { device: '/dev/sdf', kind: 'ebs', root: false, ...change };
}

test('a data volume with its disk, settings, reasons and notes', () => {
  expect(mapVolume(aDisk({ type: 'gp3', sizeGiB: 500, iops: 16000, throughput: 1000, encrypted: true }), CATALOG)).toEqual({
    kind: 'managed-disk',
    device: '/dev/sdf',
    use: 'data',
    disk: 'Premium SSD v2',
    sku: 'PremiumV2_LRS',
    tier: undefined,
    sizeGiB: 500,
    iops: 16000,
    throughput: 1049,
    reasons: [
      'General Purpose SSD (gp3): both set IOPS and throughput beside the size',
      'encrypted in EBS: managed disks always are; a KMS key of your own becomes a customer-managed key in a disk encryption set',
    ],
    warnings: [],
    notes: ['no OS disk, no host caching, and no disk of a gallery image', 'in most locations with zones the VM must be zonal'],
  });
});

describe('what becomes what', () => {
  test.each([
    [{ type: 'gp3', sizeGiB: 100 }, 'Premium SSD v2, 100 GiB, 3,000 IOPS, 125 MB/s'],
    [{ type: 'gp3', sizeGiB: 100, root: true }, 'Premium SSD P10, 100 GiB'],
    [{ type: 'gp3', sizeGiB: 100, iops: 6000, root: true }, 'Premium SSD P40, 100 GiB'],
    [{ type: 'gp2', sizeGiB: 30, root: true }, 'Premium SSD P4, 30 GiB'],
    [{ type: 'gp2', sizeGiB: 1000 }, 'Premium SSD P30, 1,000 GiB'],
    [{ type: 'gp2', sizeGiB: 4000 }, 'Premium SSD P60, 4,000 GiB'],
    [{ type: 'io1', sizeGiB: 100, iops: 5000 }, 'Ultra Disk, 100 GiB, 5,000 IOPS, 525 MB/s'],
    [{ type: 'io1', sizeGiB: 500, iops: 20000 }, 'Ultra Disk, 500 GiB, 20,000 IOPS, 525 MB/s'],
    [{ type: 'io1', sizeGiB: 2000, iops: 48000 }, 'Ultra Disk, 2,000 GiB, 48,000 IOPS, 787 MB/s'],
    [{ type: 'io1', sizeGiB: 2000, iops: 64000 }, 'Ultra Disk, 2,000 GiB, 64,000 IOPS, 1,049 MB/s'],
    [{ type: 'io2', sizeGiB: 500, iops: 64000 }, 'Ultra Disk, 500 GiB, 64,000 IOPS, 4,195 MB/s'],
    [{ type: 'io2', sizeGiB: 4000, iops: 256000 }, 'Ultra Disk, 4,000 GiB, 256,000 IOPS, 4,195 MB/s'],
    [{ type: 'gp3', sizeGiB: 100, throughput: 126 }, 'Premium SSD v2, 100 GiB, 3,000 IOPS, 133 MB/s'],
    [{ type: 'io2', sizeGiB: 2, iops: 1000 }, 'Ultra Disk, 4 GiB, 1,000 IOPS, 250 MB/s'],
    [{ type: 'io2', sizeGiB: 100, iops: 5000, root: true }, 'Premium SSD P30, 100 GiB'],
    [{ type: 'st1', sizeGiB: 500 }, 'Standard HDD S20, 500 GiB'],
    [{ type: 'st1', sizeGiB: 16000 }, 'Standard SSD E70, 16,000 GiB'],
    [{ type: 'sc1', sizeGiB: 1000 }, 'Standard HDD S30, 1,000 GiB'],
    [{ type: 'standard', sizeGiB: 10 }, 'Standard HDD S4, 10 GiB'],
    [{ type: 'standard', sizeGiB: 10, root: true }, 'Standard SSD E3, 10 GiB'],
    [{ type: 'gp3' }, 'Premium SSD v2, 3,000 IOPS, 125 MB/s'],
    [{ type: 'gp2' }, 'Premium SSD'],
  ])('%j: %s', (disk, expected) => {
    const mapping = mapVolume(aDisk(disk), CATALOG);
    expect(mapping.kind === 'managed-disk' && describeDisk(mapping)).toBe(expected);
  });
});

describe('limits', () => {
  const reasons = (disk: Partial<AmiDisk>) => {
    const mapping = mapVolume(aDisk(disk), CATALOG);
    return mapping.kind === 'managed-disk' ? [mapping.disk, ...mapping.reasons.slice(1), ...mapping.warnings] : [];
  };

  test('an OS disk that bursts says what it does all the time', () => {
    expect(reasons({ type: 'gp3', sizeGiB: 8, root: true })).toEqual([
      'Premium SSD',
      'Standard SSD is enough when the load is light or moderate',
      'P2 does 120 IOPS and 25 MB/s, and 3,500 IOPS for half an hour; the performance tier P30 gives what the volume had all the time',
    ]);
  });

  test('what the preferred type cannot do goes to the next, with the limit', () => {
    expect(reasons({ type: 'gp2', sizeGiB: 16384, throughput: 1000 })).toEqual([
      'Premium SSD v2',
      'next type: Premium SSD does 20,000 IOPS and 900 MB/s at most',
    ]);
  });

  test('what no type can do is a warning', () => {
    expect(reasons({ type: 'gp3', sizeGiB: 20, iops: 80000 })).toEqual([
      'Ultra Disk',
      'no single disk does 80,000 IOPS and 132 MB/s: make it larger, or stripe several (Premium SSD v2 does 10,000 IOPS at most at this size, 80,000 are needed; ' +
        'Ultra Disk does 20,000 IOPS at most at this size, 80,000 are needed)',
    ]);
    expect(reasons({ type: 'io2', sizeGiB: 300, iops: 256000, root: true }).at(-1)).toBe(
      'no single disk does 256,000 IOPS and 4,195 MB/s: put what needs it on a data disk (Premium SSD does 20,000 IOPS and 900 MB/s at most)',
    );
  });
});

test.each([
  [{ type: 'gp3' }, true],
  [{ type: 'gp3', iops: 3000, throughput: 125 }, true],
  [{ type: 'gp3', iops: 6000 }, false],
  [{ type: 'gp2' }, true],
  [{ type: 'io2', iops: 50000 }, true],
  [{ type: 'io2', iops: 90000 }, false],
])('%j: a cheaper type is named: %s', (disk, named) => {
  const mapping = mapVolume(aDisk({ sizeGiB: 500, ...disk }), CATALOG);
  expect('reasons' in mapping && mapping.reasons.some((reason) => reason.includes(' is enough when '))).toBe(named);
});

test('the instance store becomes the local disk', () => {
  expect(mapVolume(aDisk({ kind: 'ephemeral' }), CATALOG)).toEqual({
    kind: 'local-disk',
    device: '/dev/sdf',
    reasons: [expect.stringContaining('it is wiped when the VM is deallocated')],
  });
});

test.each([
  [undefined, 'the AMI names no volume type'],
  ['gp9', "no EBS volume type 'gp9' in the catalog"],
])('type %s is unknown', (type, reason) => {
  expect(mapVolume(aDisk({ type }), CATALOG)).toEqual({
    kind: 'unknown',
    device: '/dev/sdf',
    reasons: [reason],
    settle: '`aws ec2 describe-volumes` on an instance of it names type, size, IOPS and throughput',
  });
});
