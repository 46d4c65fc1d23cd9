/** A DER value (ITU-T X.690): tag, length, content; constructed ones hold others. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

/** SEQUENCE of values. */
export function sequence(...values: readonly Uint8Array[]): Buffer {
  return der(0x30, ...values);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** BIT STRING without unused bits, or with the number of them given. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return der(0x03, Buffer.from([unused]), content);
}

/** INTEGER from big-endian bytes, kept positive and as short as DER demands: a needless leading zero makes the whole certificate invalid. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const significant = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return der(0x02, (significant[0] ?? 0) > 0x7f ? Buffer.from([0]) : Buffer.alloc(0), significant);
}

/** UTCTime in whole seconds, which RFC 5280 wants for years before 2050. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  return size < 0x100 ? Buffer.from([0x81, size]) : Buffer.from([0x82, size >> 8, size & 0xff]);
}

function base128(value: number): readonly number[] {
  const high = value >> 7;
  return high === 0 ? [value] : [...base128(high).map((byte) => byte | 0x80), value & 0x7f];
}
