import { expect, test } from 'vitest';
import { galleryDrifts } from '../../src/living/gallery-settings.ts';
import { sharingDifferences } from '../../src/living/sharing.ts';
import type { ExistingGallery, GalleryReader, ImageSpec, Sharing, SharingChange } from '../../src/model/index.ts';
import { refreshFleet } from '../../src/refresh.ts';
import { fakeContext } from '../fakes/context.ts';
import { aSpec } from '../fakes/values.ts';
import { anActual, aWish } from './values.ts';

const NOBODY: Sharing = { readers: [], subscriptions: [], tenants: [] };
const PRIVATE = { kind: 'Private', subscriptions: [], tenants: [], public: false } as const;
const PUBLISHER = { prefix: 'contoso', uri: 'https://contoso.com', contact: 'images@contoso.com', eula: 'https://contoso.com/eula' };

const told = (wanted: Partial<Sharing>, has: Partial<ExistingGallery['sharing']>, readers: readonly GalleryReader[] | 'not asked' = []) =>
  sharingDifferences(
    'gal',
    { ...NOBODY, ...wanted },
    { sharing: { ...PRIVATE, ...has }, readers: readers === 'not asked' ? undefined : readers },
  );

test('who is named gets the role, who is not named any more loses what regild gave, and what others gave is theirs', () => {
  const readers = [
    { principal: 'aaaa', ours: true },
    { principal: 'bbbb', ours: true },
    { principal: 'cccc', ours: false },
  ];
  expect(told({ readers: ['AAAA', 'dddd'] }, {}, readers)).toEqual([
    { reason: 'dddd has no role Reader on the gallery gal, and the manifest names it', change: { kind: 'grant', principal: 'dddd' } },
    {
      reason: 'bbbb has the role Reader on the gallery gal, and the manifest does not name it any more',
      change: { kind: 'withdraw', principal: 'bbbb' },
      asks: 'withdraw',
    },
  ]);
  expect([told({ readers: ['cccc'] }, {}, readers.slice(2)), told({}, {}, 'not asked')]).toEqual([[], []]);
  expect(told({ readers: ['aaaa'] }, {}, 'not asked')).toEqual([
    {
      reason: 'who may read the gallery gal may not be asked: the identity lacks roleAssignments/read',
      held: 'give it Microsoft.Authorization/roleAssignments/read on the gallery, or refresh as somebody who has it',
    },
  ]);
});

test('subscriptions and tenants come, and go only when asked', () => {
  expect(told({ subscriptions: ['s1', 's2'], tenants: ['t1'] }, { kind: 'Groups', subscriptions: ['S1', 's3'], tenants: [] })).toEqual([
    {
      reason: 'the gallery gal is not shared with subscription s2, tenant t1',
      change: { kind: 'add', subscriptions: ['s2'], tenants: ['t1'] },
    },
    {
      reason:
        'the gallery gal is shared with subscription s3, and the manifest does not name it any more: machines there cannot be made again from it',
      change: { kind: 'remove', subscriptions: ['s3'], tenants: [] },
      asks: 'withdraw',
    },
  ]);
});

test('a gallery becomes public when that is agreed to, and is not withdrawn from everybody in silence', () => {
  expect(told({ community: PUBLISHER }, { kind: 'Community', publisher: PUBLISHER })).toEqual([
    {
      reason: 'the gallery gal is not public yet: everybody with an Azure subscription would see its images, publisher, offer and SKU',
      change: { kind: 'publish' },
      asks: 'public',
    },
  ]);
  expect(told({}, { kind: 'Community', public: true, publisher: PUBLISHER })).toEqual([
    {
      reason:
        'the gallery gal is shared with everybody, and the manifest does not say so: they can make no machine and no scale set larger without it',
      change: { kind: 'reset' },
      asks: 'withdraw',
    },
  ]);
  const other = { ...PUBLISHER, eula: 'https://contoso.com/terms' };
  expect(told({ community: other }, { kind: 'Community', public: true, publisher: PUBLISHER })).toEqual([
    { reason: 'the gallery gal says another eula of its publisher, which is set when it is made: name another gallery' },
  ]);
});

