import type { BlockSource } from '../../blocks/block-source.ts';
import { ATTRIBUTE, type Attribute, readAttributes } from './attribute.ts';
import type { BootSector } from './boot-sector.ts';
import { withoutFixups } from './fixups.ts';
import { attributeValue, type Value, wholeValue } from './value.ts';

const IN_USE = 0x1;
const DIRECTORY = 0x2;
const NUMBER_MASK = 2 ** 32;
/** A file whose attributes lie in more records is taken for a broken one. */
const MOST_RECORDS = 10_000;
const LARGEST_LIST = 2 ** 20;

/** A file as its record, and those that continue it, describe it. */
export interface FileRecord {
  readonly number: number;
  readonly isDirectory: boolean;
  readonly attributes: readonly Attribute[];
}

/** The master file table: every file of an NTFS by its number. */
export interface MasterFileTable {
  file(number: number): Promise<FileRecord>;
  /** The value of an attribute of a file, by its type and name; undefined when it has none. */
  value(file: FileRecord, type: number, name?: string): Value | undefined;
}

/** Opens the master file table, which is a file itself: its first record says where its others lie. */
export async function openMasterFileTable(disk: BlockSource, boot: BootSector): Promise<MasterFileTable> {
  const { recordSize, clusterSize, mft } = boot;
  const parse = (number: number, bytes: Buffer) => toRecord(number, withoutFixups(bytes, 'FILE'));
  const bootstrap = parse(0, await disk.read(mft, recordSize));
  const tableOf = (attributes: readonly Attribute[]) => attributeValue(disk, named(attributes, ATTRIBUTE.data, ''), clusterSize);
  const read = async (table: Value, number: number) => {
    const bytes = await table.read(number * recordSize, recordSize);
    if (bytes.length < recordSize) throw new RangeError(`there are ${Math.floor(table.size / recordSize)} files`);
    return parse(number, bytes);
  };
  const whole = async (table: Value, first: FileRecord) => {
    const list = named(first.attributes, ATTRIBUTE.attributeList, '');
    if (list.length === 0) return first;
    const others = referencesOf(await wholeValue(attributeValue(disk, list, clusterSize), LARGEST_LIST), first.number);
    const more = await Promise.all(others.map((number) => read(table, number)));
    return { ...first, attributes: [...first.attributes, ...more.flatMap(({ attributes }) => attributes)] };
  };
  const table = tableOf((await whole(tableOf(bootstrap.attributes), bootstrap)).attributes);
  return {
    file: async (number) => whole(table, await read(table, number)),
    value: ({ attributes }, type, name = '') => {
      const parts = named(attributes, type, name);
      return parts.length === 0 ? undefined : attributeValue(disk, parts, clusterSize);
    },
  };
}

/** Number of a file in a reference, which also says how often the number was used. */
export function fileNumber(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt16LE(at + 4) * NUMBER_MASK;
}

function toRecord(number: number, bytes: Buffer): FileRecord {
  const flags = bytes.readUInt16LE(22);
  if ((flags & IN_USE) === 0) throw new RangeError('is not in use');
  return { number, isDirectory: (flags & DIRECTORY) !== 0, attributes: readAttributes(bytes) };
}

/** The parts of an attribute, in the order of their clusters. */
function named(attributes: readonly Attribute[], type: number, name: string): readonly Attribute[] {
  const cluster = ({ value }: Attribute) => (value.kind === 'resident' ? 0 : value.firstCluster);
  return attributes.filter((one) => one.type === type && one.name === name).sort((one, other) => cluster(one) - cluster(other));
}

/** The other records that a list of attributes names. */
function referencesOf(list: Buffer, own: number): readonly number[] {
  const numbers = new Set<number>();
  for (let at = 0; at + 26 <= list.length; ) {
    numbers.add(fileNumber(list, at + 16));
    const length = list.readUInt16LE(at + 4);
    if (length < 26) throw new RangeError(`an entry of ${length} bytes in its list of attributes`);
    at += length;
  }
  numbers.delete(own);
  if (numbers.size > MOST_RECORDS) throw new RangeError(`its attributes lie in ${numbers.size} records`);
  return [...numbers];
}
