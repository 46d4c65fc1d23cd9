import { describe, expect, test } from 'vitest';
import type { Product } from '../../src/catalog/schema.ts';
import type { OfferedBase, OfferedRelease, Option } from '../../src/match/option.ts';
import { NO_WISHES } from '../../src/match/option.ts';
import { reasonsFor } from '../../src/match/score.ts';
import { sourceOf } from '../../src/match/source.ts';
import { vendorChecks } from '../../src/match/vendor/checks.ts';
import { anAmi } from '../analyze/an-ami.ts';
import { ami, CATALOG } from './told.ts';

const TODAY = '2026-11-21';
const RELEASE: OfferedRelease = { id: 'new-1', distro: 'ubuntu', version: '26.04', title: 'New 1', support: { standard: '2031-04-30' } };
const BASE: OfferedBase = {
  ...{ id: 'b', publisher: 'p', offer: 'o', sku: 's', variant: 'server', architecture: 'x64', generation: 'V2', licence: 'free' },
  features: [],
};
const source = sourceOf(ami('ubuntu', '24.04'), CATALOG, NO_WISHES);

/** The reasons with one of these codes, as code, points and text. */
function reasons(codes: RegExp, change: Partial<Option>, own: Partial<typeof source> = {}): readonly string[] {
  const option: Option = {
    release: RELEASE,
    base: BASE,
    road: { kind: 'successor', points: 10, differences: [] },
    newerPoints: 0,
    ...change,
  };
  return reasonsFor(option, { ...source, ...own }, TODAY)
    .filter(({ code }) => codes.test(code))
    .map(({ code, points, text }) => `${code} ${points} ${text}`);
}

describe('a base that its publisher takes back', () => {
  test.each([
    [{ from: '2027-01-31', instead: 'p:o:t' }, ['DEPRECATED -20 its publisher takes it back from 2027-01-31 on, and names p:o:t instead']],
    [{ from: '2027-01-31' }, ['DEPRECATED -20 its publisher takes it back from 2027-01-31 on']],
    [{ instead: 'p:o:t' }, ['DEPRECATED -20 its publisher takes it back, and names p:o:t instead']],
    [undefined, []],
  ])('%j', (deprecated, told) => {
    expect(reasons(/^DEPRECATED$/, { base: { ...BASE, ...(deprecated && { deprecated: deprecated as never }) } })).toEqual(told);
  });
});

describe('the end of support, on the day and around it', () => {
  const own = (standard: string | undefined) => ({ release: { ...source.release, support: { standard } } as typeof source.release });
  test.each([
    ['a year and a day', '2027-11-22', own(undefined), ['SUPPORTED 6 in standard support until 2027-11-22']],
    ['exactly a year', '2027-11-21', own(undefined), ['SUPPORTED 6 in standard support until 2027-11-21']],
    ['a day less than a year', '2027-11-20', own(undefined), ['SUPPORT_ENDS_SOON -6 in standard support until 2027-11-20 only']],
    [
      'less than the own release',
      '2028-01-01',
      own('2029-04-30'),
      ["SUPPORT_ENDS_SOON -6 in standard support until 2028-01-01 only, the AMI's own release until 2029-04-30"],
    ],
    ['the own release ends today', '2027-01-01', own(TODAY), ['SUPPORT_ENDS_SOON -6 in standard support until 2027-01-01 only']],
    ['the own release ended', '2027-01-01', own('2020-01-01'), ['SUPPORT_ENDS_SOON -6 in standard support until 2027-01-01 only']],
    ['it ends today', TODAY, own(undefined), [`SUPPORT_ENDS_SOON -6 in standard support until ${TODAY} only`]],
    ['it ended', '2026-11-20', own(undefined), ['SUPPORT_ENDED -40 support ended on 2026-11-20']],
  ])('%s', (_name, standard, change, told) => {
    expect(reasons(/^SUPPORT/, { release: { ...RELEASE, support: { standard } } }, change)).toEqual(told);
  });

  test('extended support, and its end', () => {
    const support = { standard: '2025-01-01', extended: '2030-01-01' };
    expect(reasons(/SUPPORT/, { release: { ...RELEASE, support } })).toEqual([
      'EXTENDED_SUPPORT 0 standard support ended on 2025-01-01, extended support runs until 2030-01-01',
    ]);
    expect(reasons(/SUPPORT/, { release: { ...RELEASE, support: { ...support, extended: '2026-01-01' } } })).toEqual([
      'SUPPORT_ENDED -40 support ended on 2026-01-01',
    ]);
    expect(reasons(/SUPPORT/, { release: { ...RELEASE, support: {} } })).toEqual(['SUPPORT_UNSTATED 0 no end of support is stated']);
  });
});

test('a vendor is asked what the AMI shows of its disks, and nothing is made up where it shows none', () => {
  const product = CATALOG.products.find(({ id }) => id === 'fortinet') as Product;
  const told = (disks: ReturnType<typeof anAmi>['disks'], tier?: string) =>
    vendorChecks(anAmi({ disks }), { ...product, checks: {} } as Product, { tier, licence: undefined } as never, [])
      .filter(({ subject }) => subject === 'disk layout' || subject === 'performance')
      .map(({ ami: seen }) => seen);
  const root = { device: '/dev/xvda', kind: 'ebs', root: true, sizeGiB: 8 } as const;
  expect(told([])).toEqual(['no disk is stated', 'nothing states it']);
  expect(told([root, { device: '/dev/xvdb', kind: 'ebs', root: false }])).toEqual([
    'root /dev/xvda 8 GiB, /dev/xvdb of unknown size',
    'nothing states it',
  ]);
  expect(told([{ ...root, iops: 3000 }], 'VM04')).toEqual(['root /dev/xvda 8 GiB', 'VM04, /dev/xvda 3000 IOPS']);
  expect(told([{ ...root, iops: 3000, throughput: 125 }])).toEqual(['root /dev/xvda 8 GiB', '/dev/xvda 3000 IOPS and 125 MiB/s']);
});
