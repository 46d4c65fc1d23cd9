import { nameText } from '../../bytes.ts';
import type { TreeRoot } from './superblock.ts';
import { findItems, type ReadNode, readKey } from './tree.ts';

/** Objects of the tree of trees: the tree that everything hangs from, and the directory that names the default. */
const OBJECT = { top: 5, directory: 6 } as const;
const TYPE = { directoryItem: 84, root: 132, rootReference: 156 } as const;
const ROOT_ITEM = { directory: 168, address: 176, level: 238 } as const;

/** A subvolume: a tree of files of its own. */
export interface Subvolume {
  readonly id: number;
  readonly root: TreeRoot;
  /** Number of the inode that is its root directory. */
  readonly directory: number;
}

/** The subvolumes of a btrfs. */
export interface Subvolumes {
  /** The one with this id; undefined when there is none. */
  find(id: number): Promise<Subvolume | undefined>;
  /** The id of the one that is mounted when none is named. */
  defaultId(): Promise<number>;
  /** Whether a subvolume is part of another: a snapshot holds only the names of those of its origin. */
  isIn(child: number, parent: number): Promise<boolean>;
}

/** Reads subvolumes from the tree of trees. */
export function subvolumesOf(readNode: ReadNode, root: TreeRoot): Subvolumes {
  const items = (object: number, type: number, from = 0, to = Number.MAX_SAFE_INTEGER) =>
    findItems(readNode, root, { object, type, offset: from }, { object, type, offset: to });
  return {
    async find(id) {
      const item = (await items(id, TYPE.root)).at(-1);
      if (!item) return undefined;
      const { bytes } = item;
      const address = bytes.readUInt32LE(ROOT_ITEM.address + 4) * 2 ** 32 + bytes.readUInt32LE(ROOT_ITEM.address);
      const directory = bytes.readUInt32LE(ROOT_ITEM.directory);
      return { id, root: { address, level: bytes.readUInt8(ROOT_ITEM.level) }, directory };
    },
    async defaultId() {
      const found = await items(OBJECT.directory, TYPE.directoryItem);
      const entry = found.find(({ bytes }) => nameText(bytes.subarray(30, 30 + bytes.readUInt16LE(27))) === 'default');
      return entry ? readKey(entry.bytes, 0).object : OBJECT.top;
    },
    isIn: async (child, parent) => (await items(parent, TYPE.rootReference, child, child)).length > 0,
  };
}
