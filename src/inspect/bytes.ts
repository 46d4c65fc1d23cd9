/** Unsigned 64 bits, little endian. Throws RangeError for a number that cannot be held exactly: no place on a disk is that large. */
export function readU64LE(bytes: Buffer, offset: number): number {
  return exact(bytes.readUInt32LE(offset + 4), bytes.readUInt32LE(offset));
}

/** Unsigned 64 bits, big endian. Throws RangeError for a number that cannot be held exactly. */
export function readU64BE(bytes: Buffer, offset: number): number {
  return exact(bytes.readUInt32BE(offset), bytes.readUInt32BE(offset + 4));
}

function exact(high: number, low: number): number {
  if (high > 0x1fffff) throw new RangeError(`0x${high.toString(16)}${low.toString(16).padStart(8, '0')} is no place on a disk`);
  return high * 2 ** 32 + low;
}

/** Text of a field of fixed length that ends at the first zero byte, as Latin-1. */
export function fieldText(bytes: Buffer, offset: number, length: number): string {
  const field = bytes.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end < 0 ? field.length : end);
}

/** A name or a link's target as a file system holds it: UTF-8, with a byte that is not part of any as `\xNN`, so that no two names become one. */
export function nameText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? escapeOddBytes(bytes) : text;
}

function escapeOddBytes(bytes: Buffer): string {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => at + count <= bytes.length && decodes(strict, bytes.subarray(at, at + count)));
    parts.push(length === undefined ? `\\x${bytes.toString('hex', at, at + 1)}` : bytes.toString('utf8', at, at + length));
    at += length ?? 1;
  }
  return parts.join('');
}

function decodes(strict: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): boolean {
  try {
    return strict.decode(bytes).length > 0;
  } catch {
    return false;
  }
}

/** Sixteen bytes as a UUID in lower case, in the order in which they lie. */
export function uuidText(bytes: Buffer, offset: number): string {
  return dashed(bytes.toString('hex', offset, offset + 16));
}

/** Sixteen bytes as a GUID in upper case: the first three parts are little endian (UEFI specification, appendix A). */
export function guidText(bytes: Buffer, offset: number): string {
  const swapped = Buffer.from(bytes.subarray(offset, offset + 16));
  swapped.subarray(0, 4).reverse();
  swapped.subarray(4, 6).reverse();
  swapped.subarray(6, 8).reverse();
  return dashed(swapped.toString('hex')).toUpperCase();
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
