import { expect, test } from 'vitest';
import { galleryDrifts } from '../../src/living/gallery-settings.ts';
import { parseManifest } from '../../src/manifest/index.ts';
import { refreshFleet } from '../../src/refresh.ts';
import { fakeContext } from '../fakes/context.ts';
import { aSpec } from '../fakes/values.ts';
import { anActual, aWish } from './values.ts';

const PRIVATE = { kind: 'Private', subscriptions: [], tenants: [], public: false } as const;

const drifts = (softDelete: boolean | undefined, gallery: { readonly softDelete: boolean } | undefined) =>
  galleryDrifts(aWish({ softDelete }), anActual([], { gallery: gallery && { ...gallery, sharing: PRIVATE, readers: undefined } })).map(
    ({ kind, reason }) => [kind, reason],
  );

test('a gallery is as the manifest wishes, or that is a drift; one without a wish or that is not there is none', () => {
  expect(drifts(true, { softDelete: false })).toEqual([
    [
      'soft-delete-differs',
      'versions that are deleted in the gallery gal are gone at once, the manifest says they can be restored for a time',
    ],
  ]);
  expect([drifts(false, { softDelete: false }), drifts(undefined, { softDelete: true }), drifts(true, undefined)]).toEqual([[], [], []]);
});

test('refresh sets it without a rebuild', async () => {
  const set: unknown[] = [];
  const copyOf = { target: { ...aSpec().target, gallery: 'gal_test' }, automatic: false };
  const context = fakeContext({
    versionUsers: { of: async () => [] },
    leftovers: { resources: async () => [] },
    gallery: {
      versions: async () => [],
      settings: async () => ({ location: 'westeurope', softDelete: false, sharing: PRIVATE }),
      setSettings: async ({ gallery }, settings) => void set.push([gallery, settings]),
    },
  });
  const walk = async () => {
    throw new Error('nothing is built');
  };
  const { items } = await refreshFleet([aSpec({ softDelete: true, copyOf })], context, { concurrency: 1, dryRun: false, walk });
  expect([items.map(({ action, outcome }) => [action, outcome]), set]).toEqual([
    [['reconcile', 'reconciled']],
    [['gal', { softDelete: true }]],
  ]);
});

test('images of one gallery say the same of it', () => {
  const image = (softDelete: boolean, gallery: string) =>
    `source: { ami: ami-0123456789abcdef0, region: eu-central-1 }, softDelete: ${softDelete}, target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg, gallery: ${gallery}, location: northeurope }`;
  const text = `version: 1\nimages:\n  a: { ${image(true, 'gal')} }\n  b: { ${image(false, 'GAL')} }\n  c: { ${image(false, 'other')} }\n`;
  const { specs, issues } = parseManifest(text, 'images.yaml', {});
  expect([specs.map(({ name }) => name), issues.map(({ code, message }) => [code, message])]).toEqual([
    ['a', 'c'],
    [['VALUE_INVALID', 'softDelete is false for gallery "GAL", and true for it at "a" on line 3']],
  ]);
});
