import fc from 'fast-check';

/** So many of these, chosen by the seed of random tests; with REGILD_PLANTED=all every one. */
export function sampled<Item>(items: readonly Item[], count: number): readonly Item[] {
  const size = Math.min(count, items.length);
  if (process.env.REGILD_PLANTED === 'all' || size === items.length) return items;
  return fc.sample(fc.shuffledSubarray([...items], { minLength: size, maxLength: size }), 1).flat();
}
