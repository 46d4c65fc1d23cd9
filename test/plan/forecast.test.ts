import { describe, expect, test } from 'vitest';
import { forecastOf } from '../../src/plan/forecast.ts';
import type { Prices } from '../../src/prices.ts';
import { aPlan, aSpec } from '../fakes/values.ts';

const NOW = new Date('2026-11-26T00:00:00Z');
const PRICES: Prices = {
  from: { file: 'prices.yaml', currency: 'EUR', date: '2026-11-01', source: 'price sheet' },
  vmHour: { standard_d2s_v5: 0.5, Standard_D2s_v6: 0.25 },
  storageGBMonth: { Standard_LRS: 0.05, Standard_ZRS: 0.1 },
  egressGB: 0.02,
};
const { build, test: tests } = aPlan();
const PLAN = {
  location: 'northeurope',
  build: { ...build, vmSize: 'Standard_D2s_v5', osDiskSizeGB: 40, timeoutMinutes: 240 },
  test: {
    ...tests,
    timeoutMinutes: 30,
    shapes: [
      { vmSize: 'Standard_D2s_v5', controller: 'SCSI' },
      { vmSize: 'Standard_D2s_v6', controller: 'NVMe' },
      { vmSize: 'Standard_D2s_v6', controller: 'NVMe', ordinary: true },
    ],
  },
  regions: aSpec().regions,
} as const;
const inputs = { plan: PLAN, spec: aSpec(), inventory: undefined, prices: undefined, now: NOW };

test('quantities of every kind as ranges, without a price file no money', () => {
  expect(forecastOf(inputs)).toEqual({
    forecast: {
      items: [
        {
          what: 'build-vm',
          of: 'Standard_D2s_v5',
          unit: 'VM hours',
          quantity: { least: 0.25, most: 4 },
          assumption: 'builds take 15 minutes at least, and `build.timeoutMinutes` ends them after 240',
        },
        {
          what: 'test-vms',
          of: 'Standard_D2s_v5',
          unit: 'VM hours',
          quantity: { least: 0.03, most: 1 },
          assumption: 'one VM of 2 minutes at least, and two boots of `test.timeoutMinutes` (30) each at most',
        },
        {
          what: 'test-vms',
          of: 'Standard_D2s_v6',
          unit: 'VM hours',
          quantity: { least: 0.07, most: 2 },
          assumption: '2 VMs of 2 minutes at least, and two boots of `test.timeoutMinutes` (30) each at most',
        },
        {
          what: 'storage',
          of: 'Standard_LRS',
          unit: 'GB per month',
          quantity: { least: 0, most: 120 },
          assumption:
            '0 GB (nobody looked how much of the AMI is used) to 40 GB (the whole OS disk) × 1 replica in 1 region, of one version to the 3 that `retention.keep` leaves',
        },
        {
          what: 'storage',
          of: 'Standard_ZRS',
          unit: 'GB per month',
          quantity: { least: 0, most: 240 },
          assumption:
            '0 GB (nobody looked how much of the AMI is used) to 40 GB (the whole OS disk) × 2 replicas in 1 region, of one version to the 3 that `retention.keep` leaves',
        },
        {
          what: 'egress',
          unit: 'GB',
          quantity: { least: 0, most: 40 },
          assumption:
            '0 GB (nobody looked how much of the AMI is used) to 40 GB (the whole OS disk) to each of 1 further region, once for each version',
        },
      ],
    },
    issues: [],
  });
});

describe('with prices', () => {
  test('money is quantity times price, whatever case the size is written in, and says from when', () => {
    const { forecast, issues } = forecastOf({ ...inputs, prices: PRICES });
    expect({ costs: forecast.items.map(({ cost }) => cost), prices: forecast.prices, issues }).toEqual({
      costs: [
        { least: 0.13, most: 2 },
        { least: 0.02, most: 0.5 },
        { least: 0.02, most: 0.5 },
        { least: 0, most: 6 },
        { least: 0, most: 24 },
        { least: 0, most: 0.8 },
      ],
      prices: PRICES.from,
      issues: [],
    });
  });

  test('what has no price stays without one, and is named', () => {
    const { forecast, issues } = forecastOf({ ...inputs, prices: { ...PRICES, vmHour: {}, egressGB: undefined } });
    expect(forecast.items.map(({ cost }) => cost?.most)).toEqual([undefined, undefined, undefined, 6, 24, undefined]);
    expect(issues).toEqual([
      {
        severity: 'info',
        code: 'PRICE_MISSING',
        message: 'prices.yaml has no price of vmHour.Standard_D2s_v5, vmHour.Standard_D2s_v6, egressGB: their cost is not in the forecast',
        hint: 'add them to the price file',
      },
    ]);
  });

  test.each([
    ['2026-08-28', []],
    ['2026-08-27', ['the prices of prices.yaml are 91 days old (2026-08-27)']],
    ['2026-11-27', ['the prices of prices.yaml are of 2026-11-27, which is still to come']],
  ])('of %s', (date, messages) => {
    const { issues } = forecastOf({ ...inputs, prices: { ...PRICES, from: { ...PRICES.from, date } } });
    expect(issues.map(({ message }) => message)).toEqual(messages);
  });
});

test('what is used of the disk is the least, and the production gallery counts', () => {
  const inventory = { boot: { fileSystems: [{ device: 'p1', type: 'ext4', usedBytes: 7 * 2 ** 30 }] } } as never;
  const production = { ...aSpec().target, location: 'westeurope' };
  const regions = [
    { name: 'westeurope', replicas: 1, storage: 'Standard_LRS' },
    { name: 'uksouth', replicas: 4, storage: 'Standard_LRS' },
  ] as const;
  const spec = aSpec({ retention: { keep: 1, pinned: [] }, production: { target: production, regions, automatic: true } });
  const { forecast } = forecastOf({ ...inputs, spec, inventory });
  expect(
    forecast.items.filter(({ what }) => what === 'storage' || what === 'egress').map(({ of, quantity }) => ({ of, quantity })),
  ).toEqual([
    { of: 'Standard_LRS', quantity: { least: 42, most: 240 } },
    { of: 'Standard_ZRS', quantity: { least: 14, most: 80 } },
    { of: undefined, quantity: { least: 14, most: 80 } },
  ]);
});

test('one region needs no copy', () => {
  const plan = { ...PLAN, regions: PLAN.regions.slice(0, 1) };
  expect(forecastOf({ ...inputs, plan }).forecast.items.map(({ what }) => what)).not.toContain('egress');
});
