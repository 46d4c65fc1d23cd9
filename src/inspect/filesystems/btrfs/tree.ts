import type { TreeRoot } from './superblock.ts';

/** Where an item stands in a tree: first by object, then by type, then by offset. */
export interface Key {
  readonly object: number;
  readonly type: number;
  readonly offset: number;
}

/** An item of a leaf. */
export interface Item {
  readonly key: Key;
  readonly bytes: Buffer;
}

const HEADER = 101;
const ITEM = 25;
const POINTER = 33;
/** The kernel's own limit (BTRFS_MAX_LEVEL). */
const LEVELS = 8;
/** Items of one answer, and nodes read for it; more are taken for a tree that is broken. */
const MOST = { items: 2_000_000, nodes: 200_000 } as const;

/** Reads nodes by their logical address; their address is compared with what they say themselves. */
export type ReadNode = (address: number) => Promise<Buffer>;

/** A key as it lies on the disk: numbers beyond 2^53 lose their last digits, and nothing that is looked for is so large. */
export function readKey(bytes: Buffer, at: number): Key {
  return { object: lossy(bytes, at), type: bytes.readUInt8(at + 8), offset: lossy(bytes, at + 9) };
}

function lossy(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 4) * 2 ** 32 + bytes.readUInt32LE(at);
}

/** The items of a tree from one key to another, both included, in order. Throws RangeError for a tree that is broken. */
export async function findItems(readNode: ReadNode, root: TreeRoot, from: Key, to: Key): Promise<readonly Item[]> {
  if (root.level >= LEVELS) throw new RangeError(`a tree of ${root.level} levels`);
  const walk = { readNode, from, to, nodes: 0 };
  const items = await walkNode(walk, root.address, root.level);
  if (items.length > MOST.items) throw new RangeError('a tree with too many items');
  return items;
}

interface Walk {
  readonly readNode: ReadNode;
  readonly from: Key;
  readonly to: Key;
  nodes: number;
}

async function walkNode(walk: Walk, address: number, level: number): Promise<readonly Item[]> {
  walk.nodes += 1;
  if (walk.nodes > MOST.nodes) throw new RangeError('a tree with too many nodes');
  const node = await walk.readNode(address);
  if (node.readUInt8(100) !== level)
    throw new RangeError(`a node of level ${node.readUInt8(100)} at ${address}, where level ${level} should be`);
  const count = node.readUInt32LE(96);
  if (HEADER + count * (level === 0 ? ITEM : POINTER) > node.length) throw new RangeError(`${count} items in a node at ${address}`);
  return level === 0
    ? itemsOf(walk, node, count)
    : (await Promise.all(childrenOf(walk, node, count).map((child) => walkNode(walk, child, level - 1)))).flat();
}

function itemsOf({ from, to }: Walk, node: Buffer, count: number): readonly Item[] {
  const items: Item[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = HEADER + index * ITEM;
    const key = readKey(node, at);
    if (compare(key, from) < 0 || compare(key, to) > 0) continue;
    const start = HEADER + node.readUInt32LE(at + 17);
    const end = start + node.readUInt32LE(at + 21);
    if (end > node.length) throw new RangeError(`an item that ends at ${end} of a node of ${node.length} bytes`);
    items.push({ key, bytes: Buffer.from(node.subarray(start, end)) });
  }
  return items;
}

/** A child holds keys from its own up to that of the next. */
function childrenOf({ from, to }: Walk, node: Buffer, count: number): readonly number[] {
  const keys = Array.from({ length: count }, (_, index) => readKey(node, HEADER + index * POINTER));
  return keys.flatMap((key, index) => {
    const next = keys[index + 1];
    const isMet = compare(key, to) <= 0 && (next === undefined || compare(next, from) >= 0);
    return isMet ? [lossy(node, HEADER + index * POINTER + 17)] : [];
  });
}

function compare(one: Key, other: Key): number {
  return one.object - other.object || one.type - other.type || one.offset - other.offset;
}
