import type { OwnedPath, PackageDatabase } from '../databases/index.ts';
import { withoutMerge } from '../merged-folders.ts';

/** Which package brought a path. */
export interface Ownership {
  of(path: string): OwnedPath | undefined;
  /** True where a package brought something below the folder. */
  below(folder: string): boolean;
  /** True where a package brought a file of this digest, wherever: its scripts put copies of it elsewhere. */
  packed(digest: string): boolean;
}

/** Answers for both names of a path on a system with a merged /usr. */
export function ownershipOf({ owned }: PackageDatabase): Ownership {
  let folders: ReadonlySet<string> | undefined;
  let digests: ReadonlySet<string> | undefined;
  return {
    of: (path) => owned.get(path) ?? owned.get(withoutMerge(path)) ?? owned.get(`/usr${path}`),
    below: (folder) => {
      folders ??= foldersOf(owned.keys());
      return folders.has(folder);
    },
    packed: (digest) => {
      digests ??= new Set([...owned.values()].flatMap(({ digest: known }) => known?.hex ?? []));
      return digests.has(digest);
    },
  };
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
