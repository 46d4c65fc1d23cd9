import { resolve } from 'node:path';
import type { Catalog, InsideFacts } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { snapshotSource } from '../inspect/blocks/snapshot.ts';
import { inventoryOfDisk } from '../inspect/disk-inventory.ts';
import { Unreadable } from '../inspect/file-tree.ts';
import { instanceInventory } from '../inspect/instance-inventory.ts';
import { openDisk } from '../inspect/open-disk.ts';
import { type Inventory, snapshotName } from '../model/index.ts';
import type { ContentPlace, Contents, ManagedInstances, Snapshots } from '../ports.ts';
import { inspectFile, savedInventory } from './inspect-sources.ts';
import type { Inspected } from './inspected.ts';

/** What reading takes beside the place. */
export interface ContentSources {
  readonly snapshots: Snapshots;
  readonly instances: ManagedInstances;
  /** Absolute path of the manifest's folder. */
  readonly folder: string;
  readonly catalog: () => Promise<Catalog>;
  /** Whether the snapshots are the sandbox's. */
  readonly simulated: boolean;
}

/** Reads snapshots by EBS direct and files of this machine; only the blocks that are needed. */
export function createContents(sources: ContentSources): Contents {
  const inventoryOf = async ({ inventory }: Inspected) => inventory;
  return {
    async take(place) {
      const catalog = await sources.catalog();
      switch (place.kind) {
        case 'instance':
        case 'ami':
          return inspectInstance(place, sources, catalog);
        case 'snapshot':
          return inspectSnapshot({ ...place, ...sources }, catalog, inventoryOf);
        case 'disk':
          return inspectFile(resolve(sources.folder, place.path), place.path, catalog, inventoryOf);
        case 'inventory':
          return savedInventory(resolve(sources.folder, place.path), place.path, catalog);
      }
    },
  };
}

type InstancePlace = Extract<ContentPlace, { readonly kind: 'instance' | 'ami' }>;

/** What Systems Manager knows of an instance, or of one that was made from an AMI. Throws INSTANCE_UNTOLD where it knows none, or no package of it. */
export async function inspectInstance(
  place: InstancePlace,
  { instances, simulated }: Pick<ContentSources, 'instances' | 'simulated'>,
  catalog: Pick<Catalog, 'components' | 'releases'>,
): Promise<Inventory> {
  const report = await instances.report(place, place.region);
  if (report !== undefined && Object.values(report.entries).some((rows) => rows.length > 0))
    return instanceInventory(report, simulated, catalog);
  const what = place.kind === 'instance' ? place.id : `an instance made from ${place.id}`;
  throw new RegildError('INSTANCE_UNTOLD', `Systems Manager has no inventory of ${what} in ${place.region}`, {
    hint: 'Systems Manager needs its agent in the machine and an association of AWS-GatherSoftwareInventory; or run inventory-lines.sh in it, and inspect what it printed',
  });
}

/** A root snapshot of an AMI. */
export interface SnapshotPlace extends Pick<ContentSources, 'snapshots' | 'simulated'> {
  readonly ami: string;
  readonly id: string;
  readonly region: string;
}

/** Reads the root disk of an AMI, block by block and only what is asked for. Throws SNAPSHOT_UNREADABLE, and FILE_INVALID where no system on it is read. */
export async function inspectSnapshot<Result>(
  { snapshots, simulated, ami, id, region }: SnapshotPlace,
  catalog: InsideFacts,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  try {
    const disk = await openDisk(await snapshotSource(snapshots.open(id, region)));
    const inventory = await inventoryOfDisk(disk, { kind: 'snapshot', name: snapshotName({ ami, id }), simulated }, catalog);
    const tree = disk.roots.at(0)?.tree;
    return await use(tree === undefined ? { inventory } : { inventory, tree });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new RegildError('FILE_INVALID', error.message, {
      hint: 'its systems are read from ext2/3/4, XFS, btrfs and NTFS, without encryption',
      cause: error,
    });
  }
}
