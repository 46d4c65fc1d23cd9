import type { LineCounter } from 'yaml';
import type { Place } from '../model/index.ts';
import { toPlace } from '../yaml-places.ts';
import type { Path } from './problem.ts';

/** Where a value stands in the text (character offsets), and how it was written there. */
export interface Spot {
  /** Absent for list items, which have no key. */
  readonly key: number | undefined;
  readonly value: number;
  /** The scalar exactly as written, for example `012` where the value is 12; undefined for mappings and lists. */
  readonly written: string | undefined;
}

/** Every value's spot, by the JSON of its path. */
export type Spots = ReadonlyMap<string, Spot>;

export function spotAt(spots: Spots, path: Path): Spot | undefined {
  return spots.get(JSON.stringify(path));
}

/** Line and column (1-based) of a path, or of the nearest value above it that stands in the text. */
export function placeOf(spots: Spots, counter: LineCounter, file: string, path: Path, at: 'key' | 'value'): Place {
  const spot = spotAt(spots, path);
  if (spot !== undefined) return toPlace(counter, file, at === 'key' ? (spot.key ?? spot.value) : spot.value);
  return path.length === 0 ? { file, line: 1, column: 1 } : placeOf(spots, counter, file, path.slice(0, -1), 'key');
}
