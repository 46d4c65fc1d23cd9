import { Unreadable } from '../file-tree.ts';

const HEADER_BYTES = 32;
const SLOT_BYTES = 16;
const PAGE_BYTES = 4096;
const BLOB_HEAD_BYTES = 16;
const magic = (text: string) => [...text].reduce((value, letter, index) => value + letter.charCodeAt(0) * 256 ** index, 0);
const DATABASE = magic('RpmP');
const SLOT = magic('Slot');
const BLOB = magic('BlbS');

/**
 * The headers in rpm's own database format `ndb`, which SUSE uses (rpm's lib/backend/ndb/rpmpkg.cc): pages of slots, each of which says where the
 * blob of a package lies in blocks of 16 bytes. Little-endian. Throws `Unreadable`.
 */
export function readNdb(bytes: Uint8Array, place: string): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== DATABASE) throw new Unreadable(place, 'bad magic at byte 0');
  const version = view.getUint32(4, true);
  if (version !== 0) throw new Unreadable(place, `version ${version} of the format is not known`);
  const end = view.getUint32(12, true) * PAGE_BYTES;
  if (end > bytes.length) throw new Unreadable(place, `${bytes.length} bytes cannot hold ${end} bytes of slots`);
  const blobs: Uint8Array[] = [];
  for (let at = HEADER_BYTES; at + SLOT_BYTES <= end; at += SLOT_BYTES) {
    if (view.getUint32(at, true) !== SLOT) throw new Unreadable(place, `bad magic of a slot at byte ${at}`);
    const index = view.getUint32(at + 4, true);
    if (index !== 0) blobs.push(blobAt(view, bytes, { index, start: view.getUint32(at + 8, true) * SLOT_BYTES, place }));
  }
  return blobs;
}

interface Slot {
  readonly index: number;
  readonly start: number;
  readonly place: string;
}

function blobAt(view: DataView, bytes: Uint8Array, { index, start, place }: Slot): Uint8Array {
  const from = start + BLOB_HEAD_BYTES;
  if (from > bytes.length || view.getUint32(start, true) !== BLOB || view.getUint32(start + 4, true) !== index) {
    throw new Unreadable(place, `package ${index} does not lie at byte ${start}`);
  }
  const length = view.getUint32(start + 12, true);
  if (from + length > bytes.length) throw new Unreadable(place, `package ${index} reaches out of the file`);
  return bytes.subarray(from, from + length);
}
