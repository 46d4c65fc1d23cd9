import type { Path } from './problem.ts';

/** The value without the parts at the given paths, so that what is sound can still be checked. A list that loses an item goes as a whole. */
export function prune(value: unknown, broken: readonly Path[]): unknown {
  if (broken.some((path) => path.length === 0)) return undefined;
  if (Array.isArray(value)) return broken.length > 0 ? undefined : value;
  if (typeof value !== 'object' || value === null || broken.length === 0) return value;
  const kept = Object.entries(value).map(
    ([key, item]) =>
      [
        key,
        prune(
          item,
          broken.filter(([first]) => first === key).map(([, ...rest]) => rest),
        ),
      ] as const,
  );
  return Object.fromEntries(kept.filter(([, item]) => item !== undefined));
}
