import { expect, test } from 'vitest';
import { copyIn, isCopying } from '../../src/living/copy.ts';
import { inProduction, missingInProduction, productionDrifts } from '../../src/living/production.ts';
import { parseManifest } from '../../src/manifest/index.ts';
import type { ExistingVersion, ImageSpec } from '../../src/model/index.ts';
import { productionIssues } from '../../src/plan/production.ts';
import { promote } from '../../src/published.ts';
import { refreshFleet } from '../../src/refresh.ts';
import { fakeContext, NOW } from '../fakes/context.ts';
import { aSpec } from '../fakes/values.ts';
import { anActual, released } from './values.ts';

const PRODUCTION = {
  target: { subscription: 'sub', resourceGroup: 'rg-prod', gallery: 'gal_prod', definition: 'web', location: 'northeurope' },
  regions: [
    { name: 'northeurope', replicas: 3, storage: 'Standard_ZRS' },
    { name: 'uksouth', replicas: 1, storage: 'Standard_LRS' },
  ],
  rollout: [{ regions: ['northeurope'], pause: '24h', approval: false }],
  automatic: false,
} as const satisfies ImageSpec['production'];

const SPEC = aSpec({ production: PRODUCTION, endOfLife: '30d', safety: { blockDeletionBeforeEndOfLife: true } });
const half = (change: Partial<typeof PRODUCTION> | { readonly automatic: boolean } = {}) => {
  const [copying] = inProduction({ ...SPEC, production: { ...PRODUCTION, ...change } });
  if (copying === undefined || !isCopying(copying)) throw new Error('the image has a production half');
  return copying;
};

const TESTED = released(20);
const OLDER = released(1);

test('the production half is an image of its own that is copied, not built', () => {
  const { production: _, ...rest } = SPEC;
  expect(inProduction(SPEC)).toEqual([
    {
      ...rest,
      name: 'web@production',
      target: PRODUCTION.target,
      regions: PRODUCTION.regions,
      rollout: PRODUCTION.rollout,
      copyOf: { target: SPEC.target, automatic: false },
    },
  ]);
  expect(inProduction(aSpec())).toEqual([]);
});

const unfinished = (version: ExistingVersion): ExistingVersion => {
  const { 'regild-published': _, ...tags } = version.tags;
  return { ...version, excludeFromLatest: true, tags };
};

test.each([
  ['production is empty', [], [OLDER, TESTED], TESTED.name],
  ['production is behind', [OLDER], [OLDER, TESTED], TESTED.name],
  ['production has it', [TESTED], [OLDER, TESTED], undefined],
  [
    'production took it back',
    [OLDER, { ...TESTED, excludeFromLatest: true, tags: { ...TESTED.tags, 'regild-rolled-back': 'slow' } }],
    [TESTED],
    undefined,
  ],
  ['production is newer', [TESTED], [OLDER], undefined],
  ['a copy was cut short', [OLDER, unfinished(TESTED)], [TESTED], TESTED.name],
  ['nothing passed', [], [unfinished(TESTED)], undefined],
  [
    'what passed was revoked',
    [OLDER],
    [OLDER, { ...TESTED, excludeFromLatest: true, tags: { ...TESTED.tags, 'regild-revoked': 'key' } }],
    undefined,
  ],
])('%s', (_what, versions, origin, missing) => {
  expect(missingInProduction(anActual(versions, { origin }))?.name).toBe(missing);
});

test('a copy waits for somebody, unless the manifest makes it automatic', () => {
  const drift = {
    kind: 'production-behind',
    reason: `version ${TESTED.name} passed its tests in gal/web and is not in gal_prod/web`,
    version: TESTED.name,
  };
  const actual = anActual([], { origin: [TESTED] });
  expect(productionDrifts({ spec: half() }, actual)).toEqual([{ ...drift, held: '`regild promote web@production` copies it' }]);
  expect(productionDrifts({ spec: half({ automatic: true }) }, actual)).toEqual([drift]);
  expect(productionDrifts({ spec: SPEC }, actual)).toEqual([]);
});

const DEFINITION = {
  id: '/definitions/web',
  name: 'web',
  location: 'northeurope',
  osType: 'Linux',
  osState: 'Generalized',
  generation: 'V2',
  architecture: 'x64',
  identifier: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-web' },
  features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
} as const;

/** Two galleries of which only the tested one is filled, and everything that is written, in order. */
function galleries(versions: readonly ExistingVersion[] = [OLDER, TESTED], failed: readonly string[] = []) {
  const wrote: unknown[] = [];
  const context = fakeContext({
    versionUsers: { of: async () => [] },
    leftovers: { resources: async () => [] },
    marketplace: { facts: async () => undefined },
    gallery: {
      versions: async ({ gallery }) => (gallery === 'gal' ? versions : []),
      definition: async ({ gallery }) => (gallery === 'gal' ? DEFINITION : undefined),
      ensureGallery: async ({ gallery }) => {
        wrote.push(`gallery ${gallery}`);
        return 'created';
      },
      createDefinition: async ({ gallery }, { name, identifier }) => void wrote.push(`definition ${gallery}/${name} ${identifier.sku}`),
      copyVersion: async (from, to, copy) => {
        wrote.push([`copy ${from.gallery}/${from.version} to ${to.gallery}/${to.version}`, copy]);
        return TESTED;
      },
      replicate: async (_, regions) => {
        wrote.push(`replicate ${regions.map(({ name }) => name).join(' ')}`);
        return regions.map(({ name }) => ({ name, state: failed.includes(name) ? 'Failed' : 'Completed', progress: 100 }) as const);
      },
      setVersion: async (_, change) => {
        wrote.push(change);
        return TESTED;
      },
    },
  });
  return { wrote, context };
}

