import { expect, test } from 'vitest';
import { whileClaimed } from '../../src/engines/claim.ts';
import { RegildError } from '../../src/errors.ts';
import { claimRef, type Issue, type Tags } from '../../src/model/index.ts';
import { fakeContext, NOW } from '../fakes/context.ts';
import { packerPlan } from './fixtures.ts';

const PLAN = packerPlan();
const DAY = 86_400_000;
const NAME = 'regild-golden-web-golden-build';
const tagsOf = (run: string, workUntil: number): Tags => ({
  'regild-run': run,
  'regild-deadline': new Date(NOW.getTime() + workUntil + DAY).toISOString(),
});

/** A claim that stands with these tags, taken as Azure lets it be taken, with what was asked of it. */
async function claimed(held: Tags | undefined, build: () => Promise<{ readonly issues: readonly Issue[] }>, releases = async () => {}) {
  const did: unknown[] = [];
  const context = fakeContext({
    claims: {
      take: async (ref, wanted, isFree) => {
        did.push(['take', ref, wanted]);
        return held === undefined || isFree(held) ? undefined : held;
      },
      release: async (ref, isOwn) => {
        did.push(['release', ref.name, isOwn({ 'regild-run': 'run-1' }), isOwn({ 'regild-run': 'run-2' })]);
        await releases();
      },
    },
  });
  const made = await whileClaimed(PLAN, context, async () => {
    did.push('build');
    return build();
  }).catch((error: unknown) => error);
  return { made, did, told: context.events };
}

const BUILT = async () => ({ issues: [] });
const REF = { subscription: PLAN.subscription, resourceGroup: 'images', name: NAME };
const WANTED = {
  location: PLAN.location,
  tags: { ...PLAN.tags, 'regild-run': 'run-1', 'regild-deadline': '2026-11-22T08:15:02.000Z', 'regild-digest': 'd'.repeat(64) },
};
const RELEASED = ['release', NAME, true, false];

test('a claim with the tags of plan and run stands while the version is built, and is deleted in the end', async () => {
  expect(await claimed(undefined, BUILT)).toEqual({ made: { issues: [] }, did: [['take', REF, WANTED], 'build', RELEASED], told: [] });
});

test('the claim of this run, and of a run that can no longer be at work, is taken over', async () => {
  for (const held of [tagsOf('run-1', 3_600_000), tagsOf('20261120t081502-3f9a', 0), { 'regild-run': 'run-2' }, {}]) {
    expect((await claimed(held, BUILT)).did).toEqual([['take', REF, WANTED], 'build', RELEASED]);
  }
});

test('another run that is at work is named, with since when and what to do; nothing is built, and its claim stays', async () => {
  const { made, did } = await claimed(tagsOf('20261121t081402-3f9a', 1), BUILT);
  expect(did).toEqual([['take', REF, WANTED]]);
  expect(made).toMatchObject({
    code: 'BUILD_RUNNING',
    message: `run 20261121t081402-3f9a is building web-golden for golden/web-golden since 2026-11-21 08:14Z: it holds the claim ${NAME} in images`,
    hint: 'wait until it has ended, or continue it with --run-id 20261121t081402-3f9a; if it died, `regild sweep --run 20261121t081402-3f9a` deletes what it left',
    details: { claim: NAME, run: '20261121t081402-3f9a' },
  });
});

test('who has no run in its tags is somebody else', async () => {
  const { 'regild-run': _, ...tags } = tagsOf('', 1);
  expect((await claimed(tags, BUILT)).made).toMatchObject({
    message: `somebody else is building web-golden for golden/web-golden: it holds the claim ${NAME} in images`,
    hint: 'wait until it has ended, or delete the claim',
  });
});

test('a build that fails lets the claim go; one whose time is up may still be going on and keeps it', async () => {
  const failing = (code: 'BUILD_FAILED' | 'TIMED_OUT') => async () => Promise.reject(new RegildError(code, 'it failed'));
  expect((await claimed(undefined, failing('BUILD_FAILED'))).did).toEqual([['take', REF, WANTED], 'build', RELEASED]);
  expect((await claimed(undefined, failing('TIMED_OUT'))).did).toEqual([['take', REF, WANTED], 'build']);
});

test('a claim that cannot be deleted is a warning, and fails nothing', async () => {
  const text = `the claim ${NAME} in images could not be deleted: no answer`;
  const { made, told } = await claimed(undefined, BUILT, () => Promise.reject(new Error('no answer')));
  expect(made).toEqual({
    issues: [
      {
        severity: 'warning',
        code: 'CLAIM_LEFT',
        message: text,
        hint: 'it costs nothing; regild sweep deletes it when its deadline has passed',
        image: 'web-golden',
      },
    ],
  });
  expect(told).toEqual([{ kind: 'stage-note', image: 'web-golden', stage: 'build', text }]);
});

test('claims of galleries and definitions differ, also where the name is cut to what Azure allows; another number is the same claim', () => {
  const names = ['a'.repeat(79), `${'a'.repeat(79)}b`, 'web.golden_1'].flatMap((gallery) =>
    ['web', 'web2'].map((name) => claimRef({ ...PLAN, gallery, definition: { ...PLAN.definition, name } }).name),
  );
  expect(new Set(names).size).toBe(6);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]$/);
  expect(claimRef({ ...PLAN, version: '2026.1122.0' }).name).toBe(NAME);
});
