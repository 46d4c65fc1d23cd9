import pMap from 'p-map';
import * as z from 'zod';
import { type DefinitionRef, type Leftover, RUN_TAG } from '../../../model/index.ts';
import { armPath } from '../connection/arm-path.ts';
import type { AzureConnection } from '../connection/index.ts';
import { asAzure, understood, unlessMissing } from '../errors/index.ts';
import { listVersions } from '../gallery/versions.ts';
import { groupAttempt, RESOURCES } from '../resource-group.ts';

const TAGGED = filtered(`tagName eq '${RUN_TAG}'`);
const KINDS: Readonly<Record<string, 'image-template' | 'build-claim'>> = {
  'microsoft.virtualmachineimages/imagetemplates': 'image-template',
  'microsoft.compute/virtualmachinescalesets': 'build-claim',
};
/** Groups whose contents are asked for at the same time. */
const CONCURRENCY = 8;

const Tags = z
  .record(z.string(), z.string())
  .nullish()
  .transform((tags) => tags ?? {});
const Group = z.object({
  id: z.string(),
  name: z.string(),
  tags: Tags,
  properties: z.object({ provisioningState: z.string().nullish() }).nullish(),
});
type Group = z.infer<typeof Group>;
const Resource = z.object({ id: z.string(), name: z.string(), type: z.string(), tags: Tags, provisioningState: z.string().nullish() });

function filtered(condition: string): string {
  return `$filter=${encodeURIComponent(condition)}`;
}

/** Resource groups of a subscription with the tag of a run, or of one run only, each with the types of what is in it. */
export async function listGroups(connection: AzureConnection, subscription: string, run?: string): Promise<readonly Leftover[]> {
  const tagged = run === undefined ? TAGGED : filtered(`tagName eq '${RUN_TAG}' and tagValue eq '${run.replaceAll("'", "''")}'`);
  const path = armPath`/subscriptions/${subscription}/resourcegroups`;
  const attempt = {
    doing: `list the resource groups of ${subscription}`,
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    scope: `/subscriptions/${subscription}`,
  };
  const groups = await asAzure(attempt, async () => (await connection.arm()).list(`${path}?${tagged}`, RESOURCES));
  return pMap(groups, (group) => withContents(connection, subscription, understood(Group, group, attempt)), { concurrency: CONCURRENCY });
}

async function withContents(connection: AzureConnection, subscription: string, { id, name, tags, properties }: Group): Promise<Leftover> {
  const path = armPath`/subscriptions/${subscription}/resourceGroups/${name}/resources`;
  const attempt = groupAttempt('read', subscription, name);
  const held = (await unlessMissing(attempt, async () => (await connection.arm()).list(path, RESOURCES))) ?? [];
  const holds = held.map((item) => understood(Resource, item, attempt).type);
  return { kind: 'resource-group', id, name, tags, deleting: properties?.provisioningState === 'Deleting', holds };
}

/** Image templates and claims of a subscription with the tag of a run. Asked of all resources, since a provider need not be registered. */
export async function listResources(connection: AzureConnection, subscription: string): Promise<readonly Leftover[]> {
  const path = armPath`/subscriptions/${subscription}/resources`;
  const attempt = {
    doing: `list the resources of ${subscription}`,
    action: 'Microsoft.Resources/subscriptions/resources/read',
    scope: `/subscriptions/${subscription}`,
  };
  const listed = await asAzure(attempt, async () =>
    (await connection.arm()).list(`${path}?${TAGGED}&$expand=provisioningState`, RESOURCES),
  );
  return listed
    .map((item) => understood(Resource, item, attempt))
    .flatMap(({ type, id, name, tags, provisioningState }): readonly Leftover[] => {
      const kind = KINDS[type.toLowerCase()];
      return kind === undefined ? [] : [{ kind, id, name, tags, deleting: provisioningState === 'Deleting' }];
    });
}

/** Versions of a definition with the tag of a run. */
export async function listTaggedVersions(connection: AzureConnection, ref: DefinitionRef): Promise<readonly Leftover[]> {
  const listed = await listVersions(connection, ref);
  return listed
    .filter(({ tags }) => tags[RUN_TAG] !== undefined)
    .map(({ id, name, tags, provisioningState, excludeFromLatest, targetRegions: regions }) => {
      const deleting = provisioningState === 'Deleting';
      return { kind: 'gallery-version', id, name, tags, deleting, ref: { ...ref, version: name }, excludeFromLatest, regions };
    });
}