test('what Azure lets nobody choose later', () => {
  expect([told({ tenants: ['t1'] }, {}), told({ community: PUBLISHER }, { kind: 'Groups' })]).toEqual([
    [{ reason: 'the gallery gal was made not to be shared directly (it is Private); only a new one can be shared directly: name another' }],
    [
      {
        reason: 'the gallery gal was made as no community gallery (it is Groups); only a new one can be a community gallery: name another',
      },
    ],
  ]);
});

test.each([
  [undefined, 'it is asked for: `regild refresh web --accept public`, or `accept: { sharing: public }` in the manifest'],
  [['public'], undefined],
  [['withdraw'], 'it is asked for: `regild refresh web --accept public`, or `accept: { sharing: public }` in the manifest'],
])('to become public waits for an answer: %s', (sharing, held) => {
  const accept = { ...aSpec().accept, ...(sharing && { sharing }) };
  const gallery = { softDelete: false, sharing: { ...PRIVATE, kind: 'Community', publisher: PUBLISHER }, readers: [] } as const;
  const wish = aWish({ sharing: { ...NOBODY, community: PUBLISHER }, accept });
  expect(galleryDrifts(wish, anActual([], { gallery })).map((drift) => [drift.kind, drift.held])).toEqual([['sharing-differs', held]]);
});

test.each([
  [
    'who may read it cannot be asked',
    { readers: ['aaaa'] },
    'give it Microsoft.Authorization/roleAssignments/read on the gallery, or refresh as somebody who has it',
  ],
  ['it was made otherwise', { tenants: ['t1'] }, 'Azure has no way to change it'],
])('what holds a gallery back that is not shared as it is wished: %s', (_, wanted, held) => {
  const gallery = { softDelete: false, sharing: PRIVATE, readers: undefined };
  const drifts = galleryDrifts(aWish({ sharing: { ...NOBODY, ...wanted } }), anActual([], { gallery }));
  expect(drifts.map((drift) => [drift.kind, drift.held])).toEqual([['sharing-differs', held]]);
});

/** A refresh of two production halves in one gallery, which is shared with nobody and had a reader. */
async function refreshed(accept: ImageSpec['accept'], shared: SharingChange[]) {
  const readers: GalleryReader[] = [{ principal: 'gone', ours: true }];
  const context = fakeContext({
    versionUsers: { of: async () => [] },
    leftovers: { resources: async () => [] },
    gallery: {
      versions: async () => [],
      settings: async () => ({ location: 'westeurope', softDelete: false, sharing: PRIVATE }),
      readers: async () => [...readers],
      share: async (_, change) => {
        shared.push(change);
        if (change.kind === 'grant') readers.push({ principal: change.principal, ours: true });
        if (change.kind === 'withdraw') readers.splice(0, 1);
      },
    },
  });
  const walk = async () => {
    throw new Error('nothing is built');
  };
  const copyOf = { target: { ...aSpec().target, gallery: 'gal_test' }, automatic: false };
  const image = (name: string) => aSpec({ name, copyOf, accept, sharing: { ...NOBODY, readers: ['new'] } });
  const { items } = await refreshFleet([image('a'), image('b')], context, { concurrency: 1, dryRun: false, walk });
  return items.map(({ image: name, outcome, changes }) => [name, outcome, changes]);
}

test('refresh shares what is named once for all images of the gallery, and takes nothing away unasked', async () => {
  const shared: SharingChange[] = [];
  const grant = 'new has no role Reader on the gallery gal, and the manifest names it';
  expect(await refreshed(aSpec().accept, shared)).toEqual([
    ['a', 'reconciled', [grant]],
    ['b', 'reconciled', []],
  ]);
  expect(shared).toEqual([{ kind: 'grant', principal: 'new' }]);
  const answered: SharingChange[] = [];
  await refreshed({ ...aSpec().accept, sharing: ['withdraw'] }, answered);
  expect(answered).toEqual([
    { kind: 'grant', principal: 'new' },
    { kind: 'withdraw', principal: 'gone' },
  ]);
});
