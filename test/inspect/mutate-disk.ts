import { type BlockSource, checkRange } from '../../src/inspect/blocks/block-source.ts';
import { type FileTree, Unreadable } from '../../src/inspect/file-tree.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';

/** A sequence of numbers that a seed gives (xorshift), each from 0 up to its argument. */
export function sequence(seed: number): (below: number) => number {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** The sectors of 512 bytes that a walk reads to find all nodes: changing the content of files would test nothing. */
export async function structureSectors(bytes: Buffer): Promise<readonly number[]> {
  const sectors = new Set<number>();
  await survive(
    {
      size: bytes.length,
      async read(offset, length) {
        checkRange(bytes.length, offset, length);
        // What is read to see that there is nothing would dilute the rest.
        for (let at = Math.floor(offset / 512); at * 512 < offset + length; at += 1) {
          if (bytes.subarray(at * 512, at * 512 + 512).some((byte) => byte !== 0)) sectors.add(at);
        }
        return bytes.subarray(offset, offset + length);
      },
    },
    0,
  );
  return [...sectors];
}

/** Changes a few places as a seed says, and gives what undoes it. */
export function mutate(bytes: Buffer, sectors: readonly number[], seed: number): () => void {
  const random = sequence(seed);
  const undo: (() => void)[] = [];
  for (let count = 1 + random(8); count > 0; count -= 1) {
    const at = (sectors[random(sectors.length)] ?? 0) * 512 + random(509);
    const before = Buffer.from(bytes.subarray(at, at + 4));
    undo.push(() => before.copy(bytes, at));
    change(bytes, at, random);
  }
  return () => {
    for (const step of undo.reverse()) step();
  };
}

function change(bytes: Buffer, at: number, random: (below: number) => number): void {
  switch (random(5)) {
    case 0:
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random(8)), at);
      break;
    case 1:
      bytes.fill(0xff, at, at + 4);
      break;
    case 2:
      bytes.fill(0, at, at + 4);
      break;
    case 3:
      bytes.writeUInt32LE(random(2 ** 31), at);
      break;
    default:
      bytes.writeUInt16LE(random(2 ** 16), at);
  }
}

/** The most nodes that a walk visits: a broken file system may claim more than anybody waits for. */
const MOST_NODES = 2000;

/**
 * Opens a disk and reads all that a walk finds, a little of each file. Resolves with how many nodes were read and how many refused; rejects with
 * whatever is not a clear refusal.
 */
export async function survive(source: BlockSource, bytesOfEach = 5000): Promise<{ readonly read: number; readonly refused: number }> {
  const disk = await openDisk(source);
  const trees = [...disk.roots.map(({ tree }) => tree), ...disk.volumes.flatMap(({ fileSystem }) => fileSystem?.tree ?? [])];
  let read = 0;
  let refused = disk.unread.length;
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refused += 1;
      return undefined;
    }
  };
  const walk = async (tree: FileTree, folder: string): Promise<void> => {
    for (const node of (await attempt(() => tree.list(folder))) ?? []) {
      if (read >= MOST_NODES) return;
      read += 1;
      if (bytesOfEach > 0) await attempt(() => tree.read(node.path, { length: bytesOfEach }));
      await attempt(() => tree.readlink(node.path));
      if (node.type === 'directory') await walk(tree, node.path);
    }
  };
  for (const tree of trees) await walk(tree, '/');
  return { read, refused };
}
