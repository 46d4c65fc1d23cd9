import { expect, test } from 'vitest';
import { retain } from '../../src/living/retention.ts';
import { aSpec } from '../fakes/values.ts';
import { anActual, aUser, NOW, released } from './values.ts';

test('each reason to keep, and what goes', () => {
  const spec = aSpec({ retention: { keep: 2, minimumAge: '14d', pinned: ['2026.1102.0'] } });
  const blocked = released(3, {
    safety: { blockDeletionBeforeEndOfLife: true, allowDeletionOfReplicatedLocations: true },
    endOfLife: '2027-01-01T00:00:00.000Z',
  });
  const bad = released(20, { excludeFromLatest: true, tags: { 'regild-revoked': 'leak' } });
  const used = released(5);
  const versions = [
    released(1),
    released(2),
    blocked,
    released(4, { tags: { 'regild-pinned': 'audit' } }),
    used,
    released(9),
    released(18),
    released(19),
    bad,
  ];
  const kept = retain(spec, anActual(versions, { users: [aUser(used)] }), NOW).map(
    ({ version, action, reason }) => `${version.name} ${action}: ${reason}`,
  );
  expect(kept).toEqual([
    '2026.1120.0 keep: it was taken back, and no newer one is out',
    '2026.1119.0 keep: it is latest',
    '2026.1118.0 keep: it is one of the newest 2',
    '2026.1109.0 keep: it is 12 days old, and retention.minimumAge is 14d',
    '2026.1105.0 keep: 1 machine uses it',
    '2026.1104.0 keep: its tag regild-pinned says "audit"',
    '2026.1103.0 keep: its deletion is blocked until its end of life on 2027-01-01',
    '2026.1102.0 keep: the manifest pins it',
    '2026.1101.0 delete: there are 2 newer ones, and nobody uses it',
  ]);
});

test('a version that was taken back goes when a newer one is out', () => {
  const bad = released(10, { excludeFromLatest: true, tags: { 'regild-rolled-back': 'boots slowly' } });
  const kept = retain(aSpec({ retention: { keep: 3, pinned: [] } }), anActual([released(1), bad, released(12)]), NOW);
  expect(kept.map(({ version, reason }) => `${version.name} ${reason}`)).toEqual([
    '2026.1112.0 it is latest',
    '2026.1110.0 it was rolled-back, and nobody uses it',
    '2026.1101.0 it is one of the newest 3',
  ]);
});

test('nothing is deleted while nobody can say who uses it', () => {
  const versions = [released(1), released(2)];
  const kept = retain(aSpec({ retention: { keep: 1, pinned: [] } }), anActual(versions, { users: undefined }), NOW);
  expect(kept.map(({ action }) => action)).toEqual(['keep', 'keep']);
});

test('a version that is latest in one region alone stays', () => {
  const versions = [released(1), released(10, { excludedRegions: ['westeurope'] })];
  const kept = retain(aSpec({ retention: { keep: 1, pinned: [] } }), anActual(versions), NOW);
  expect(kept.map(({ version, reason }) => `${version.name} ${reason}`)).toEqual(['2026.1110.0 it is latest', '2026.1101.0 it is latest']);
});