const { 'regild-published': _, ...TAGS } = TESTED.tags;
const COPIED = { ...TAGS, 'regild-copied-from': TESTED.id };
const WHOLE = [
  'gallery gal_prod',
  'definition gal_prod/web server-web',
  [
    `copy gal/${TESTED.name} to gal_prod/${TESTED.name}`,
    { location: 'northeurope', storage: 'Standard_ZRS', excludeFromLatest: true, tags: COPIED },
  ],
  'replicate northeurope uksouth',
  {
    excludeFromLatest: false,
    excludedRegions: ['uksouth'],
    tags: { ...COPIED, 'regild-published': NOW.toISOString() },
    endOfLife: new Date(NOW.getTime() + 30 * 86_400_000).toISOString(),
    safety: { blockDeletionBeforeEndOfLife: true },
  },
];

test('a version is copied, replicated, and let into latest at last', async () => {
  const { wrote, context } = galleries();
  await copyIn(half(), TESTED, context);
  expect(wrote).toEqual(WHOLE);
});

test('a region that fails keeps the copy out of latest', async () => {
  const { wrote, context } = galleries([TESTED], ['uksouth']);
  await expect(copyIn(half(), TESTED, context)).rejects.toThrow(
    `version ${TESTED.name} of web@production did not replicate to uksouth and is not latest yet`,
  );
  expect(wrote).toEqual(WHOLE.slice(0, -1));
});

test('promote copies the newest tested version, or the one that is named, and never one that is not tested', async () => {
  const { wrote, context } = galleries();
  const { actions } = await promote(half(), context, { dryRun: false });
  expect([actions.map(({ action, version, outcome }) => `${action} ${version} ${outcome}`), wrote]).toEqual([
    [`copy ${TESTED.name} done`],
    WHOLE,
  ]);
  const dry = galleries();
  const said = await promote(half(), dry.context, { version: OLDER.name, dryRun: true });
  expect([said.actions.map(({ action, version, outcome }) => `${action} ${version} ${outcome}`), dry.wrote]).toEqual([
    [`copy ${OLDER.name} due`],
    [],
  ]);
  await expect(promote(half(), galleries([unfinished(TESTED)]).context, { version: TESTED.name, dryRun: false })).rejects.toThrow(
    `version ${TESTED.name} of gal/web is staged and is not copied into production`,
  );
});

test('refresh copies where that is automatic, and builds nothing for it', async () => {
  const { wrote, context } = galleries();
  const walk = async () => {
    throw new Error('a copy is not built');
  };
  const options = { concurrency: 1, dryRun: false, walk };
  const { items } = await refreshFleet([half({ automatic: true })], context, options);
  expect([items.map(({ action, outcome, changes }) => [action, outcome, changes]), wrote]).toEqual([
    [['reconcile', 'reconciled', [`version ${TESTED.name} was copied into production`]]],
    WHOLE,
  ]);
  const waiting = galleries();
  const { items: held } = await refreshFleet([half()], waiting.context, options);
  expect([held.map(({ outcome }) => outcome), waiting.wrote]).toEqual([['waiting'], []]);
});

test('Azure makes no TrustedLaunch version from a gallery version: the plan says so before anything is built', () => {
  expect(productionIssues(SPEC, 'TrustedLaunch').map(({ code, message }) => [code, message])).toEqual([
    [
      'PRODUCTION_SECURITY',
      'versions of web are to be copied into gal_prod, and Azure makes no TrustedLaunch version from a gallery version',
    ],
  ]);
  expect([productionIssues(SPEC, 'TrustedLaunchSupported'), productionIssues(aSpec(), 'TrustedLaunch')]).toEqual([[], []]);
});

const MANIFEST = (production: string) => `version: 1
images:
  web:
    source: { ami: ami-0123456789abcdef0, region: eu-central-1 }
    target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: gal, location: northeurope }
    production: { ${production} }
`;

test('the manifest: what is not given is the target’s, and what Azure cannot copy is told', () => {
  const read = (production: string) => parseManifest(MANIFEST(production), 'images.yaml', {});
  expect(read('gallery: gal_prod, regions: [North Europe, uksouth]').specs[0]?.production).toEqual({
    target: {
      subscription: '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f',
      resourceGroup: 'rg',
      gallery: 'gal_prod',
      definition: 'web',
      location: 'northeurope',
    },
    regions: [
      { name: 'northeurope', replicas: 1, storage: 'Standard_LRS' },
      { name: 'uksouth', replicas: 1, storage: 'Standard_LRS' },
    ],
    automatic: false,
  });
  const messages = ['gallery: gal', 'gallery: gal_prod, location: uksouth', 'gallery: gal_prod, regions: [uksouth]', 'automatic: true'].map(
    (production) => read(production).issues.map(({ message }) => message),
  );
  expect(messages).toEqual([
    ['production names the definition that the image is built into'],
    ['production is in "uksouth", where no tested version is that could be copied'],
    ['production.regions do not include "northeurope", where the copy is made'],
    ['production.gallery is missing'],
  ]);
});
