import type { OwnedPath, OwnedPaths, SystemPackages } from '../databases/index.ts';
import { withoutMerge } from '../merged-folders.ts';

/** Which package brought a path. */
export interface Ownership {
  /** False where what packages brought is not known: a path without an owner may be a package's all the same. */
  readonly known: boolean;
  of(path: string): OwnedPath | undefined;
  /** True where it is known that no package brought a path: also where packages are not known, of what lies in a folder of people's. */
  nobodys(path: string): boolean;
  /** True where a package brought something below the folder. */
  below(folder: string): boolean;
  /** True where a package brought a file of this digest, wherever: its scripts put copies of it elsewhere. */
  packed(digest: string): boolean;
}

/** Where packages of a distribution put nothing (Filesystem Hierarchy Standard 3.0): what lies there is people's even where packages are not known. */
export const OF_PEOPLE: readonly string[] = ['/opt', '/srv', '/usr/local', '/var/www', '/home', '/root'];

/** Answers for both names of a path on a system with a merged /usr. */
export function ownershipOf({ owned, whole }: Pick<SystemPackages, 'owned' | 'whole'>): Ownership {
  let folders: ReadonlySet<string> | undefined;
  const of = (path: string) => owned.get(path) ?? owned.get(withoutMerge(path)) ?? owned.get(`/usr${path}`);
  return {
    known: whole,
    of,
    nobodys: (path) => of(path) === undefined && (whole || OF_PEOPLE.some((folder) => path.startsWith(`${folder}/`))),
    below: (folder) => {
      folders ??= foldersOf(owned);
      return folders.has(folder);
    },
    packed: (digest) => owned.hasDigest(digest),
  };
}

function foldersOf(owned: OwnedPaths): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const [path] of owned) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
