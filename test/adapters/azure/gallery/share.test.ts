import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import type { Sharing, SharingChange } from '../../../../src/model/index.ts';
import type { Gallery } from '../../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import { connectedTo } from '../connected.ts';

const TEAM = '0a0a0a0a-0000-4000-8000-000000000001';
const OTHER = '0a0a0a0a-0000-4000-8000-000000000002';
const NOBODY: Sharing = { readers: [], subscriptions: [], tenants: [] };
const COMMUNITY = { prefix: 'contoso', uri: 'https://contoso.com', contact: 'images@contoso.com', eula: 'https://contoso.com/eula' };

let sandbox: Sandbox;
let gallery: Gallery;
let cloud: Awaited<ReturnType<typeof connectedTo>>;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 } });
  sandbox.change({ kind: 'rights-given', actions: ['*'] });
  cloud = await connectedTo(sandbox);
  gallery = createGallery(cloud.connection);
});
afterEach(() => sandbox.close());

const refOf = (name: string) => ({ subscription: sandbox.subscription, resourceGroup: 'rg-images', gallery: name, definition: 'web' });

async function made(name: string, sharing?: Sharing) {
  await gallery.ensureGallery(refOf(name), 'westeurope', {}, { sharing });
  return refOf(name);
}

test('direct: subscriptions and tenants come and go, and come again without harm', async () => {
  const ref = await made('gal_direct', { ...NOBODY, tenants: [OTHER] });
  const has = async () => (await gallery.settings(ref))?.sharing;
  expect(await has()).toEqual({ kind: 'Groups', subscriptions: [], tenants: [], public: false });
  const add: SharingChange = { kind: 'add', subscriptions: [TEAM], tenants: [OTHER] };
  await gallery.share(ref, add);
  await gallery.share(ref, add);
  expect(await has()).toEqual({ kind: 'Groups', subscriptions: [TEAM], tenants: [OTHER], public: false });
  await gallery.share(ref, { kind: 'remove', subscriptions: [TEAM], tenants: [] });
  expect(await has()).toEqual({ kind: 'Groups', subscriptions: [], tenants: [OTHER], public: false });
  await gallery.share(ref, { kind: 'reset' });
  expect(await has()).toEqual({ kind: 'Private', subscriptions: [], tenants: [], public: false });
});

test('community: made with its publisher, seen by nobody before it is published', async () => {
  const ref = await made('gal_public', { ...NOBODY, community: COMMUNITY });
  const shared = { kind: 'Community', subscriptions: [], tenants: [], publisher: COMMUNITY };
  expect((await gallery.settings(ref))?.sharing).toEqual({ ...shared, public: false });
  await gallery.share(ref, { kind: 'publish' });
  expect((await gallery.settings(ref))?.sharing).toEqual({ ...shared, public: true });
});

test('a gallery that was made for roles alone is shared with nobody else', async () => {
  const ref = await made('gal_private');
  await expect(gallery.share(ref, { kind: 'publish' })).rejects.toMatchObject({ code: 'CLOUD_FAILED' });
  await expect(gallery.share(ref, { kind: 'add', subscriptions: [TEAM], tenants: [] })).rejects.toThrow("sharing permission is 'Private'");
});

test('roles: given once, known again as ours, and withdrawn; what others gave is told from it', async () => {
  const ref = await made('gal_roles');
  await gallery.share(ref, { kind: 'grant', principal: TEAM });
  await gallery.share(ref, { kind: 'grant', principal: TEAM });
  const arm = await cloud.connection.arm();
  const scope = `/subscriptions/${ref.subscription}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal_roles`;
  const roleDefinitionId = `/subscriptions/${ref.subscription}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
  await arm.put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${OTHER}`, '2022-04-01', {
    properties: { roleDefinitionId, principalId: OTHER },
  });
  expect(await gallery.readers(ref)).toEqual([
    { principal: TEAM, ours: true },
    { principal: OTHER, ours: false },
  ]);
  await gallery.share(ref, { kind: 'withdraw', principal: TEAM });
  await gallery.share(ref, { kind: 'withdraw', principal: TEAM });
  expect(await gallery.readers(ref)).toEqual([{ principal: OTHER, ours: false }]);
});
