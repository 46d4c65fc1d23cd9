import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { SecurityType, TestRegion, TestShape } from '../../src/model/index.ts';
import { testShapes } from '../../src/plan/test-shapes.ts';

const { series } = await loadCatalog();
const BOTH = [
  { controller: 'SCSI', vmSize: 'Standard_D2s_v5' },
  { controller: 'NVMe', vmSize: 'Standard_D2s_v6' },
] as const;
const wishes = (sizes: readonly string[], pairs: boolean, security: SecurityType = 'TrustedLaunchSupported') => ({
  sizes,
  regions: [],
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

describe('regions', () => {
  const inRegions = (regions: readonly TestRegion[], pairs: boolean, sizes: readonly string[] = []) =>
    testShapes(BOTH, { ...wishes(sizes, pairs), regions }, series);
  const SUBNET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s';

  test('each boots one VM, the ways of the first in turn, after all of those', () => {
    expect(inRegions([{ name: 'westeurope' }, { name: 'uksouth', subnet: SUBNET }, { name: 'francecentral' }], false)).toEqual([
      ...BOTH,
      { ...BOTH[0], location: 'westeurope', reason: 'the first in westeurope' },
      { ...BOTH[1], location: 'uksouth', subnet: SUBNET, reason: 'the first in uksouth' },
      { ...BOTH[0], location: 'francecentral', reason: 'the first in francecentral' },
    ]);
  });

  test('a size of its own boots with a controller that it has, and one that has none of them is left to preflight', () => {
    const [, , own, foreign] = inRegions(
      [
        { name: 'westeurope', vmSize: 'Standard_D4s_v6' },
        { name: 'uksouth', vmSize: 'Standard_D4s_v5' },
      ],
      false,
    );
    expect([own, foreign]).toEqual([
      { vmSize: 'Standard_D4s_v6', controller: 'NVMe', location: 'westeurope', reason: 'the first in westeurope' },
      { vmSize: 'Standard_D4s_v5', controller: 'SCSI', location: 'uksouth', reason: 'the first in uksouth' },
    ]);
    expect(testShapes([BOTH[1]], { ...wishes([], false), regions: [{ name: 'uksouth', vmSize: 'Standard_D4s_v5' }] }, series)[1]).toEqual({
      vmSize: 'Standard_D4s_v5',
      controller: 'NVMe',
      location: 'uksouth',
      reason: 'the first in uksouth',
    });
  });

  test('no VM where no size is known', () => {
    expect(testShapes([], { ...wishes([], false), regions: [{ name: 'uksouth' }] }, series)).toEqual([]);
  });

  test('pairs hold every region with every controller, size, and Trusted Launch on and off, those of the first region before the others', () => {
    const shapes = inRegions([{ name: 'westeurope' }, { name: 'uksouth', vmSize: 'Standard_E4bs_v5' }], true);
    const together = (of: (shape: TestShape) => string) =>
      [...new Set(shapes.map((shape) => `${shape.location ?? 'home'} ${of(shape)}`))].toSorted();
    const each = (...values: readonly string[]) =>
      ['home', 'uksouth', 'westeurope'].flatMap((place) => values.map((value) => `${place} ${value}`));
    expect(together(({ controller }) => controller)).toEqual(each('NVMe', 'SCSI'));
    expect(together(({ ordinary }) => (ordinary ? 'off' : 'on'))).toEqual(each('off', 'on'));
    expect(together(({ vmSize }) => vmSize)).toEqual([
      'home Standard_D2s_v5',
      'home Standard_D2s_v6',
      'uksouth Standard_E4bs_v5',
      'westeurope Standard_D2s_v5',
      'westeurope Standard_D2s_v6',
    ]);
    const places = shapes.map(({ location }) => location !== undefined);
    expect(places).toEqual(places.toSorted((a, b) => Number(a) - Number(b)));
  });
});
