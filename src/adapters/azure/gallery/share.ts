import { createHash } from 'node:crypto';
import type { SharingProfile } from '@azure/arm-compute';
import * as z from 'zod';
import type { GalleryReader, GalleryRef, GallerySharing, Sharing, SharingChange } from '../../../model/index.ts';
import { sharingKind } from '../../../model/index.ts';
import { armPath } from '../connection/arm-path.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, ifAnswered, understood, unlessMissing } from '../errors/index.ts';
import { groupId } from '../ids.ts';

/** Microsoft.Authorization, stable 2022-04-01. */
const AUTHORIZATION = '2022-04-01';
/** The built-in role Reader (built-in-roles). */
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

const Assignments = z.array(
  z.object({ name: z.string(), properties: z.object({ roleDefinitionId: z.string(), principalId: z.string(), scope: z.string() }) }),
);

/** How the service tells that a gallery is shared, in regild's words. */
export function toSharing({ permissions = 'Private', groups = [], communityGalleryInfo: info }: SharingProfile = {}): GallerySharing {
  const idsOf = (wanted: string) => groups.filter(({ type }) => type === wanted).flatMap(({ ids = [] }) => ids);
  const kind = permissions === 'Groups' || permissions === 'Community' ? permissions : 'Private';
  const { publicNamePrefix: prefix = '', publisherUri: uri = '', publisherContact: contact = '', eula = '' } = info ?? {};
  return {
    kind,
    subscriptions: idsOf('Subscriptions'),
    tenants: idsOf('AADTenants'),
    public: kind === 'Community' && info?.communityGalleryEnabled === true,
    ...(kind === 'Community' && { publisher: { prefix, uri, contact, eula } }),
  };
}

/** What a gallery is made with, so that it can be shared; nothing for one that is shared by roles alone. */
export function fromSharing(sharing: Sharing | undefined): { readonly sharingProfile?: SharingProfile } {
  if (sharing === undefined || sharingKind(sharing) === 'Private') return {};
  const { community } = sharing;
  if (community === undefined) return { sharingProfile: { permissions: 'Groups' } };
  const { prefix, uri, contact, eula } = community;
  const communityGalleryInfo = { publicNamePrefix: prefix, publisherUri: uri, publisherContact: contact, eula };
  return { sharingProfile: { permissions: 'Community', communityGalleryInfo } };
}

/** Who has the role Reader on the gallery itself; undefined where that may not be asked. */
export async function readReaders(connection: AzureConnection, ref: GalleryRef): Promise<readonly GalleryReader[] | undefined> {
  const filter = new URLSearchParams({ $filter: 'atScope()' });
  const reading = attempt('read', 'Microsoft.Authorization/roleAssignments/read', ref);
  const answer = await ifAnswered(reading, async () =>
    (await connection.arm()).list(`${pathOf(ref)}/providers/Microsoft.Authorization/roleAssignments?${filter}`, AUTHORIZATION),
  );
  if (answer === undefined) return undefined;
  return understood(Assignments, answer, reading)
    .filter(({ properties }) => isReader(properties.roleDefinitionId) && same(properties.scope, idOf(ref)))
    .map(({ name, properties: { principalId } }) => ({ principal: principalId, ours: same(name, assignmentName(ref, principalId)) }));
}

/** Changes with whom a gallery is shared, and waits. */
export async function share(connection: AzureConnection, ref: GalleryRef, change: SharingChange): Promise<void> {
  switch (change.kind) {
    case 'grant':
      return grant(connection, ref, change.principal);
    case 'withdraw':
      return withdraw(connection, ref, change.principal);
    case 'add':
    case 'remove':
      return update(connection, ref, {
        operationType: change.kind === 'add' ? 'Add' : 'Remove',
        groups: [
          { type: 'Subscriptions', ids: [...change.subscriptions] },
          { type: 'AADTenants', ids: [...change.tenants] },
        ].filter(({ ids }) => ids.length > 0),
      });
    case 'publish':
      return update(connection, ref, { operationType: 'EnableCommunity' });
    case 'reset':
      return update(connection, ref, { operationType: 'Reset' });
  }
}

async function update(connection: AzureConnection, ref: GalleryRef, body: SharingUpdate): Promise<void> {
  await asAzure(attempt('share', 'Microsoft.Compute/galleries/share/action', ref), async () => {
    const { gallerySharingProfile } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(connection.signal) };
    await gallerySharingProfile.update(ref.resourceGroup, ref.gallery, body, options).pollUntilDone(cancellable(connection.signal));
  });
}

type SharingUpdate = Parameters<Awaited<ReturnType<AzureConnection['compute']>>['gallerySharingProfile']['update']>[2];

async function grant(connection: AzureConnection, ref: GalleryRef, principalId: string): Promise<void> {
  const roleDefinitionId = `/subscriptions/${ref.subscription}/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
  await asAzure(attempt('give a role on', 'Microsoft.Authorization/roleAssignments/write', ref), async () =>
    (await connection.arm()).put(assignmentPath(ref, principalId), AUTHORIZATION, { properties: { roleDefinitionId, principalId } }),
  );
}

async function withdraw(connection: AzureConnection, ref: GalleryRef, principalId: string): Promise<void> {
  await unlessMissing(attempt('withdraw a role on', 'Microsoft.Authorization/roleAssignments/delete', ref), async () =>
    (await connection.arm()).remove(assignmentPath(ref, principalId), AUTHORIZATION),
  );
}

/**
 * The name of an assignment is any GUID: made from gallery, role and principal it is the same each time, and tells what regild gave from what others did.
 */
function assignmentName(ref: GalleryRef, principal: string): string {
  const hash = createHash('sha256')
    .update([idOf(ref), READER, principal].join('|').toLowerCase())
    .digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}

function assignmentPath(ref: GalleryRef, principal: string): string {
  return `${pathOf(ref)}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(ref, principal)}`;
}

function pathOf({ subscription, resourceGroup, gallery }: GalleryRef): string {
  return armPath`/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/galleries/${gallery}`;
}

function idOf({ subscription, resourceGroup, gallery }: GalleryRef): string {
  return `${groupId(subscription, resourceGroup)}/providers/Microsoft.Compute/galleries/${gallery}`;
}

function isReader(roleDefinitionId: string): boolean {
  return roleDefinitionId.toLowerCase().endsWith(`/${READER}`);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function attempt(verb: string, action: string, { subscription, resourceGroup, gallery }: GalleryRef): AzureAttempt {
  return { doing: `${verb} the gallery ${gallery}`, action, scope: groupId(subscription, resourceGroup) };
}
