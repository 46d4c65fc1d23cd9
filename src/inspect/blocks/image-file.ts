import type { DiskFile } from '../../ports.ts';
import { Unreadable } from '../file-tree.ts';
import { reading } from '../guard.ts';
import { type BlockSource, readUpTo } from './block-source.ts';
import { cached } from './cache.ts';
import { isQcow2, openQcow2 } from './qcow2.ts';
import { isVhd, openVhd } from './vhd.ts';
import { isVmdk, openVmdk } from './vmdk.ts';

/** Bytes that are read of a file at once. */
const CHUNK = 128 * 1024;
const VHDX = 'vhdxfile';
/** What an image is sent in: an OVA is an archive of a description and its disks. */
const PACKED = [
  { name: 'OVA or tar', at: 257, magic: 'ustar', unpack: 'tar -xf' },
  { name: 'gzip', at: 0, magic: '\x1f\x8b\x08', unpack: 'gunzip' },
  { name: 'xz', at: 0, magic: '\xfd7zXZ\0', unpack: 'xz -d' },
  { name: 'Zstandard', at: 0, magic: '\x28\xb5\x2f\xfd', unpack: 'zstd -d' },
  { name: 'bzip2', at: 0, magic: 'BZh', unpack: 'bunzip2' },
  { name: 'zip', at: 0, magic: 'PK\x03\x04', unpack: 'unzip' },
  { name: '7-Zip', at: 0, magic: '7z\xbc\xaf\x27\x1c', unpack: '7z x' },
  { name: 'WIM', at: 0, magic: 'MSWIM\0\0\0', unpack: 'wimapply' },
] as const;
/** Of a format with a structure of its own, its disk is what is worth keeping. */
const KEPT = { bytes: 4 * 2 ** 20 } as const;

/** The disk in a file, told by what the file begins or ends with: VHD, VMDK, qcow2, and all else is taken as raw. Throws Unreadable. */
export async function openImageFile(file: DiskFile): Promise<BlockSource> {
  const inside = cached(chunksOf(file), KEPT);
  const head = await readUpTo(inside, 0, 512);
  if (isQcow2(head)) return reading('qcow2', () => openQcow2(inside));
  if (isVmdk(head)) return reading('VMDK', () => openVmdk(inside));
  if (head.toString('latin1', 0, VHDX.length) === VHDX) throw new Unreadable('VHDX', 'is not read; convert it: qemu-img convert -O raw');
  const packed = PACKED.find(({ at, magic }) => head.toString('latin1', at, at + magic.length) === magic);
  if (packed) throw new Unreadable(packed.name, `is not read; unpack it: ${packed.unpack}`);
  return (await isVhd(inside)) ? reading('VHD', () => openVhd(inside)) : cached(chunksOf(file));
}

function chunksOf(file: DiskFile) {
  return {
    size: file.size,
    chunkSize: CHUNK,
    chunk: (index: number) => file.read(index * CHUNK, Math.min(CHUNK, file.size - index * CHUNK)),
  };
}
