import type { Vocabulary } from './schema.ts';

/** A variant's words, without those that only say "the plain one": `core-smalldisk` -> core, smalldisk. */
export function variantWords(variant: string | undefined, { words }: Pick<Vocabulary, 'words'>): ReadonlySet<string> {
  const parts = (variant ?? '').toLowerCase().split(/[^a-z0-9]+/);
  return new Set(parts.filter((word) => word !== '' && words.get(word)?.kind !== 'plain'));
}
