/** Bytes with a few of them changed, always the same for a seed: single bits, whole words of ones or zeroes, or the end cut off. */
export function mutate(bytes: Uint8Array, seed: number): Uint8Array {
  const next = random(seed);
  // A buffer's own slice would share its bytes with whoever else reads them.
  const copy = new Uint8Array(bytes).slice(0, next() % 10 === 0 ? next() % (bytes.length + 1) : bytes.length);
  const view = new DataView(copy.buffer);
  for (let change = next() % 8; change >= 0 && copy.length >= 4; change--) {
    // Structures lie at the front more often than anywhere else.
    const at = next() % Math.min(copy.length - 3, next() % 2 === 0 ? 512 : copy.length);
    const kind = next() % 3;
    if (kind === 0) view.setUint8(at, view.getUint8(at) ^ (1 << (next() % 8)));
    else view.setUint32(at, kind === 1 ? 0xffff_ffff : 0);
  }
  return copy;
}

/** Numerical Recipes' linear congruence: the same numbers on every machine. */
function random(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
