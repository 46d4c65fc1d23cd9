import type { BlockSource } from '../../blocks/block-source.ts';
import { readU64LE } from '../../bytes.ts';
import { type LvmSection, parseLvmText } from './metadata-text.ts';

const SECTOR = 512;
const LABEL = 'LABELONE';
const LABEL_SECTORS = 4;
const ID = 32;
const AREA_HEADER = 512;
/** A volume group of thousands of volumes needs less. */
const LARGEST_TEXT = 16 * 2 ** 20;
const MOST_AREAS = 16;

/** A disk or partition that belongs to a volume group. */
export interface PhysicalVolume {
  /** 32 characters, without dashes. */
  readonly id: string;
  readonly source: BlockSource;
  /** What it says of its group; undefined when its copy of the metadata is empty. */
  readonly metadata: LvmSection | undefined;
}

/** Reads the label and the metadata of a physical volume (lvm2: lib/format_text/layout.h). Throws RangeError for what is broken. */
export async function readPhysicalVolume(source: BlockSource): Promise<PhysicalVolume> {
  const head = await source.read(0, LABEL_SECTORS * SECTOR);
  const label = [0, 1, 2, 3].map((sector) => sector * SECTOR).find((at) => head.toString('latin1', at, at + LABEL.length) === LABEL);
  if (label === undefined) throw new RangeError('no label of LVM in the first four sectors');
  const header = label + head.readUInt32LE(label + 20);
  const areas = areasOf(head, header + ID + 8);
  return { id: head.toString('latin1', header, header + ID), source, metadata: await readMetadata(source, areas) };
}

interface Area {
  readonly offset: number;
  readonly size: number;
}

/** Two lists follow one another, of areas of data and of metadata, each with zeroes at its end. */
function areasOf(head: Buffer, first: number): readonly Area[] {
  const lists: Area[][] = [[], []];
  let at = first;
  for (const list of lists) {
    for (;;) {
      const area = { offset: readU64LE(head, at), size: readU64LE(head, at + 8) };
      at += 16;
      if (area.offset === 0) break;
      list.push(area);
      if (list.length > MOST_AREAS) throw new RangeError('too many areas on a physical volume');
    }
  }
  return lists[1] ?? [];
}

async function readMetadata(source: BlockSource, areas: readonly Area[]): Promise<LvmSection | undefined> {
  for (const { offset, size } of areas) {
    const header = await source.read(offset, AREA_HEADER);
    const start = readU64LE(header, 40);
    const length = readU64LE(header, 48);
    if (start === 0 || length === 0) continue;
    if (length > LARGEST_TEXT || start >= size) throw new RangeError(`${length} bytes of LVM's metadata`);
    // The text goes round in its area, behind the header.
    const wrapped = Math.max(0, start + length - size);
    const pieces = [await source.read(offset + start, length - wrapped), await source.read(offset + AREA_HEADER, wrapped)];
    return parseLvmText(Buffer.concat(pieces).toString('latin1'));
  }
  return undefined;
}
