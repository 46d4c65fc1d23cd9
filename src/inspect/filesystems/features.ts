import { Unreadable } from '../file-tree.ts';

/**
 * Refuses a file system that uses what is not read: a feature of `known` (its bit by its name) that is in `notRead`, or a bit that nobody knows. Throws
 * Unreadable with the features by name.
 */
export function refuseFeatures(used: number, known: Readonly<Record<string, number>>, notRead: readonly string[], place: string): void {
  const all = Object.entries(known);
  const unread = all.filter(([name, bit]) => notRead.includes(name) && (used & bit) !== 0).map(([name]) => name);
  const unknown = (used & ~all.reduce((bits, [, bit]) => bits | bit, 0)) >>> 0;
  const names = unknown === 0 ? unread : [...unread, `0x${unknown.toString(16)}`];
  if (names.length > 0) throw new Unreadable(place, `has a feature that is not read: ${names.join(', ')}`);
}
