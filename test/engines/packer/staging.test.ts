import { expect, test } from 'vitest';
import { buildWithPacker } from '../../../src/engines/packer/build.ts';
import { RegildError } from '../../../src/errors.ts';
import type { ExistingVersion, VersionRef } from '../../../src/model/index.ts';
import type { Gallery } from '../../../src/ports.ts';
import { type Fakes, fakeContext, rendered } from '../fake-context.ts';
import { armPlan } from '../fixtures.ts';

const PLAN = armPlan({ engine: 'packer', route: 'staging-definition', security: 'TrustedLaunchSupported' });
const TEMPLATE = rendered(PLAN, [{ path: 'build.pkr.hcl', content: '' }]);
const RUN_TAGS = { 'regild-run': '20261121t081502-3f9a', 'regild-deadline': '2026-11-22T08:15:02.000Z', 'regild-digest': 'd'.repeat(64) };
const WANTED = PLAN.definition.name;
const STAGING = `${WANTED}-staging`;

const version = (change: Partial<ExistingVersion> = {}): ExistingVersion => ({
  id: 'id',
  name: PLAN.version,
  location: PLAN.location,
  excludeFromLatest: true,
  provisioningState: 'Succeeded',
  published: undefined,
  targetRegions: [],
  replication: [],
  excludedRegions: [],
  safety: { blockDeletionBeforeEndOfLife: false, allowDeletionOfReplicatedLocations: false },
  tags: RUN_TAGS,
  ...change,
});

/** A gallery that remembers its versions by definition, a Packer that captures into the staging definition, and what was done. */
function gallery(there: Readonly<Record<string, ExistingVersion>> = {}, change: Partial<Gallery> = {}, fakes: Fakes = {}) {
  const versions = new Map(Object.entries(there));
  const did: unknown[] = [];
  const { context } = fakeContext({
    packer: {
      build: async () => {
        did.push('packer');
        versions.set(STAGING, version({ id: 'staging-id' }));
        return 'artifact';
      },
    },
    gallery: {
      version: async ({ definition }) => versions.get(definition),
      copyVersion: async (from, to, copy) => {
        did.push(['copy', from.definition, to.definition, copy]);
        const made = version({ id: 'wanted-id' });
        versions.set(to.definition, made);
        return made;
      },
      removeVersion: async ({ definition }: VersionRef) => {
        did.push(`remove ${definition}`);
        versions.delete(definition);
      },
      ...change,
    },
    ...fakes,
  });
  return { context, did, left: () => [...versions.keys()] };
}

const COPY = [
  'copy',
  STAGING,
  WANTED,
  { location: PLAN.location, storage: 'Standard_ZRS', excludeFromLatest: true, tags: { ...PLAN.tags, ...RUN_TAGS } },
];

test('captures, copies, and deletes what was captured', async () => {
  const { context, did, left } = gallery();
  expect(await buildWithPacker(PLAN, TEMPLATE, context)).toEqual({ versionId: 'wanted-id', issues: [], tried: [] });
  expect(did).toEqual(['packer', COPY, `remove ${STAGING}`]);
  expect(left()).toEqual([WANTED]);
});

test.each([
  ['after the capture', { [STAGING]: version() }, [COPY, `remove ${STAGING}`]],
  ['after the copy', { [STAGING]: version(), [WANTED]: version() }, [`remove ${STAGING}`]],
  ['after everything', { [WANTED]: version() }, []],
  [
    'in the middle of a capture that went wrong',
    { [STAGING]: version({ provisioningState: 'Failed' }) },
    [`remove ${STAGING}`, 'packer', COPY, `remove ${STAGING}`],
  ],
  [
    'in the middle of a copy that went wrong',
    { [STAGING]: version(), [WANTED]: version({ provisioningState: 'Failed' }) },
    [`remove ${WANTED}`, COPY, `remove ${STAGING}`],
  ],
])('a run that was cut short %s goes on from there', async (_when, there, expected) => {
  const { context, did, left } = gallery(there);
  await buildWithPacker(PLAN, TEMPLATE, context);
  expect(did).toEqual(expected);
  expect(left()).toEqual([WANTED]);
});

test('a capture that is still on its way is waited for, not started again', async () => {
  const states = [version({ provisioningState: 'Creating' }), version()];
  let wanted: ExistingVersion | undefined;
  const { context, did } = gallery(
    {},
    {
      version: async ({ definition }) => (definition === STAGING ? (states.shift() ?? version()) : wanted),
      copyVersion: async () => {
        wanted = version({ id: 'wanted-id' });
        return wanted;
      },
    },
    { sleep: async () => {} },
  );
  expect(await buildWithPacker(PLAN, TEMPLATE, context)).toEqual({ versionId: 'wanted-id', issues: [], tried: [] });
  expect(did).toEqual([`remove ${STAGING}`]);
});

test('a copy that fails leaves nothing behind', async () => {
  const error = new RegildError('BUILD_FAILED', 'no');
  const { context, did, left } = gallery({}, { copyVersion: () => Promise.reject(error) });
  await expect(buildWithPacker(PLAN, TEMPLATE, context)).rejects.toBe(error);
  expect(did).toEqual(['packer', `remove ${STAGING}`]);
  expect(left()).toEqual([]);
});

test('after an abort the source of the copy stays, for the copy goes on', async () => {
  const controller = new AbortController();
  const error = new RegildError('CANCELLED', 'the run was cancelled');
  const copyVersion = () => {
    controller.abort();
    return Promise.reject(error);
  };
  const { context, left } = gallery({}, { copyVersion }, { signal: controller.signal });
  await expect(buildWithPacker(PLAN, TEMPLATE, context)).rejects.toBe(error);
  expect(left()).toEqual([STAGING]);
});

test("another run's version in the staging definition is left alone", async () => {
  const { context, did, left } = gallery({ [STAGING]: version({ tags: { 'regild-run': 'other' } }) });
  await expect(buildWithPacker(PLAN, TEMPLATE, context)).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
  expect(did).toEqual([]);
  expect(left()).toEqual([STAGING]);
});

test('a version that cannot be deleted is said, and spoils nothing', async () => {
  const { context } = gallery({}, { removeVersion: () => Promise.reject(new Error('locked')) });
  const { versionId, issues } = await buildWithPacker(PLAN, TEMPLATE, context);
  expect({ versionId, issues: issues.map(({ severity, code, message }) => `${severity} ${code}: ${message}`) }).toEqual({
    versionId: 'wanted-id',
    issues: [`warning VERSION_LEFT: version ${PLAN.version} of ${PLAN.gallery}/${STAGING} could not be deleted: locked`],
  });
});
