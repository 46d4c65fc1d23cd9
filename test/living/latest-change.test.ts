import { describe, expect, test } from 'vitest';
import { makeLatest, promotable, releaseWave, requireHeld, rollbackPair, type VersionWrite } from '../../src/living/latest-change.ts';
import { madeFrom, revocation } from '../../src/living/revoke.ts';
import { latestIn } from '../../src/living/versions.ts';
import type { ExistingVersion } from '../../src/model/index.ts';
import { aSpec } from '../fakes/values.ts';
import { NOW, released } from './values.ts';

const [NORTH, WEST] = aSpec().regions;
const told = (writes: readonly VersionWrite[]) =>
  writes.map(({ version, action, change }) => ({ version: version.name, action, ...change, tags: undefined }));

/** The versions after writes, as the service keeps them. */
function written(versions: readonly ExistingVersion[], writes: readonly VersionWrite[]): readonly ExistingVersion[] {
  return versions.map((version) => {
    const write = writes.find((one) => one.version === version);
    if (write === undefined) return version;
    const { safety: _, ...change } = write.change;
    return { ...version, ...JSON.parse(JSON.stringify(change)), targetRegions: write.replicate ?? version.targetRegions };
  });
}

const latest = (versions: readonly ExistingVersion[]) => ['northeurope', 'westeurope'].map((region) => latestIn(versions, region)?.name);

describe('making an older version latest', () => {
  const versions = [released(1), released(10), released(20)];
  const target = promotable(aSpec(), versions, '2026.1101.0');

  test('everywhere: all newer ones go out', () => {
    const writes = makeLatest(target, versions, { reason: 'boots slowly' });
    expect(told(writes)).toEqual([
      { version: '2026.1120.0', action: 'withdraw', excludeFromLatest: true },
      { version: '2026.1110.0', action: 'withdraw', excludeFromLatest: true },
    ]);
    expect(writes[0]?.change.tags?.['regild-rolled-back']).toBe('boots slowly');
    expect(latest(written(versions, writes))).toEqual(['2026.1101.0', '2026.1101.0']);
  });

  test('in one region: the others stay as they are', () => {
    const writes = makeLatest(target, versions, { reason: 'slow', regions: ['westeurope'] });
    expect(told(writes)).toEqual([
      { version: '2026.1120.0', action: 'withdraw', excludedRegions: ['westeurope'] },
      { version: '2026.1110.0', action: 'withdraw', excludedRegions: ['westeurope'] },
    ]);
    expect(latest(written(versions, writes))).toEqual(['2026.1120.0', '2026.1101.0']);
  });

  test('one that was out comes back, also in a region that it was never in, before the newer one goes', () => {
    const out = released(1, { excludeFromLatest: true, targetRegions: [NORTH] as never, tags: { 'regild-rolled-back': 'by mistake' } });
    const there = [out, released(20)];
    const writes = makeLatest(out, there, { reason: 'it was right' });
    expect(writes.map(({ version, action, replicate }) => [version.name, action, replicate?.map(({ name }) => name)])).toEqual([
      ['2026.1101.0', 'promote', ['northeurope', 'westeurope']],
      ['2026.1120.0', 'withdraw', undefined],
    ]);
    expect(writes[0]?.change.tags).not.toHaveProperty('regild-rolled-back');
    expect(latest(written(there, writes))).toEqual(['2026.1101.0', '2026.1101.0']);
  });

  test('at no moment is a region without a version', () => {
    const writes = makeLatest(target, versions, { reason: 'slow' });
    const moments = writes.map((_, index) => latest(written(versions, writes.slice(0, index + 1))));
    expect(moments.flat()).not.toContain(undefined);
  });

  test('what is latest already is not written', () => {
    expect(makeLatest(released(20), versions, { reason: 'again' })).toEqual([]);
  });
});

test.each([
  ['was never tested', { excludeFromLatest: true, tags: { 'regild-published': undefined as never } }, 'is staged and cannot become latest'],
  ['was revoked', { tags: { 'regild-revoked': 'leak' } }, 'is revoked and cannot become latest'],
  ['failed', { provisioningState: 'Failed', tags: {} }, 'is failed and cannot become latest'],
])('a version that %s is never promoted', (_, change, message) => {
  const version = { ...released(5), ...change, tags: { ...released(5).tags, ...change.tags } };
  expect(() => promotable(aSpec(), [JSON.parse(JSON.stringify(version))], '2026.1105.0')).toThrow(`version 2026.1105.0 of web ${message}`);
});

