import type { InventoryPackage, Unread } from '../../model/index.ts';
import type { OwnedPaths } from './owned-paths.ts';

/** What the database of a package manager says. */
export interface PackageDatabase {
  readonly packages: readonly InventoryPackage[];
  readonly owned: OwnedPaths;
  /** What of it is broken, so that packages or their files are missing. */
  readonly unread: readonly Unread[];
  /** Packages whose installation did not come to its end, and why that is known. */
  readonly unfinished: readonly Unread[];
}

/** ISO time of seconds since 1970; undefined for what is no time, such as the 0 of packages that never were installed by a person. */
export function toTime(seconds: number): string | undefined {
  return seconds > 0 && seconds < 4_102_444_800 ? new Date(seconds * 1000).toISOString() : undefined;
}
