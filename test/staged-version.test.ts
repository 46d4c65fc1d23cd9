import { expect, test } from 'vitest';
import type { ExistingVersion } from '../src/model/index.ts';
import { stagedVersion } from '../src/staged-version.ts';
import { fakeContext } from './fakes/context.ts';
import { aBuild, aPlan, aVersion } from './fakes/values.ts';

const asked = (version: ExistingVersion | undefined) =>
  stagedVersion(aPlan(), aBuild(), fakeContext({ gallery: { version: async () => version } }));

test('the version that this run made from this plan is the one', async () => {
  expect(await asked(aVersion())).toEqual(aVersion());
});

test.each([
  ['is gone', undefined, 'VERSION_NOT_FOUND', 'the staged version gal/web/2026.1121.0 does not exist any more'],
  [
    'is of another run',
    aVersion({ tags: { 'regild-run': 'run-2', 'regild-digest': 'e'.repeat(64) } }),
    'PREFLIGHT_FAILED',
    'the version gal/web/2026.1121.0 is not the one that run run-1 built: it was made by run run-2, digest eeeeeeee',
  ],
  [
    'is of another plan',
    aVersion({ tags: { 'regild-run': 'run-1', 'regild-digest': 'e'.repeat(64) } }),
    'PREFLIGHT_FAILED',
    'the version gal/web/2026.1121.0 is not the one that run run-1 built: it was made by run run-1, digest eeeeeeee',
  ],
  [
    'says nothing',
    aVersion({ tags: {} }),
    'PREFLIGHT_FAILED',
    'the version gal/web/2026.1121.0 is not the one that run run-1 built: it does not say who made it',
  ],
])('a version that %s is refused', async (_title, version, code, message) => {
  await expect(asked(version)).rejects.toMatchObject({ code, message });
});
