/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Which places are tried; always the same in CI. */
export const SEED = Number(process.env.REGILD_DISTURBANCES_SEED ?? 20_261_121);

/** In the order of chance, so that a run of the whole that is cut short has tried a sample too. */
export function shuffled<Item>(items: readonly Item[], chance: () => number): readonly Item[] {
  return items
    .map((one) => ({ one, at: chance() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
