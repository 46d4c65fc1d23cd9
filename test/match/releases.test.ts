import { describe, expect, test } from 'vitest';
import { nearestRelease, releaseFor, supportState } from '../../src/match/releases.ts';
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
});
