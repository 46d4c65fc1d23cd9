import * as z from 'zod';
import { RegildError } from '../../../errors.ts';
import { type ClaimRef, DEADLINE_TAG, type Leftover, RUN_TAG, type Tags } from '../../../model/index.ts';
import type { Leftovers } from '../../../ports.ts';
import { readClaim, removeClaim } from '../claims.ts';
import { armPath } from '../connection/arm-path.ts';
import { askTwice } from '../connection/ask-twice.ts';
import type { AzureConnection } from '../connection/index.ts';
import { understood, unlessMissing } from '../errors/index.ts';
import { readVersion, removeVersion } from '../gallery/versions.ts';
import { createImageBuilder } from '../image-builder/index.ts';
import { groupAttempt, RESOURCES, removeGroup } from '../resource-group.ts';
import { listGroups, listResources, listTaggedVersions } from './list.ts';

const TEMPLATES = '2024-02-01';

/** What carries regild's tags, through Azure Resource Manager. */
export function createLeftovers(connection: AzureConnection): Leftovers {
  return {
    groups: (subscription) => listGroups(connection, subscription),
    resources: (subscription) => listResources(connection, subscription),
    ofRun: (subscription, run) => listGroups(connection, subscription, run),
    versions: (ref) => listTaggedVersions(connection, ref),
    async remove(leftover, signal) {
      if (await isUnchanged(connection, leftover, signal)) await removeListed(connection, leftover, signal);
    },
  };
}

/** Time passes between a list and a deletion: whatever stands under the id must still be what was judged. False when nothing does: asked twice, for it is told as deleted. */
async function isUnchanged(connection: AzureConnection, leftover: Leftover, signal: AbortSignal | undefined): Promise<boolean> {
  const tags = await askTwice(connection, signal, () => readTags(connection, leftover));
  if (tags === undefined) return false;
  if ([RUN_TAG, DEADLINE_TAG].every((name) => tags[name] === leftover.tags[name])) return true;
  throw notOurs(leftover, 'carries other tags than when it was listed');
}

function notOurs({ name }: Leftover, why: string): RegildError {
  return new RegildError('CLOUD_FAILED', `${name} ${why}, so it is not deleted`, {
    hint: 'sweep again: it is judged by its tags of that time',
  });
}

async function readTags(connection: AzureConnection, leftover: Leftover): Promise<Tags | undefined> {
  switch (leftover.kind) {
    case 'resource-group': {
      const { subscription, group } = parseId(leftover.id);
      return getTags(connection, leftover, armPath`/subscriptions/${subscription}/resourcegroups/${group}`, RESOURCES);
    }
    case 'image-template': {
      const { subscription, group } = parseId(leftover.id);
      const path = armPath`/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.VirtualMachineImages/imageTemplates/${leftover.name}`;
      return getTags(connection, leftover, path, TEMPLATES);
    }
    case 'build-claim': {
      const claim = await readClaim(connection, refOf(leftover));
      if (claim?.virtualMachineProfile) throw notOurs(leftover, 'is a scale set with machines and no claim');
      return claim && (claim.tags ?? {});
    }
    case 'gallery-version': {
      const version = await readVersion(connection, leftover.ref);
      return version && (version.tags ?? {});
    }
  }
}

const Tagged = z.object({ tags: z.record(z.string(), z.string()).nullish() });

async function getTags(connection: AzureConnection, { id, name }: Leftover, path: string, apiVersion: string): Promise<Tags | undefined> {
  const { subscription, group } = parseId(id);
  const attempt = { ...groupAttempt('read', subscription, group), doing: `read the tags of ${name}` };
  const found = await unlessMissing(attempt, async () => (await connection.arm()).get(path, apiVersion));
  return found === undefined ? undefined : (understood(Tagged, found, attempt).tags ?? {});
}

async function removeListed(connection: AzureConnection, leftover: Leftover, signal: AbortSignal | undefined): Promise<void> {
  switch (leftover.kind) {
    case 'resource-group': {
      const { subscription, group } = parseId(leftover.id);
      return removeGroup(connection, subscription, group, signal);
    }
    case 'image-template': {
      const ref = refOf(leftover);
      const imageBuilder = createImageBuilder(connection);
      // A template cannot be deleted while it builds; one that is being cancelled is left to the next sweep.
      await imageBuilder.cancel(ref);
      return imageBuilder.remove(ref);
    }
    case 'build-claim':
      return removeClaim(connection, refOf(leftover));
    case 'gallery-version':
      return removeVersion(connection, leftover.ref);
  }
}

/** Where an image template or a claim lies. */
function refOf({ id, name }: Leftover): ClaimRef {
  const { subscription, group } = parseId(id);
  return { subscription, resourceGroup: group, name };
}

function parseId(id: string): { readonly subscription: string; readonly group: string } {
  const { subscription = '', group = '' } =
    /^\/subscriptions\/(?<subscription>[^/]+)\/resourceGroups\/(?<group>[^/]+)/i.exec(id)?.groups ?? {};
  return { subscription, group };
}
