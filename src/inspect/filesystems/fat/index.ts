import type { BlockSource } from '../../blocks/block-source.ts';
import { reading } from '../../guard.ts';
import { type Extent, readExtents } from '../extents.ts';
import type { Entry, FileSystem, Inode } from '../file-system.ts';
import { type BootSector, readBootSector } from './boot-sector.ts';
import { type DirectoryEntry, directoryEntries } from './directory.ts';
import { readChain, usedClusters } from './table.ts';

/** FAT has no owners and modes: what Linux shows of it unless told otherwise. */
const OWNER = { mode: 0o755, uid: 0, gid: 0 } as const;
/** The kernel's own limit of a directory (FAT_MAX_DIR_SIZE). */
const LARGEST_DIRECTORY = 2 * 2 ** 20;

/** Opens a FAT12, FAT16 or FAT32. Throws Unreadable for what is broken. */
export function openFat(disk: BlockSource, place: string): Promise<FileSystem> {
  return reading(`fat: boot sector of ${place}`, async () => {
    const boot = readBootSector(await disk.read(0, 512), place);
    const volume = { disk, boot, place };
    const { uuid, label, totalBytes, clusters, clusterSize } = boot;
    return {
      kind: 'fat',
      ...{ uuid, label: label === 'NO NAME' ? '' : label, totalBytes },
      usedBytes: ((await usedClusters(disk, boot)) ?? clusters) * clusterSize + boot.data,
      ignoresCase: true,
      root: async () => directory(volume, 'root', 0, () => rootBytes(volume)),
    };
  });
}

interface Volume {
  readonly disk: BlockSource;
  readonly boot: BootSector;
  readonly place: string;
}

async function rootBytes({ disk, boot }: Volume): Promise<Buffer> {
  const { root } = boot;
  return root.kind === 'area' ? disk.read(root.place, root.length) : chainBytes(disk, await readChain(disk, boot, root.cluster));
}

function chainBytes(disk: BlockSource, chain: readonly Extent[]): Promise<Buffer> {
  const last = chain.at(-1);
  const length = last ? last.start + last.length : 0;
  if (length > LARGEST_DIRECTORY) throw new RangeError(`a directory of ${length} bytes`);
  return readExtents(disk, chain, 0, length);
}

function directory(volume: Volume, id: string, mtime: number, bytes: () => Promise<Buffer>): Inode {
  const place = `fat: directory ${id} of ${volume.place}`;
  const none = () => Promise.resolve(Buffer.alloc(0));
  return {
    ...{ id, type: 'directory', ...OWNER, size: 0, mtime, read: none, target: async () => '' },
    entries: () => reading(place, async () => directoryEntries(await bytes(), volume.boot.bits).map((entry) => toEntry(volume, id, entry))),
  };
}

function toEntry(volume: Volume, parent: string, entry: DirectoryEntry): Entry {
  const { name, isDirectory, cluster, mtime } = entry;
  return {
    name,
    inode: async () => {
      if (!isDirectory) return file(volume, `${parent}/${name}`, entry);
      return directory(volume, `cluster ${cluster}`, mtime, async () =>
        chainBytes(volume.disk, await readChain(volume.disk, volume.boot, cluster)),
      );
    },
  };
}

function file({ disk, boot, place }: Volume, id: string, { cluster, size, mtime }: DirectoryEntry): Inode {
  let known: Promise<readonly Extent[]> | undefined;
  const chain = () => {
    known ??= cluster === 0 ? Promise.resolve([]) : readChain(disk, boot, cluster);
    return known;
  };
  const content = async (offset: number, length: number) => {
    const wanted = Math.max(0, Math.min(length, size - offset));
    const extents = await chain();
    const end = extents.at(-1);
    if (offset + wanted > (end ? end.start + end.length : 0))
      throw new RangeError(`its chain of clusters is shorter than its ${size} bytes`);
    return readExtents(disk, extents, offset, wanted);
  };
  return {
    ...{ id, type: 'file', ...OWNER, size, mtime, target: async () => '', entries: async () => [] },
    read: (offset, length) => reading(`fat: ${id} of ${place}`, () => content(offset, length)),
  };
}
