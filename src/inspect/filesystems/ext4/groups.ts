import type { BlockSource } from '../../blocks/block-source.ts';
import { SUPERBLOCK, type Superblock } from './superblock.ts';

/** The most groups whose free space is added up; a file system of 16 TiB has 131,072. */
const MOST_COUNTED = 2 ** 18;

/** Block in which the table of inodes of a group begins. Throws RangeError for a group that does not exist. */
export async function inodeTable(disk: BlockSource, superblock: Superblock, group: number): Promise<number> {
  const descriptor = await readDescriptor(disk, superblock, group);
  return descriptor.readUInt32LE(0x8) + (superblock.descriptorSize >= 64 ? descriptor.readUInt32LE(0x28) * 2 ** 32 : 0);
}

/** Blocks that are free, by the groups' own counts: the superblock's is only right after the file system was unmounted. */
export async function freeBlocks(disk: BlockSource, superblock: Superblock): Promise<number> {
  if (superblock.groups > MOST_COUNTED) throw new RangeError(`${superblock.groups} groups are more than are counted`);
  let free = 0;
  for (let group = 0; group < superblock.groups; group += 1) {
    const descriptor = await readDescriptor(disk, superblock, group);
    free += descriptor.readUInt16LE(0xc) + (superblock.descriptorSize >= 64 ? descriptor.readUInt16LE(0x2c) * 2 ** 16 : 0);
  }
  return free * superblock.blocksPerCluster;
}

async function readDescriptor(disk: BlockSource, superblock: Superblock, group: number): Promise<Buffer> {
  const { blockSize, descriptorSize, groups } = superblock;
  if (group >= groups) throw new RangeError(`group ${group} of ${groups}`);
  const perBlock = blockSize / descriptorSize;
  const offset = descriptorBlock(superblock, Math.floor(group / perBlock), perBlock) * blockSize + (group % perBlock) * descriptorSize;
  return disk.read(offset, descriptorSize);
}

/** Behind the superblock; with `meta_bg` at the head of the first group that the block describes (kernel: descriptor_loc). */
function descriptorBlock(superblock: Superblock, index: number, perBlock: number): number {
  const { blockSize, firstBlock, firstMetaGroup, blocksPerGroup, sparseSuper } = superblock;
  const superblockAt = Math.floor(SUPERBLOCK.offset / blockSize);
  if (firstMetaGroup === undefined || index < firstMetaGroup) return superblockAt + 1 + index;
  const group = index * perBlock;
  // Clusters of small blocks are counted from block 0, where no superblock is.
  const before = index === 0 && superblockAt > firstBlock ? 2 : 1;
  return firstBlock + group * blocksPerGroup + (!sparseSuper || holdsSuperblock(group) ? before : 0);
}

/** With `sparse_super` copies lie in groups 0, 1 and the powers of 3, 5 and 7. */
function holdsSuperblock(group: number): boolean {
  if (group <= 1) return true;
  return [3, 5, 7].some((base) => {
    let power = base;
    while (power < group) power *= base;
    return power === group;
  });
}
