import { describe, expect, test } from 'vitest';
import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import { endsSoon, nearestRelease, releaseFor, supportState } from '../../src/match/releases.ts';
import { CATALOG } from './told.ts';

describe('releases', () => {
  test.each([
    ['rhel', '8.6.0', 'rhel-8'],
    ['windows-server', '2012', 'windows-server-2012'],
    ['windows-server', '2012 R2', 'windows-server-2012-r2'],
    ['sles', '15 SP5', 'sles-15-sp5'],
    ['sles', '15', 'sles-15'],
    ['amazon-linux', '2018.03', 'amazon-linux-1'],
    ['amazon-linux', '2', 'amazon-linux-2'],
    ['coreos', '1967.5.0', 'coreos'],
    ['debian', '99', undefined],
  ])('%s %s is %s', (distro, version, id) => {
    expect(releaseFor(CATALOG, distro, version)?.id).toBe(id);
  });

  describe('of several that cover a version', () => {
    const [like] = CATALOG.releases;
    if (!like) throw new Error('the catalog has releases');
    const release = (id: string, version: string, ...alsoVersions: readonly string[]) => ({
      ...like,
      id,
      version,
      alsoVersions,
      distro: 'd',
    });
    const chosen = (version: string, ...releases: readonly (typeof like)[]) =>
      releaseFor(indexCatalog({ ...CATALOG, releases }), 'd', version)?.id;

    test.each([
      ['the older one is the more specific', '2018.3.1', 'old', [release('new', '30', '2018'), release('old', '10', '2018.3')]],
      ['the newer one is the more specific', '2018.3.1', 'new', [release('new', '30', '2018.3'), release('old', '10', '2018')]],
      ['one of three is the most specific', '7.4.2', 'b', [release('a', '9', '7'), release('b', '8', '7.4'), release('c', '7')]],
      ['two are alike, and the first by id is the older one', '2018.3', 'a', [release('b', '30', '2018'), release('a', '10', '2018')]],
      ['two are alike, and the first by id is the newer one', '2018.3', 'a', [release('a', '30', '2018'), release('b', '10', '2018')]],
    ])('%s', (_name, version, id, releases) => {
      expect([chosen(version, ...releases), chosen(version, ...releases.toReversed())]).toEqual([id, id]);
    });
  });

  test('the next newer release stands in for a version that is not listed, the newest for one beyond all', () => {
    expect([nearestRelease(CATALOG, 'debian', '5')?.id, nearestRelease(CATALOG, 'debian', '99')?.id]).toEqual(['debian-6', 'debian-13']);
  });
});

describe('support', () => {
  const support = { standard: '2026-07-11', extended: '2028-06-30' };

  test.each([
    ['2026-07-11', 'standard'],
    ['2026-07-12', 'extended'],
    ['2028-06-30', 'extended'],
    ['2028-07-01', 'ended'],
  ])('on %s it is %s', (now, state) => {
    expect(supportState(support, now)).toBe(state);
  });

  test('without an extension it ends, without a date nothing is said', () => {
    const now = '2030-01-01';
    expect([supportState({ standard: '2029-12-31' }, now), supportState({}, now)]).toEqual(['ended', 'unstated']);
  });

  test.each([
    ['ends on the day a year from now', { standard: '2027-11-21' }, undefined, false],
    ['ends the day before that', { standard: '2027-11-20' }, undefined, true],
    ['ends soon, but is extended', { standard: '2026-12-31', extended: '2030-01-01' }, undefined, false],
    ['is extended for less than a year', { standard: '2026-12-31', extended: '2027-11-20' }, undefined, true],
    ['says nothing', {}, undefined, true],
    ["lasts a year, but less long than the AMI's own release", { standard: '2028-01-01' }, { standard: '2028-01-02' }, true],
    ["lasts as long as the AMI's own release", { standard: '2028-01-02' }, { standard: '2028-01-02' }, false],
    ["lasts a year, and longer than the AMI's own release", { standard: '2028-01-01' }, { standard: '2027-01-01' }, false],
    ["ends within the year, later than the AMI's own release", { standard: '2027-06-01' }, { standard: '2027-01-01' }, true],
    ["lasts a year, where the AMI's own release says nothing", { standard: '2027-11-21' }, {}, false],
  ])('of a release that %s', (_name, given, own, soon) => expect(endsSoon(given, own, '2026-11-21')).toBe(soon));
});
