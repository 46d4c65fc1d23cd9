import type { InsideFacts } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { propose } from '../inspect/propose/index.ts';
import type { Inventory, Proposal } from '../model/index.ts';

/** What carries the content of an image over to a clean base; `to` is its system as the user says it, `folder` where files will lie. Throws USAGE. */
export function proposalFor(
  inventory: Inventory,
  { to, folder, catalog }: { readonly to: string | undefined; readonly folder: string; readonly catalog: InsideFacts },
): Proposal {
  return propose(inventory, { target: targetOf(inventory, to), catalog, folder });
}

/** Azure does not sell Amazon Linux, so that it goes elsewhere must be said. */
function targetOf({ system }: Inventory, wanted: string | undefined): Proposal['target'] {
  const [id = system.id, version = wanted === undefined ? system.version : undefined] = wanted?.split(':') ?? [];
  if (id !== undefined && id !== 'amzn') return { id, ...(version === undefined ? {} : { version }) };
  throw new RegildError('USAGE', `a proposal from ${system.name ?? 'an unknown system'} needs the system of the base`, {
    hint: 'add --to, for example --to rhel, --to ubuntu:24.04 or --to azurelinux',
  });
}
