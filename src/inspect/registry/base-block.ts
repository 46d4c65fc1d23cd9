import { Unreadable } from '../file-tree.ts';

/** Bytes before the first bin of a hive; offsets of cells count from here. */
export const BINS_START = 4096;
const CHECKED_BYTES = 508;
const VERSION = { major: 1, leastMinor: 2, mostMinor: 6 } as const;
/** Hives hold their data in cells since this minor version, and long values in segments. */
const BIG_DATA_SINCE = 4;

/** What the first sector of a hive says. */
export interface BaseBlock {
  /** Equal in a hive that was written to its end. */
  readonly sequence: { readonly primary: number; readonly secondary: number };
  /** Offset of the root key's cell. */
  readonly root: number;
  /** Bytes of all bins. */
  readonly binsBytes: number;
  /** Long values lie in segments. */
  readonly hasBigData: boolean;
  /** False where the sector itself was not written to its end. */
  readonly isSound: boolean;
}

/** Reads the base block of a hive (msuhanov/regf: Windows registry file format specification, as all of this folder). Throws Unreadable for what is none. */
export function readBaseBlock(bytes: Buffer, place: string): BaseBlock {
  if (bytes.toString('latin1', 0, 4) !== 'regf') throw new Unreadable(place, 'bad magic at byte 0');
  const [major, minor] = [bytes.readUInt32LE(20), bytes.readUInt32LE(24)];
  if (major !== VERSION.major || minor < VERSION.leastMinor || minor > VERSION.mostMinor) {
    throw new Unreadable(place, `version ${major}.${minor} of the format is not known`);
  }
  return {
    sequence: { primary: bytes.readUInt32LE(4), secondary: bytes.readUInt32LE(8) },
    root: bytes.readUInt32LE(36),
    binsBytes: bytes.readUInt32LE(40),
    hasBigData: minor >= BIG_DATA_SINCE,
    isSound: bytes.readUInt32LE(CHECKED_BYTES) === checksum(bytes),
  };
}

/** All words xor-ed; the two results that mean "none" are moved by one. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < CHECKED_BYTES; at += 4) sum ^= bytes.readInt32LE(at);
  return sum === -1 ? 0xfffffffe : sum === 0 ? 1 : sum >>> 0;
}
