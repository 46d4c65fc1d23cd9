import { readU64LE } from '../../bytes.ts';
import { type DataRun, readDataRuns } from './data-runs.ts';

/** Types of attributes that are read. */
export const ATTRIBUTE = {
  standardInformation: 0x10,
  attributeList: 0x20,
  fileName: 0x30,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexRoot: 0x90,
  indexAllocation: 0xa0,
  bitmap: 0xb0,
  reparsePoint: 0xc0,
} as const;

const END = 0xffffffff;
const FLAG = { compressed: 0x1, encrypted: 0x4000 } as const;
/** The kernel of every attribute: what lies in the record is at most the record. */
const HEADER = 24;

/** An attribute of a file, or a part of one whose clusters are listed in several records. */
export interface Attribute {
  readonly type: number;
  readonly name: string;
  readonly encrypted: boolean;
  readonly value: ResidentValue | NonResidentValue;
}

/** A value in the record itself. */
export interface ResidentValue {
  readonly kind: 'resident';
  readonly bytes: Buffer;
}

/** A value in clusters. */
export interface NonResidentValue {
  readonly kind: 'clusters';
  /** The first cluster of the value that the runs are for. */
  readonly firstCluster: number;
  readonly runs: readonly DataRun[];
  /** Bytes; only the first part of an attribute says them. */
  readonly size: number;
  /** Bytes that were written; what follows is zeroes. */
  readonly written: number;
  /** Clusters that are packed together; 0 when nothing is. */
  readonly unit: number;
}

/** The attributes of a file record. Throws RangeError for one that leaves it. */
export function readAttributes(record: Buffer): readonly Attribute[] {
  const attributes: Attribute[] = [];
  for (let at = record.readUInt16LE(20); record.readUInt32LE(at) !== END; ) {
    const length = record.readUInt32LE(at + 4);
    if (length < HEADER || at + length > record.length) throw new RangeError(`an attribute of ${length} bytes at ${at}`);
    attributes.push(readAttribute(record.subarray(at, at + length)));
    at += length;
  }
  return attributes;
}

function readAttribute(bytes: Buffer): Attribute {
  const nameAt = bytes.readUInt16LE(10);
  const flags = bytes.readUInt16LE(12);
  return {
    type: bytes.readUInt32LE(0),
    name: bytes.toString('utf16le', nameAt, nameAt + bytes.readUInt8(9) * 2),
    encrypted: (flags & FLAG.encrypted) !== 0,
    value: bytes.readUInt8(8) === 0 ? resident(bytes) : nonResident(bytes, (flags & FLAG.compressed) !== 0),
  };
}

function resident(bytes: Buffer): ResidentValue {
  const start = bytes.readUInt16LE(20);
  const end = start + bytes.readUInt32LE(16);
  if (end > bytes.length) throw new RangeError(`a value that ends at ${end} of ${bytes.length} bytes`);
  return { kind: 'resident', bytes: bytes.subarray(start, end) };
}

function nonResident(bytes: Buffer, compressed: boolean): NonResidentValue {
  const firstCluster = readU64LE(bytes, 16);
  const isFirst = firstCluster === 0;
  return {
    kind: 'clusters',
    firstCluster,
    runs: readDataRuns(bytes, bytes.readUInt16LE(32)),
    size: isFirst ? readU64LE(bytes, 48) : 0,
    written: isFirst ? readU64LE(bytes, 56) : 0,
    unit: compressed && isFirst && bytes.readUInt16LE(34) > 0 ? 2 ** Math.min(bytes.readUInt16LE(34), 8) : 0,
  };
}
