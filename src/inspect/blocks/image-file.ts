import type { DiskFile } from '../../ports.ts';
import { Unreadable } from '../file-tree.ts';
import { reading } from '../guard.ts';
import { type BlockSource, readUpTo } from './block-source.ts';
import { cached } from './cache.ts';
import { isQcow2, openQcow2 } from './qcow2.ts';
import { isVhd, openVhd } from './vhd.ts';
import { isVmdk, openVmdk } from './vmdk.ts';

/** Bytes that are read of a file at once. */
const CHUNK = 512 * 1024;
const VHDX = 'vhdxfile';
/** Of a format with a structure of its own, its disk is what is worth keeping. */
const KEPT = { bytes: 16 * 2 ** 20 } as const;

/** The disk in a file, told by what the file begins or ends with: VHD, VMDK, qcow2, and all else is taken as raw. Throws Unreadable. */
export async function openImageFile(file: DiskFile): Promise<BlockSource> {
  const inside = cached(chunksOf(file), KEPT);
  const head = await readUpTo(inside, 0, 64);
  if (isQcow2(head)) return reading('qcow2', () => openQcow2(inside));
  if (isVmdk(head)) return reading('VMDK', () => openVmdk(inside));
  if (head.toString('latin1', 0, VHDX.length) === VHDX) throw new Unreadable('VHDX', 'is not read; convert it: qemu-img convert -O raw');
  return (await isVhd(inside)) ? reading('VHD', () => openVhd(inside)) : cached(chunksOf(file));
}

function chunksOf(file: DiskFile) {
  return {
    size: file.size,
    chunkSize: CHUNK,
    chunk: (index: number) => file.read(index * CHUNK, Math.min(CHUNK, file.size - index * CHUNK)),
  };
}
