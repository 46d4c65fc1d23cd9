/** The seed that the kernel takes for logs of hives, as two words: it is written with its upper word first. */
const SEED: readonly [low: number, high: number] = [0x7a4e55c5, 0x82ef4d88];

/** The Marvin32 hash of bytes, as a log of a hive holds it (US patent 20130262421; the seed: msuhanov/regf, "Log entries"). */
export function marvin32(bytes: Buffer): bigint {
  let state: State = SEED;
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) state = mix(state, bytes.readUInt32LE(at));
  const rest = bytes.subarray(whole);
  const last = [...rest].reduce((word, byte, index) => word + byte * 256 ** index, 0x80 * 256 ** rest.length);
  const [low, high] = mix(mix(state, last), 0);
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

type State = readonly [low: number, high: number];

function mix([before, high]: State, word: number): State {
  let low = (before + word) | 0;
  let upper = high ^ low;
  low = (rotate(low, 20) + upper) | 0;
  upper = rotate(upper, 9) ^ low;
  low = (rotate(low, 27) + upper) | 0;
  return [low, rotate(upper, 19)];
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
