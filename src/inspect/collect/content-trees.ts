import { type ContentItem, compareText, sha256 } from '../../model/index.ts';
import type { Ownership } from './ownership.ts';

/** A folder with more files than this, none of them a package's, is told as a whole. */
const MOST_FILES = 64;

/** The items, with those of each large folder that is wholly of people's making (a checkout, an unpacked program) as one tree. */
export function foldTrees(
  items: readonly ContentItem[],
  roots: readonly string[],
  ownership: Pick<Ownership, 'below'>,
): readonly ContentItem[] {
  const made = items.filter(({ origin }) => origin === 'unowned');
  const counts = countFolders(made, roots);
  const folders = [...counts].filter(([folder, count]) => count > MOST_FILES && !ownership.below(folder)).map(([folder]) => folder);
  const outermost = new Set(folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`))));
  const folderOf = (path: string) => [...ancestors(path)].find((folder) => outermost.has(folder));
  const inTrees = new Map<string, ContentItem[]>();
  for (const item of made) {
    const folder = folderOf(item.path);
    if (folder !== undefined) inTrees.set(folder, [...(inTrees.get(folder) ?? []), item]);
  }
  return [...items.filter((item) => item.origin !== 'unowned' || folderOf(item.path) === undefined), ...[...inTrees].map(toTree)];
}

/** How many items lie below each folder that is no root itself. */
function countFolders(items: readonly ContentItem[], roots: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of items) {
    for (const folder of ancestors(path)) {
      if (roots.includes(folder)) break;
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
  }
  return counts;
}

/** The folders of a path, nearest first. */
function* ancestors(path: string): Generator<string> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) yield path.slice(0, at);
}

/** The digest is of the list of names, sizes and digests. */
function toTree([path, items]: readonly [string, readonly ContentItem[]]): ContentItem {
  const lines = items.map((item) => `${item.path}\t${item.bytes}\t${item.sha256 ?? item.target ?? ''}\n`).sort(compareText);
  return {
    path,
    kind: 'tree',
    origin: 'unowned',
    bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
    files: items.length,
    sha256: sha256(lines.join('')),
    mode: '0755',
    owner: items[0]?.owner ?? '0:0',
  };
}
