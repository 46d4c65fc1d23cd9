import { type BlockSource, readUpTo } from '../blocks/block-source.ts';
import { cached } from '../blocks/cache.ts';
import { type FileTree, Unreadable } from '../file-tree.ts';
import { reading } from '../guard.ts';
import type { Read } from '../read.ts';
import { BINS_START, readBaseBlock } from './base-block.ts';
import { cellsOf } from './cells.ts';
import { type RegistryKey, readKey } from './key.ts';
import { entriesToApply, isOlderLog, readLog } from './log.ts';
import { recoveredBytes } from './recovered-bytes.ts';

/** A larger log (bytes) is not played back. */
const LARGEST_LOG = 64 * 2 ** 20;
const CACHE = { chunkSize: 65_536, bytes: 16 * 2 ** 20 } as const;

/**
 * Opens a hive of the registry by its path in an image, with what its logs hold put back as Windows does at its next start. The root key; undefined
 * where there is no such file. What had to be put back, or could not be, is told. Throws Unreadable.
 */
export async function openHive(tree: FileTree, path: string): Promise<Read<RegistryKey> | undefined> {
  const file = await fileSource(tree, path);
  if (file === undefined) return undefined;
  const logs = async () =>
    (await Promise.all(['.LOG1', '.LOG2'].map((ending) => logOf(tree, `${path}${ending}`)))).filter((log) => log !== undefined);
  return rootOf(file, logs, `registry: ${path}`);
}

/** The root key of a hive's bytes. Its logs are asked for where they are needed. */
export function rootOf(file: BlockSource, logs: () => Promise<readonly Buffer[]>, place: string): Promise<Read<RegistryKey>> {
  return reading(place, async () => {
    const base = readBaseBlock(await file.read(0, BINS_START), place);
    const { primary, secondary } = base.sequence;
    const isDirty = !base.isSound || primary !== secondary;
    const files = isDirty ? await logs() : [];
    const entries = base.isSound ? entriesToApply(files.map(readLog), secondary) : [];
    const cells = cellsOf(recoveredBytes(file, entries), { place, hasBigData: base.hasBigData });
    return {
      value: await readKey(cells, base.root),
      unread:
        isDirty && entries.length === 0
          ? [
              {
                place,
                reason: `was not written to its end, and ${files.some(isOlderLog) ? OLDER : NONE_FITS}: what was written last may be missing`,
              },
            ]
          : [],
    };
  });
}

const OLDER = 'its log is of the kind that Windows before 8.1 writes, which is not read';
const NONE_FITS = 'no log of it fits';

/** A file of a tree as bytes by their place. */
async function fileSource(tree: FileTree, path: string): Promise<BlockSource | undefined> {
  const node = await tree.stat(path);
  if (node?.type !== 'file') return undefined;
  const chunk = (index: number) => tree.read(path, { offset: index * CACHE.chunkSize, length: CACHE.chunkSize });
  return cached({ size: node.size, chunkSize: CACHE.chunkSize, chunk }, { bytes: CACHE.bytes });
}

async function logOf(tree: FileTree, path: string): Promise<Buffer | undefined> {
  const file = await fileSource(tree, path);
  if (file === undefined || file.size === 0) return undefined;
  if (file.size > LARGEST_LOG) throw new Unreadable(`registry: ${path}`, `it has ${file.size} bytes, and at most ${LARGEST_LOG} are read`);
  return readUpTo(file, 0, file.size);
}
