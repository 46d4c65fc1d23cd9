import type { InsideFacts } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { compareInventories } from '../inspect/compare/index.ts';
import { madeFrom } from '../inspect/propose/evidence.ts';
import type { Inventory, Parity } from '../model/index.ts';
import type { Io } from './command.ts';
import { inspectHere, isHere } from './inspect-sources.ts';
import type { Inspected } from './inspected.ts';
import { catalogFor } from './installation.ts';

/** Where a subject may be, and by what it is judged. */
export interface Look {
  readonly flags: { readonly region?: string; readonly manifest: string; readonly sandbox?: true };
  readonly io: Io;
  readonly catalog: InsideFacts;
}

/** What lies here under that name comes before an image of the manifest; `./web` and `web/` are always here. */
export async function look<Result>(
  subject: string,
  { flags, io, catalog }: Look,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  if (await isHere(subject, io)) return inspectHere(subject, catalog, io, use);
  const { region, manifest, sandbox = false } = flags;
  // A disk in a file needs no SDK: loading that takes half as much memory as the disk does.
  if (isInstanceId(subject)) {
    const { inspectManaged } = await import('./inspect-instance.ts');
    return inspectManaged({ id: subject, region, sandbox }, await catalogFor(io), io, use);
  }
  if (!/[/.\\]/.test(subject)) {
    const { inspectAmi } = await import('./inspect-ami.ts');
    return inspectAmi({ subject, region, manifest, sandbox }, catalog, io, use);
  }
  throw new RegildError('FILE_NOT_FOUND', `there is no file or folder ${subject}`, {
    hint: 'name the id of an AMI or an instance, an image of the manifest, a disk in a file, a folder that holds a root file system, or an inventory that was saved',
  });
}

/** True for the id of an EC2 instance, or of a machine elsewhere that Systems Manager manages (ListInventoryEntries, `InstanceId`). */
function isInstanceId(subject: string): boolean {
  return /^(?:i-(?:[0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/.test(subject);
}

/** True for what is looked into by itself: an AMI or an instance by its id, or something on this machine. */
export async function isLookedInto(subject: string, io: Io): Promise<boolean> {
  return subject.startsWith('ami-') || isInstanceId(subject) || isHere(subject, io);
}

/** An image's inventory with what it was made from: what the user names, or the nearest AMI of its line whose disk may be read. */
export async function withAncestor({ inventory, ancestor }: Inspected, named: string | undefined, where: Look): Promise<Inventory> {
  return madeFrom(inventory, await (named === undefined ? ancestor?.() : look(named, where, async (found) => found.inventory)));
}

/** Two images compared: between AWS and Azure where AWS parts are in the first only, between two of a kind otherwise. */
export function compareSides(before: Inventory, after: Inventory, catalog: InsideFacts): Parity {
  const between = before.components.length > 0 && after.components.length === 0 ? 'move' : 'same';
  return compareInventories(before, after, { between, catalog, allow: [] });
}
