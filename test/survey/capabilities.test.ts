import { describe, expect, test } from 'vitest';
import type { AmiDisk } from '../../src/model/index.ts';
import { capabilitiesOf } from '../../src/survey/capabilities.ts';
import { disksCapability, sizeCapability } from '../../src/survey/machine-capabilities.ts';
import { anAmi } from '../analyze/an-ami.ts';
import { aCandidate } from '../fakes/values.ts';
import { CATALOG, found } from '../match/told.ts';
import { judgedAs } from './judged-as.ts';

function fits(judged: ReturnType<typeof judgedAs>, ...warnings: readonly string[]): readonly string[] {
  return capabilitiesOf(judged, warnings, undefined, CATALOG).map(({ name, fit }) => `${name}: ${fit}`);
}

describe('every capability', () => {
  const ubuntu = { bootMode: found('uefi-preferred' as const), licence: found('free' as const) };
  const base = aCandidate({ generation: 'V2', licence: 'free', differences: [] });

  test('the same image in the catalog', () => {
    expect(fits(judgedAs({}, ubuntu, { verdict: 'catalog', chosen: base }))).toEqual([
      'image: direct match',
      'boot: direct match',
      'licence: direct match',
      'disks: direct match',
      'agents: direct match',
    ]);
  });

  test('a rebuild of a BIOS image under a paid licence', () => {
    const analysis = { bootMode: found('legacy-bios' as const), licence: found('payg' as const) };
    expect(fits(judgedAs({}, analysis, { chosen: { ...base, licence: 'payg' } }), 'payg-licence')).toEqual([
      'image: match with differences',
      'boot: match with differences',
      'licence: match with differences',
      'disks: direct match',
      'agents: match with differences',
    ]);
  });

  test('what nothing on Azure boots', () => {
    expect(fits(judgedAs({}, ubuntu, { chosen: base }), '32-bit')).toContain('boot: needs another design');
    expect(fits(judgedAs({}, ubuntu, { chosen: base }), 'paravirtual')).toContain('boot: needs another design');
  });

  test('another service, and a product nobody knows: what is not known is left out', () => {
    const nothing = { disks: [] };
    expect(fits(judgedAs(nothing, { licence: found(undefined) }, { verdict: 'different-service' }))).toEqual([
      'image: needs another design',
    ]);
    expect(fits(judgedAs(nothing, { licence: found('vendor' as const) }, { verdict: 'vendor' }))).toEqual([
      'licence: match with differences',
    ]);
  });
});

describe('disks', () => {
  const root: AmiDisk = { device: '/dev/xvda', kind: 'ebs', root: true, sizeGiB: 8, type: 'gp3' };
  const data: AmiDisk = { device: '/dev/sdf', kind: 'ebs', root: false, sizeGiB: 100, type: 'gp3' };
  const told = (disks: readonly AmiDisk[], warnings: readonly string[] = [], rootDeviceType = 'ebs') =>
    disksCapability({ disks, rootDeviceType }, warnings, CATALOG);

  test('one volume, several, and one too large', () => {
    expect(told([root])?.fit).toBe('direct match');
    expect(told([root, data, { ...data, device: '/dev/sdg' }])).toEqual({
      name: 'disks',
      fit: 'match with differences',
      reason:
        '2 data disks are made with the VM (Premium SSD v2, 100 GiB, 3,000 IOPS, 125 MB/s · Premium SSD v2, 100 GiB, 3,000 IOPS, 125 MB/s)',
    });
    expect(told([{ ...root, sizeGiB: 4096 }])?.fit).toBe('needs another design');
    expect(told([{ ...root, sizeGiB: 4095 }])?.fit).toBe('direct match');
  });

  test('instance store holds no disk to carry over, and is no data disk', () => {
    expect(told([], [], 'instance-store')?.fit).toBe('needs another design');
    expect(told([root, { device: '/dev/sdb', kind: 'ephemeral', root: false }])?.fit).toBe('direct match');
  });

  test('a record without volumes says nothing', () => {
    expect(told([])).toBeUndefined();
  });

  test('performance and encryption are said', () => {
    expect(told([root], ['provisioned-iops', 'encrypted-snapshot'])?.reason).toMatch(/^provisioned performance .*; its KMS key/);
  });

  test('where no volume is named as root, one of them is', () => {
    expect(told([{ ...root, root: false }])?.fit).toBe('direct match');
  });
});

describe('sizes', () => {
  test.each([
    [['t3.micro'], 'direct match'],
    [['m6i.large', 'c7g.large', 'r6i.large'], 'direct match'],
    [['m7i-flex.large'], 'direct match'],
    [['f1.2xlarge'], 'needs another design'],
    [['c8g.48xlarge'], 'needs another design'],
    [['z9.large'], 'match with differences'],
    [['i3.large'], 'match with differences'],
    [['m5d.large'], 'match with differences'],
    [['inf2.xlarge'], 'needs another design'],
    [['mac1.metal'], 'needs another design'],
    [['t3.micro', 'i3.metal'], 'needs another design'],
  ])('%j: %s', (types, expected) => {
    expect(sizeCapability(types, [], CATALOG)?.fit).toBe(expected);
  });

  test('no machine, no size', () => {
    expect(sizeCapability([], [], CATALOG)).toBeUndefined();
  });

  test('a size whose own disk limits are below what the volumes were given is told', () => {
    const disks = anAmi({ disks: [{ device: '/dev/sdf', kind: 'ebs', root: false, type: 'gp3', sizeGiB: 500, iops: 16_000 }] }).disks;
    expect(sizeCapability(['m5.large'], disks, CATALOG)).toEqual({
      name: 'size',
      fit: 'match with differences',
      reason:
        'm5.large: Standard_D2s_v6, has NVMe disks only: the image must be generation V2 and tagged for NVMe; Standard_D2s_v6 holds 8 data disks, together 4,167 IOPS and 124 MB/s; the volumes are 1 data disk and were given 16,000 IOPS: Standard_D8s_v6 is the smallest of its series that holds them',
    });
  });
});
