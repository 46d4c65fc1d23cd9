import type { HiveKey, HiveValue } from './write-hive.ts';

/** Keys within each other from one path, the last holding `key`. */
export function at(path: string, key: HiveKey): HiveKey {
  return path.split('\\').reduceRight<HiveKey>((inner, name) => ({ keys: { [name]: inner } }), key);
}

/** Several trees of keys as one. */
export function merged(...trees: readonly HiveKey[]): HiveKey {
  const names = [...new Set(trees.flatMap(({ keys = {} }) => Object.keys(keys)))];
  const below = names.map((name) => [name, merged(...trees.flatMap(({ keys }) => keys?.[name] ?? []))] as const);
  return { values: Object.assign({}, ...trees.map(({ values = {} }) => values)), keys: Object.fromEntries(below) };
}

/** A key with these values. */
export function values(given: Readonly<Record<string, HiveValue>>): HiveKey {
  return { values: given };
}
