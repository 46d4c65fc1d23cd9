import { expect, test } from 'vitest';
import { checkCatalog } from '../../src/catalog/check.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { AmiFamily, Base, type Catalog, Release } from '../../src/catalog/schema.ts';

const FACT = { source: ['test'], verified: '2026-10-01' };
const EMPTY: Catalog = {
  amis: [],
  releases: [],
  billingCodes: [],
  licenceChoices: [],
  components: [],
  checks: [],
  products: [],
  sizes: [],
};

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
    support: {},
    successors: [],
    onAzure: true,
    bases: [],
    ...FACT,
    ...change,
  });
}

function faults(catalog: Partial<Catalog>): readonly string[] {
  return checkCatalog({ ...EMPTY, ...catalog }).map(({ message }) => message);
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

test('arm64 of generation V1 is found', () => {
  expect(faults({ releases: [aRelease({ bases: [aBase({ architecture: 'arm64', generation: 'V1' })] })] })).toEqual([
    'distros/d-1: base b: arm64 boots UEFI only, so it cannot be of generation V1',
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
