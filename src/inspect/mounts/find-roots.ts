import type { FileTree } from '../file-tree.ts';
import type { FileSystem, Inode } from '../filesystems/file-system.ts';
import { type OpenVolume, toUnread, type Unread } from '../volumes/open-volume.ts';
import { type MountedVolume, mountRoot } from './mount-root.ts';
import { mountedTree } from './mounted-tree.ts';

/** An installed system. */
export interface DiskRoot {
  readonly kind: 'linux' | 'windows';
  /** `place` of the volume that it lies on. */
  readonly place: string;
  /** All its files, with what its fstab mounts. */
  readonly tree: FileTree;
}

/** The systems of a disk, where their volumes are mounted, and what could not be read on the way. */
export interface Systems {
  readonly roots: readonly DiskRoot[];
  readonly mounted: readonly MountedVolume[];
  readonly unread: readonly Unread[];
}

/** Finds the systems that are installed on volumes: by the files that every one has. */
export async function findRoots(volumes: readonly OpenVolume[]): Promise<Systems> {
  const systems = await Promise.all(volumes.map((volume) => findRoot(volume, volumes)));
  return {
    roots: systems.flatMap(({ roots }) => roots),
    mounted: systems.flatMap(({ mounted }) => mounted),
    unread: systems.flatMap(({ unread }) => unread),
  };
}

const NOTHING: Systems = { roots: [], mounted: [], unread: [] };

async function findRoot(volume: OpenVolume, volumes: readonly OpenVolume[]): Promise<Systems> {
  const { fileSystem, place } = volume;
  if (!fileSystem) return NOTHING;
  try {
    for (const inode of await candidates(fileSystem)) {
      const alone = mountedTree({ fileSystem, inode });
      switch (await systemOn(alone)) {
        case 'windows':
          return { ...NOTHING, roots: [{ kind: 'windows', place, tree: alone }] };
        case 'linux': {
          const { tree, mounted, unread } = await mountRoot({ volume, fileSystem, inode }, volumes);
          return { roots: [{ kind: 'linux', place, tree }], mounted, unread };
        }
        default:
      }
    }
    return { ...NOTHING, unread: await oddSystem(mountedTree({ fileSystem, inode: await fileSystem.root() }), place) };
  } catch (error) {
    return { ...NOTHING, unread: [toUnread(error)] };
  }
}

/** A system whose root is no folder that a volume begins with. */
async function oddSystem(tree: FileTree, place: string): Promise<readonly Unread[]> {
  const deployments = await tree.stat('/ostree/deploy', false);
  return deployments?.type === 'directory' ? [{ place, reason: 'holds a system of OSTree, whose deployments are not read' }] : [];
}

/** Subvolumes in which distributions put their root, when it is not the one that is mounted without a name. */
const ROOT_SUBVOLUMES = ['root', '@', '@rootfs', 'rootfs'];

async function candidates(fileSystem: FileSystem): Promise<readonly Inode[]> {
  const named = fileSystem.subvolume ? await Promise.all(ROOT_SUBVOLUMES.map((name) => fileSystem.subvolume?.(name))) : [];
  return [await fileSystem.root(), ...named.filter((inode) => inode !== undefined)];
}

async function systemOn(tree: FileTree): Promise<DiskRoot['kind'] | undefined> {
  const [release, usrRelease, passwd, windows] = await Promise.all(
    ['/etc/os-release', '/usr/lib/os-release', '/etc/passwd', '/Windows/System32/config'].map((path) => tree.stat(path, false)),
  );
  if (windows?.type === 'directory') return 'windows';
  return release || usrRelease || passwd ? 'linux' : undefined;
}
