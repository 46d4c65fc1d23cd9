import type { FileNode, FileTree } from '../file-tree.ts';
import { expandGlob } from '../glob.ts';

/** What the variables of a path stand for on a disk, by their names in capitals; `*` is every account's. */
const VARIABLES: Readonly<Record<string, string>> = {
  SYSTEMDRIVE: '',
  SYSTEMROOT: '/Windows',
  WINDIR: '/Windows',
  PROGRAMFILES: '/Program Files',
  'PROGRAMFILES(X86)': '/Program Files (x86)',
  PROGRAMDATA: '/ProgramData',
  PUBLIC: '/Users/Public',
  USERPROFILE: '/Users/*',
};

/** The nodes that a path of Windows with variables and wildcards stands for; none where a variable is not known. */
export async function expandWindowsPath(tree: FileTree, path: string): Promise<readonly FileNode[]> {
  const expanded = path.replace(/%([^%]+)%/g, (whole, name: string) => VARIABLES[name.toUpperCase()] ?? whole);
  return expanded.includes('%') ? [] : expandGlob(tree, expanded.replaceAll('\\', '/'), 'windows');
}

/** A path of the disk as Windows writes it. */
export function windowsPath(path: string): string {
  return `C:${path.replaceAll('/', '\\')}`;
}
