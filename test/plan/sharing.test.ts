import { expect, test } from 'vitest';
import { type ImageSpec, type SecurityType, sharingKind } from '../../src/model/index.ts';
import { sharedGallery, sharingIssues } from '../../src/plan/sharing.ts';
import { galleryCanBeShared } from '../../src/preflight/gallery.ts';
import { NOTHING_READ } from '../../src/preflight/questions.ts';
import { aPlan, aSpec } from '../fakes/values.ts';

const NOBODY = { readers: ['reader'], subscriptions: [], tenants: [] };
const DIRECT = { ...NOBODY, tenants: ['t1'] };
const PUBLIC = { ...NOBODY, community: { prefix: 'contoso', uri: 'https://c.com', contact: 'a@c.com', eula: 'https://c.com/e' } };
const { resourceGroup, gallery, location } = aSpec().target;

test('the gallery that is used is made so that it can be shared', () => {
  expect([NOBODY, DIRECT, PUBLIC].map((sharing) => sharingKind(sharing))).toEqual(['Private', 'Groups', 'Community']);
  const production = { target: { ...aSpec().target, gallery: 'gal_production' }, regions: [], automatic: false, sharing: DIRECT };
  expect([aSpec(), aSpec({ sharing: NOBODY }), aSpec({ sharing: PUBLIC }), aSpec({ production })].map(sharedGallery)).toEqual([
    undefined,
    undefined,
    { resourceGroup, gallery, location, kind: 'Community' },
    { resourceGroup, gallery: 'gal_production', location, kind: 'Groups' },
  ]);
});

test.each<[string, ImageSpec['sharing'], SecurityType, boolean, readonly string[]]>([
  ['roles', NOBODY, 'TrustedLaunch', true, []],
  ['direct', DIRECT, 'TrustedLaunchSupported', true, []],
  ['direct, bound', DIRECT, 'TrustedLaunch', false, ['a definition with security TrustedLaunch is shared by roles alone']],
  ['public', PUBLIC, 'Standard', false, []],
  ['public, sold', PUBLIC, 'Standard', true, ["the base is sold by vendor, and what is made from a partner's image cannot be public"]],
])('what Azure shares: %s', (_, sharing, security, sold, messages) => {
  const plan = sold ? { publisher: 'vendor', product: 'product', name: 'plan' } : undefined;
  const issues = sharingIssues(aSpec({ sharing }), { plan }, security);
  expect(issues.map(({ severity, code, message }) => [severity, code, message])).toEqual(
    messages.map((message) => ['error', 'SHARING_FORBIDDEN', message]),
  );
});

test('a gallery that exists must have been made for it', () => {
  const plan = aPlan({ sharing: { resourceGroup, gallery, location, kind: 'Groups' } });
  const asked = (kind: 'Private' | 'Groups') =>
    galleryCanBeShared(plan, {
      ...NOTHING_READ,
      gallery: { location, softDelete: false, sharing: { kind, subscriptions: [], tenants: [], public: false } },
    }).map(({ id, status, detail }) => [id, status, detail]);
  expect([asked('Groups'), asked('Private'), galleryCanBeShared(plan, NOTHING_READ), galleryCanBeShared(aPlan(), NOTHING_READ)]).toEqual([
    [['gallery', 'pass', 'the gallery gal was made to be shared so (Groups)']],
    [['gallery', 'fail', 'the gallery gal exists and is Private; it cannot become Groups, which `sharing` asks for']],
    [],
    [],
  ]);
});

test('what is public lies in one region with its gallery', () => {
  const plan = aPlan({ sharing: { resourceGroup, gallery, location: 'northeurope', kind: 'Community' } });
  const asked = (location: string) => {
    const found = { location, softDelete: false, sharing: { kind: 'Community', subscriptions: [], tenants: [], public: true } } as const;
    return galleryCanBeShared(plan, { ...NOTHING_READ, gallery: found });
  };
  expect([asked('northeurope').map(({ status }) => status), asked('westeurope')]).toEqual([
    ['pass'],
    [
      {
        id: 'gallery',
        title: 'gallery',
        status: 'fail',
        detail: 'the gallery gal lies in westeurope, and what is public lies with its definitions and versions in one region: northeurope',
        hint: 'name a gallery that does not exist yet: it is made there; or set `target.location` to where this one is',
      },
    ],
  ]);
});
