import { readU64LE } from '../bytes.ts';
import { Unreadable } from '../file-tree.ts';
import type { BlockSource } from './block-source.ts';
import { cached } from './cache.ts';
import { unpack } from './unpack.ts';

const SECTOR = 512;
const MAGIC = 'KDMV';
const DESCRIPTOR = '# Disk DescriptorFile';
const FLAG = { zeroGrains: 0x4, packed: 0x10000 } as const;
/** Written where the directory of grains comes behind the grains: then a copy of the header at the end says where. */
const AT_END = 0xffffffff;
const MARKER = 12;
const DEFLATE = 1;

/** Whether a file begins as a VMDK does (VMware: Virtual Disk Format 5.0). */
export function isVmdk(head: Buffer): boolean {
  return head.toString('latin1', 0, MAGIC.length) === MAGIC || head.toString('latin1', 0, DESCRIPTOR.length) === DESCRIPTOR;
}

interface Header {
  readonly packed: boolean;
  readonly zeroGrains: boolean;
  /** Bytes. */
  readonly size: number;
  readonly grain: number;
  /** Grains that a table is for. */
  readonly perTable: number;
  /** Byte at which the directory begins. */
  readonly directory: number;
}

/** The disk in a VMDK of a single file: sparse, or stream-optimized as ExportImage writes it. Throws Unreadable for others, RangeError for what makes no sense. */
export async function openVmdk(file: BlockSource): Promise<BlockSource> {
  const head = await file.read(0, SECTOR);
  if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new Unreadable('VMDK', 'is a description of other files; convert it into one: qemu-img convert -O raw');
  }
  await refuseParent(file, head);
  const atEnd = head.readUInt32LE(56) === AT_END && head.readUInt32LE(60) === AT_END;
  const header = readHeader(atEnd ? await file.read(file.size - 2 * SECTOR, SECTOR) : head);
  const tables = Math.ceil(header.size / (header.grain * header.perTable));
  const directory = Buffer.from(await file.read(header.directory, tables * 4));
  return cached({
    size: header.size,
    chunkSize: header.grain,
    async chunk(index) {
      const table = directory.readUInt32LE(Math.floor(index / header.perTable) * 4);
      if (table === 0) return undefined;
      const grain = (await file.read(table * SECTOR + (index % header.perTable) * 4, 4)).readUInt32LE(0);
      if (grain === 0 || (header.zeroGrains && grain === 1)) return undefined;
      return readGrain(file, header, grain * SECTOR, index);
    },
  });
}

/** The description inside says what the disk is a difference to; all ones for nothing. */
async function refuseParent(file: BlockSource, head: Buffer): Promise<void> {
  const length = Math.min(readU64LE(head, 36), 128) * SECTOR;
  const text = (await file.read(readU64LE(head, 28) * SECTOR, length)).toString('latin1');
  const parent = /^parentCID\s*=\s*([0-9a-f]+)/im.exec(text)?.[1];
  if (parent !== undefined && parent.toLowerCase() !== 'ffffffff') {
    throw new Unreadable('VMDK', 'holds only differences to another file; consolidate the snapshots and give the result');
  }
}

function readHeader(bytes: Buffer): Header {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new RangeError('a VMDK without the header at its end');
  const flags = bytes.readUInt32LE(8);
  const grain = readU64LE(bytes, 20) * SECTOR;
  const perTable = bytes.readUInt32LE(44);
  if (grain < 4096 || grain > 2 ** 24 || !Number.isInteger(Math.log2(grain))) throw new RangeError(`grains of ${grain} bytes in a VMDK`);
  if (perTable === 0 || perTable > 2 ** 16) throw new RangeError(`tables of ${perTable} grains in a VMDK`);
  const packed = (flags & FLAG.packed) !== 0;
  if (packed && bytes.readUInt16LE(77) !== DEFLATE) throw new RangeError(`grains packed by the unknown method ${bytes.readUInt16LE(77)}`);
  return {
    packed,
    zeroGrains: (flags & FLAG.zeroGrains) !== 0,
    size: readU64LE(bytes, 12) * SECTOR,
    ...{ grain, perTable },
    directory: readU64LE(bytes, 56) * SECTOR,
  };
}

async function readGrain(file: BlockSource, { packed, grain, size }: Header, place: number, index: number): Promise<Buffer> {
  const length = Math.min(grain, size - index * grain);
  if (!packed) return file.read(place, length);
  const marker = await file.read(place, MARKER);
  const bytes = marker.readUInt32LE(8);
  if (bytes > grain * 2 + 1024) throw new RangeError(`grain ${index} of the VMDK claims ${bytes} packed bytes`);
  return unpack('zlib', await file.read(place + MARKER, bytes), grain);
}
