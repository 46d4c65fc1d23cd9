const CHUNK = 4096;
const PACKED = 0x8000;

/** Unpacks LZNT1 (MS-XCA 2.5) into so many bytes; what is missing at the end is zeroes. Throws RangeError for what cannot be unpacked. */
export function unpackLznt1(packed: Buffer, size: number): Buffer {
  const unpacked = Buffer.alloc(size);
  let from = 0;
  for (let to = 0; to < size && from + 2 <= packed.length; to += CHUNK) {
    const header = packed.readUInt16LE(from);
    if (header === 0) break;
    const end = from + 2 + (header & 0xfff) + 1;
    if (end > packed.length) throw new RangeError(`a packed chunk that ends at ${end} of ${packed.length} bytes`);
    if ((header & PACKED) === 0) packed.copy(unpacked, to, from + 2, end);
    else unpackChunk(packed, from + 2, end, unpacked, to);
    from = end;
  }
  return unpacked;
}

/** A byte says of eight symbols which are bytes as they are, and which are a distance and a length: the more came before, the more bits the distance has. */
function unpackChunk(packed: Buffer, start: number, end: number, unpacked: Buffer, base: number): void {
  let to = base;
  const limit = Math.min(base + CHUNK, unpacked.length);
  for (let from = start; from < end && to < limit; ) {
    const flags = packed.readUInt8(from);
    from += 1;
    for (let bit = 0; bit < 8 && from < end && to < limit; bit += 1) {
      if ((flags & (1 << bit)) === 0) {
        unpacked[to] = packed.readUInt8(from);
        from += 1;
        to += 1;
      } else {
        const symbol = packed.readUInt16LE(from);
        from += 2;
        const lengthBits = lengthBitsAt(to - base);
        const distance = (symbol >> lengthBits) + 1;
        if (distance > to - base) throw new RangeError(`a packed chunk that points ${distance} bytes back at ${to - base}`);
        const until = Math.min(limit, to + (symbol & ((1 << lengthBits) - 1)) + 3);
        for (; to < until; to += 1) unpacked[to] = unpacked.readUInt8(to - distance);
      }
    }
  }
}

function lengthBitsAt(position: number): number {
  let bits = 12;
  for (let rest = position - 1; rest >= 16; rest >>= 1) bits -= 1;
  return bits;
}
