import { expect, test } from 'vitest';
import { differencesOf } from '../../src/match/differences.ts';
import { NO_WISHES, type OfferedBase, type Option, type Source } from '../../src/match/option.ts';
import { sourceOf } from '../../src/match/source.ts';
import { ami, CATALOG } from './told.ts';

const PLAIN: OfferedBase = {
  ...{ id: 'base', publisher: 'p', offer: 'o', sku: 's', variant: 'plain', architecture: 'x64', generation: 'V2', licence: 'free' },
  ...{ features: [], confidence: 'high' },
};
const RELEASE = { id: 'rhel-9', distro: 'rhel', version: '9', title: 'Red Hat Enterprise Linux 9', support: {} };
const SOURCE: Source = { ...sourceOf(ami('rhel', '9.4'), CATALOG, NO_WISHES), licence: 'free', bootMode: 'uefi', variant: new Set() };

function told(base: Partial<OfferedBase>, source: Partial<Source> = {}, option: Partial<Option> = {}): readonly string[] {
  const all: Option = { release: RELEASE, base: { ...PLAIN, ...base }, road: { kind: 'same-release' }, newerPoints: 0, ...option };
  return differencesOf(all, { ...SOURCE, version: undefined, ...source });
}

test('a plain image of the same release differs in nothing', () => expect(told({})).toEqual([]));

test('words that one side lacks, with what is lost without them', () => {
  expect(told({}, { variant: new Set(['ha', 'unheard']) })).toEqual([
    `the AMI is an image of the kind ha, this one is not: ${CATALOG.index.vocabulary.words.get('ha')?.without}`,
    'the AMI is an image of the kind unheard, this one is not: install or configure it',
  ]);
  expect(told({ variant: 'ha' })).toEqual(['this is an image of the kind ha, the AMI is not']);
});

test.each<[string | undefined, string | undefined, readonly string[]]>([
  ['9.4', '9.4', []],
  ['9.4', '9.6', ['point release 9.6 instead of 9.4']],
  ['9', '9.6', ['point release 9.6 instead of 9']],
  ['9.4', '9', []],
  ['9.4', undefined, ['the newest point release of Red Hat Enterprise Linux 9 instead of 9.4']],
  ['9', undefined, []],
  [undefined, '9.6', []],
])('of an AMI of %s on a base of %s: %j', (version, offered, expected) =>
  expect(told({ version: offered }, { version })).toEqual(expected),
);

test('on another road nothing is said of point releases, but what the successor changes, and what leaving the distribution means', () => {
  const road = { kind: 'successor', points: 0, differences: ['dnf instead of yum'] } as const;
  expect(told({ version: '9.6' }, { version: '9.4' }, { road })).toEqual(['dnf instead of yum']);
  const leaving = CATALOG.releases.find(({ leaving: said }) => (said ?? []).length > 0);
  expect(leaving?.leaving).not.toEqual([]);
  expect(told({}, { distro: leaving?.distro, release: leaving }, { road })).toEqual(['dnf instead of yum', ...(leaving?.leaving ?? [])]);
  expect(told({}, { distro: 'other', release: undefined })).toEqual([]);
});

test.each<[Partial<OfferedBase>, Partial<Source>, readonly string[]]>([
  [{ productVersion: '2022' }, { productVersion: '2019' }, ['carries version 2022, the AMI 2019: databases are upgraded when attached']],
  [{ productVersion: '2022-cu5' }, { productVersion: '2022' }, []],
  [{ productVersion: '2022' }, {}, []],
  [{}, { productVersion: '2022' }, []],
  [{}, { bootMode: 'legacy-bios' }, ['boots UEFI instead of BIOS: boot loader and partition table come from the base']],
  [{ generation: 'V1' }, { bootMode: 'legacy-bios' }, []],
  [{ generation: 'V1' }, { bootMode: 'uefi-preferred' }, ['boots BIOS; the AMI preferred UEFI']],
  [{}, { bootMode: 'uefi-preferred' }, []],
  [{ generation: 'V1' }, { bootMode: 'uefi' }, []],
  [{ layout: 'lvm' }, {}, ['the root disk holds several LVM volumes; the AMI had one partition']],
  [{ layout: 'plain' }, {}, []],
  [{ licence: 'payg' }, {}, ['the operating system is billed per hour']],
  [{ licence: 'payg' }, { licence: 'payg' }, []],
  [
    { licence: 'payg' },
    { licence: 'byos' },
    ['the licence type must be set on every VM at deployment, or Azure bills the operating system'],
  ],
  [
    { plan: { publisher: 'p', product: 'o', name: 's' } },
    {},
    ['carries a purchase plan: accept its terms once per subscription; the gallery definition and every VM name it'],
  ],
])('of %j for an AMI with %j: %j', (base, source, expected) => expect(told(base, source)).toEqual(expected));

test('what SQL Server costs on a free system is not the system', () => {
  const sql = { variant: new Set(['sql']), productVersion: '2022' };
  expect(told({ licence: 'payg', productVersion: '2022', variant: 'sql' }, sql)).toEqual([]);
});
