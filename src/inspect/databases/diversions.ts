import type { FileTree } from '../file-tree.ts';
import { readText } from '../read.ts';

/** Where a package's file lies really: its own path, or where it was diverted to. */
export type Divert = (path: string, owner: string) => string;

/** The administrator's own diversions stand under this name, others under that of a package. */
const LOCAL = ':';

/**
 * Files of packages that were moved away so that another's, or the administrator's, can take their place (dpkg-divert(1)): three lines each, of the path,
 * where it lies since, and whom it was moved for. Throws `Unreadable`.
 */
export async function readDiversions(tree: FileTree): Promise<Divert> {
  const lines = ((await readText(tree, '/var/lib/dpkg/diversions')) ?? '').split('\n');
  const moved = new Map<string, { readonly to: string; readonly by: string }>();
  for (let at = 0; at + 2 < lines.length; at += 3) moved.set(lines[at] ?? '', { to: lines[at + 1] ?? '', by: lines[at + 2] ?? LOCAL });
  return (path, owner) => {
    const diversion = moved.get(path);
    return diversion === undefined || diversion.by === owner ? path : diversion.to;
  };
}
