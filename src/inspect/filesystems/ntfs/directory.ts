import { isName, MOST_ENTRIES } from '../file-system.ts';
import { ATTRIBUTE } from './attribute.ts';
import { withoutFixups } from './fixups.ts';
import { type FileRecord, fileNumber, type MasterFileTable } from './master-file-table.ts';
import { wholeValue } from './value.ts';

/** A name and the number of its file. */
export interface DirectoryEntry {
  readonly name: string;
  readonly file: number;
}

const INDEX = '$I30';
/** Behind these in an index root and an index block lies the header of a node. */
const NODE = { root: 16, block: 24 } as const;
const ENTRY = 16;
const LAST = 0x2;
/** Offsets in the file name that is the key of an entry. */
const KEY = { length: 64, namespace: 65, name: 66 } as const;
/** Short names stand beside the long ones. */
const DOS = 2;

/** The names in a directory, in no order: of its root node, and of all index blocks that are in use. Throws RangeError for an index that is broken. */
export async function readDirectory(table: MasterFileTable, file: FileRecord, indexSize: number): Promise<readonly DirectoryEntry[]> {
  const root = table.value(file, ATTRIBUTE.indexRoot, INDEX);
  if (!root) throw new RangeError('has no index of names');
  const entries = [...nodeEntries(await wholeValue(root), NODE.root)];
  const blocks = table.value(file, ATTRIBUTE.indexAllocation, INDEX);
  const bitmap = table.value(file, ATTRIBUTE.bitmap, INDEX);
  if (!blocks || !bitmap) return entries;
  const [bytes, used] = await Promise.all([wholeValue(blocks), wholeValue(bitmap)]);
  for (let index = 0; (index + 1) * indexSize <= bytes.length; index += 1) {
    if (((used[index >> 3] ?? 0) & (1 << (index & 7))) === 0) continue;
    const block = withoutFixups(bytes.subarray(index * indexSize, (index + 1) * indexSize), 'INDX');
    for (const entry of nodeEntries(block, NODE.block)) entries.push(entry);
    if (entries.length > MOST_ENTRIES) throw new RangeError(`more than ${MOST_ENTRIES} names in a directory`);
  }
  return entries;
}

function* nodeEntries(block: Buffer, node: number): Generator<DirectoryEntry> {
  const end = Math.min(block.length, node + block.readUInt32LE(node + 4));
  for (let at = node + block.readUInt32LE(node); at + ENTRY <= end; ) {
    const length = block.readUInt16LE(at + 8);
    if ((block.readUInt32LE(at + 12) & LAST) !== 0) return;
    if (length < ENTRY || at + length > end) throw new RangeError(`an entry of ${length} bytes in its index of names`);
    const key = block.subarray(at + ENTRY, at + length);
    if (key.readUInt8(KEY.namespace) !== DOS) yield { name: nameOf(key), file: fileNumber(block, at) };
    at += length;
  }
}

function nameOf(key: Buffer): string {
  const end = KEY.name + key.readUInt8(KEY.length) * 2;
  if (end > key.length) throw new RangeError('a name that leaves its index entry');
  const name = key.toString('utf16le', KEY.name, end);
  if (!isName(name)) throw new RangeError(`the name ${JSON.stringify(name)} in a directory`);
  return name;
}
