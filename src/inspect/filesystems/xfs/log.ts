import type { BlockSource } from '../../blocks/block-source.ts';

const SECTOR = 512;
const RECORD_MAGIC = 0xfeedbabe;
/** Bytes of a record that one block of its header describes. */
const CYCLE_SIZE = 32768;
const VERSION_2 = 2;
/** Flag of an operation that says: unmounted. */
const UNMOUNT = 0x20;
/** A record is at most 256 KiB, and its header eight blocks. */
const LONGEST_RECORD = 1024;

/**
 * Whether a log (a range of the disk) is clean, that is, its last record says that the file system was unmounted. Every sector begins with the number
 * of the round that wrote it, so that the head is found by halving (kernel: xlog_find_head). Throws RangeError for a log that is broken.
 */
export async function isLogClean(log: BlockSource): Promise<boolean> {
  const sectors = Math.floor(log.size / SECTOR);
  const first = await cycle(log, 0);
  if (first === 0) return true;
  const head = await findHead(log, sectors, first);
  // The log goes round: the last record may have begun at its end.
  const tail = await before(log, sectors, head);
  for (let at = tail.length - SECTOR; at >= 0; at -= SECTOR) {
    if (tail.readUInt32BE(at) === RECORD_MAGIC) return isUnmount(tail.subarray(at));
  }
  return false;
}

/** The sectors that were written last, in the order in which they were. */
async function before(log: BlockSource, sectors: number, head: number): Promise<Buffer> {
  const count = Math.min(LONGEST_RECORD, sectors);
  const fromStart = Math.min(count, head);
  const fromEnd = count - fromStart;
  const start = await log.read((head - fromStart) * SECTOR, fromStart * SECTOR);
  return fromEnd === 0 ? start : Buffer.concat([await log.read((sectors - fromEnd) * SECTOR, fromEnd * SECTOR), start]);
}

async function cycle(log: BlockSource, sector: number): Promise<number> {
  const bytes = await log.read(sector * SECTOR, 8);
  const begin = bytes.readUInt32BE(0);
  return begin === RECORD_MAGIC ? bytes.readUInt32BE(4) : begin;
}

/** The sector behind the one that was written last. */
async function findHead(log: BlockSource, sectors: number, first: number): Promise<number> {
  const last = await cycle(log, sectors - 1);
  if (last === first) return sectors;
  // The sectors of the round before follow the head, up to the end; none were written yet in the first round.
  let low = 0;
  let high = sectors - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((await cycle(log, middle)) === last) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether these sectors, up to the head, are one record with one operation, the unmount. */
function isUnmount(record: Buffer): boolean {
  const length = record.readUInt32BE(12);
  const size = (record.readUInt32BE(8) & VERSION_2) === 0 ? 0 : record.readUInt32BE(320);
  const headerSectors = size > CYCLE_SIZE ? Math.ceil(size / CYCLE_SIZE) : 1;
  const sectors = headerSectors + Math.ceil(length / SECTOR);
  if (sectors * SECTOR !== record.length || record.readUInt32BE(40) !== 1) return false;
  return (record.readUInt8(headerSectors * SECTOR + 9) & UNMOUNT) !== 0;
}