describe('a rollback', () => {
  test('goes to the newest good one below', () => {
    const versions = [released(1), released(5, { tags: { 'regild-revoked': 'leak' } }), released(10)];
    const { bad, good } = rollbackPair(aSpec(), versions, undefined);
    expect([bad?.name, good.name]).toEqual(['2026.1110.0', '2026.1101.0']);
  });

  test.each([
    [
      'nothing older is there',
      [released(10)],
      undefined,
      'web cannot be rolled back: no version older than 2026.1110.0 was published and kept',
    ],
    ['nothing is latest', [], undefined, 'web cannot be rolled back: no version of it is latest'],
    [
      'the wanted one is not older',
      [released(10), released(11, { excludeFromLatest: true })],
      '2026.1111.0',
      'web cannot be rolled back: 2026.1111.0 is not older than 2026.1110.0, which is latest',
    ],
    ['the wanted one is not there', [released(10)], '2026.1.0', 'web has no version 2026.1.0'],
  ])('is refused when %s', (_, versions, to, message) => {
    expect(() => rollbackPair(aSpec(), versions, to)).toThrow(message);
  });

  test('takes nothing out where the wanted one is latest already', () => {
    const [good, bad] = [released(10), released(11, { excludeFromLatest: true })];
    expect(rollbackPair(aSpec(), [good, bad], good.name)).toEqual({ good });
  });
});

test('nothing becomes latest in a region that holds none of the versions', () => {
  const [one, other] = [released(1), released(2)];
  const held = one.targetRegions.map(({ name }) => name);
  expect(() => requireHeld(aSpec(), [one], held)).not.toThrow();
  expect(() => requireHeld(aSpec(), [one])).not.toThrow();
  expect(() => requireHeld(aSpec(), [one], [...held, 'eastus'])).toThrow('version 2026.1101.0 of web is not in eastus');
  expect(() => requireHeld(aSpec(), [one, other], ['eastus', 'westus'])).toThrow(
    'versions 2026.1101.0 and 2026.1102.0 of web are not in eastus, westus',
  );
});

test('the waves of a rollout are let go one by one', () => {
  const spec = aSpec({ rollout: [{ regions: ['northeurope'], approval: true }], regions: [NORTH, WEST] as never });
  const version = released(10, { excludedRegions: ['westeurope'] });
  const write = releaseWave(spec, version, NOW);
  expect([write?.change.excludedRegions, write?.change.tags?.['regild-wave']]).toEqual([[], NOW.toISOString()]);
  expect(releaseWave(spec, released(10), NOW)).toBeUndefined();
});

describe('a revocation', () => {
  test('takes a version out, ends its life and says why, without a line break that a tag could not hold', () => {
    expect(revocation(released(10), 'key\nin the image', undefined, NOW).map(({ action, change }) => ({ action, ...change }))).toEqual([
      { action: 'revoke', excludeFromLatest: true, tags: { ...released(10).tags, 'regild-revoked': 'key in the image' } },
      { action: 'end', endOfLife: '2026-11-21T08:25:02.000Z' },
    ]);
    expect(revocation(released(10, { endOfLife: '2026-11-01T00:00:00.000Z' }), 'leak', 'gal/base/1.0.0', NOW)).toEqual([
      {
        version: expect.objectContaining({ name: '2026.1110.0' }),
        action: 'revoke',
        reason: 'it was made from gal/base/1.0.0, which was revoked: leak',
        change: {
          excludeFromLatest: true,
          tags: expect.objectContaining({ 'regild-revoked': 'leak', 'regild-revoked-with': 'gal/base/1.0.0' }),
        },
      },
    ]);
  });

  test('what was made from it is found over any number of steps', () => {
    const spec = aSpec();
    const root = released(1);
    const copy = released(5, { id: '/prod/5', tags: { 'regild-copied-from': root.id.toUpperCase() } });
    const again = released(6, { id: '/dr/6', source: '/prod/5' });
    const found = madeFrom(
      root,
      [root, copy, again, released(9)].map((version) => ({ spec, version })),
    );
    expect(found.map(({ version }) => version.id)).toEqual(['/prod/5', '/dr/6']);
  });
});
