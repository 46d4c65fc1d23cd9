import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { SecurityType } from '../../src/model/index.ts';
import { testShapes } from '../../src/plan/test-shapes.ts';

const { series } = await loadCatalog();
const BOTH = [
  { controller: 'SCSI', vmSize: 'Standard_D2s_v5' },
  { controller: 'NVMe', vmSize: 'Standard_D2s_v6' },
] as const;
const wishes = (sizes: readonly string[], pairs: boolean, security: SecurityType = 'TrustedLaunchSupported') => ({
  sizes,
  pairs,
  security,
});

describe('claims', () => {
  test('without sizes it is one VM for each controller', () => {
    expect(testShapes(BOTH, wishes([], false), series)).toEqual(BOTH);
  });

  test('each size boots once, with a controller that it has, and a controller that no size has keeps its own', () => {
    expect(testShapes(BOTH, wishes(['Standard_D4s_v5', 'Standard_E4s_v5'], false), series)).toEqual([
      { controller: 'SCSI', vmSize: 'Standard_D4s_v5', reason: 'the first with SCSI disks, the first of size Standard_D4s_v5' },
      { controller: 'SCSI', vmSize: 'Standard_E4s_v5', reason: 'the first of size Standard_E4s_v5' },
      { controller: 'NVMe', vmSize: 'Standard_D2s_v6', reason: 'the first with NVMe disks, the first of size Standard_D2s_v6' },
    ]);
  });

  test('a size with both controllers serves both claims', () => {
    expect(
      testShapes(BOTH, wishes(['Standard_E4bs_v5'], false), series).map(({ controller, vmSize }) => `${vmSize} ${controller}`),
    ).toEqual(['Standard_E4bs_v5 SCSI', 'Standard_E4bs_v5 NVMe']);
  });
});

describe('pairs', () => {
  const said = (shapes: ReturnType<typeof testShapes>) =>
    shapes.map(({ vmSize, controller, ordinary }) => `${vmSize} ${controller} ${ordinary ? 'without' : 'with'}`);

  test('each controller is booted with and without Trusted Launch', () => {
    expect(testShapes(BOTH, wishes([], true), series)).toEqual([
      { ...BOTH[0], reason: 'SCSI disks, this size, with Trusted Launch' },
      { ...BOTH[1], reason: 'NVMe disks, this size, with Trusted Launch' },
      { ...BOTH[0], ordinary: true, reason: 'SCSI disks, this size, without Trusted Launch' },
      { ...BOTH[1], ordinary: true, reason: 'NVMe disks, this size, without Trusted Launch' },
    ]);
  });

  test('three sizes with both controllers, with and without, are six VMs of twelve', () => {
    const sizes = ['Standard_E4bs_v5', 'Standard_E8bs_v5', 'Standard_E2bs_v5'];
    expect(said(testShapes(BOTH, wishes(sizes, true), series))).toHaveLength(6);
  });

  test('an image that demands Trusted Launch is never booted without it, and one that has none says nothing of it', () => {
    expect(said(testShapes(BOTH, wishes([], true, 'TrustedLaunch'), series))).toEqual([
      'Standard_D2s_v5 SCSI with',
      'Standard_D2s_v6 NVMe with',
    ]);
    expect(testShapes([BOTH[0]], wishes([], true, 'Standard'), series)).toEqual([{ ...BOTH[0], reason: 'SCSI disks on this size' }]);
  });

  test('a size without Trusted Launch is booted as what it can be', () => {
    const arm = [{ controller: 'SCSI', vmSize: 'Standard_D2ps_v5' }] as const;
    expect(said(testShapes(arm, wishes([], true), series))).toEqual(
      series.find(({ sizes }) => sizes.some(({ name }) => name === 'Standard_D2ps_v5'))?.trustedLaunch === false
        ? ['Standard_D2ps_v5 SCSI without']
        : ['Standard_D2ps_v5 SCSI with', 'Standard_D2ps_v5 SCSI without'],
    );
  });
});
