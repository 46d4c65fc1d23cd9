import { reading } from '../guard.ts';
import { type Cells, MOST_NAMES } from './cells.ts';
import { nameOf, type RegistryValue, readValue } from './value.ts';

const NONE = 0xffff_ffff;
const LATIN_NAME = 0x20;
/** All values of one key (bytes): a broken hive may name one large cell many times. */
const MOST_BYTES = 16 * 2 ** 20;

/** A key of a hive. Names have no case. Every method throws Unreadable where the structure is broken. */
export interface RegistryKey {
  readonly name: string;
  /** Keys right below it, in the order of the hive. */
  subkeys(): Promise<readonly RegistryKey[]>;
  /** The key that a path of names leads to, `\` between them. */
  subkey(path: string): Promise<RegistryKey | undefined>;
  values(): Promise<readonly RegistryValue[]>;
  value(name: string): Promise<RegistryValue | undefined>;
}

/** Reads the cell of a key; what lies below is read when it is asked for. Throws Unreadable. */
export function readKey(cells: Cells, offset: number): Promise<RegistryKey> {
  const place = `${cells.place}: key at ${offset}`;
  return reading(place, async () => {
    const cell = await cells.at(offset);
    if (cell.toString('latin1', 0, 2) !== 'nk') throw new RangeError('bad magic');
    const isLatin = (cell.readUInt16LE(2) & LATIN_NAME) !== 0;
    const name = nameOf(cell, { at: 76, length: cell.readUInt16LE(72), isLatin });
    const below = { count: cell.readUInt32LE(20), list: cell.readUInt32LE(28) };
    const held = { count: cell.readUInt32LE(36), list: cell.readUInt32LE(40) };
    const values = () => reading(place, () => valuesOf(cells, held));
    return {
      name,
      subkeys: () => reading(place, async () => keysAt(cells, await namesOf(cells, below))),
      subkey: (path) => reading(place, () => descend(cells, below, path)),
      values,
      value: async (wanted) => (await values()).find((value) => sameName(value.name, wanted)),
    };
  });
}

/** Where the names below a key, or its values, are listed. */
interface Listed {
  readonly count: number;
  readonly list: number;
}

interface ListedKey {
  readonly offset: number;
  /** A hash of the name, where the list holds one. */
  readonly hash?: number | undefined;
}

async function descend(cells: Cells, below: Listed, path: string): Promise<RegistryKey | undefined> {
  const [name = '', ...rest] = path.split('\\');
  const hash = hashOf(name);
  const likely = (await namesOf(cells, below)).filter((each) => each.hash === undefined || each.hash === hash);
  const found = (await keysAt(cells, likely)).find((key) => sameName(key.name, name));
  return rest.length === 0 ? found : found?.subkey(rest.join('\\'));
}

/** Keys are read one after the other, since a hive lies in the order in which it was written. */
async function keysAt(cells: Cells, listed: readonly ListedKey[]): Promise<readonly RegistryKey[]> {
  const keys: RegistryKey[] = [];
  for (const { offset } of listed) keys.push(await readKey(cells, offset));
  return keys;
}

async function namesOf(cells: Cells, { count, list }: Listed): Promise<readonly ListedKey[]> {
  if (count === 0 || list === NONE) return [];
  const cell = await cells.at(list);
  if (cell.toString('latin1', 0, 2) !== 'ri') return listedIn(cell);
  const parts: ListedKey[] = [];
  for (const { offset } of wordsOf(cell, 4)) {
    parts.push(...listedIn(await cells.at(offset)));
    if (parts.length > MOST_NAMES) throw new RangeError(`more than ${MOST_NAMES} keys`);
  }
  return parts;
}

function listedIn(cell: Buffer): readonly ListedKey[] {
  switch (cell.toString('latin1', 0, 2)) {
    case 'lh':
      return wordsOf(cell, 8);
    case 'lf':
      return wordsOf(cell, 8).map(({ offset }) => ({ offset }));
    case 'li':
      return wordsOf(cell, 4);
    default:
      throw new RangeError('a list of keys has a bad magic');
  }
}

function wordsOf(cell: Buffer, width: 4 | 8): readonly ListedKey[] {
  const count = cell.readUInt16LE(2);
  return Array.from({ length: count }, (_, index) => {
    const at = 4 + index * width;
    return { offset: cell.readUInt32LE(at), ...(width === 8 ? { hash: cell.readUInt32LE(at + 4) } : {}) };
  });
}

async function valuesOf(cells: Cells, { count, list }: Listed): Promise<readonly RegistryValue[]> {
  if (count === 0 || list === NONE) return [];
  if (count > MOST_NAMES) throw new RangeError(`more than ${MOST_NAMES} values`);
  const cell = await cells.at(list);
  const values: RegistryValue[] = [];
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const value = await readValue(cells, cell.readUInt32LE(index * 4));
    bytes += value.bytes.length;
    if (bytes > MOST_BYTES) throw new RangeError(`values of more than ${MOST_BYTES} bytes`);
    values.push(value);
  }
  return values;
}

function sameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

/** The hash that a list of the kind `lh` holds of each name. */
function hashOf(name: string): number {
  return [...name.toUpperCase()].reduce((hash, letter) => (Math.imul(hash, 37) + letter.charCodeAt(0)) >>> 0, 0);
}
