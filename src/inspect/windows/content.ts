import { createHash } from 'node:crypto';
import type { Catalog } from '../../catalog/schema.ts';
import { type ContentItem, compareText, sha256 } from '../../model/index.ts';
import { DIGEST_LIMIT, treatments } from '../collect/content.ts';
import type { FileNode, FileTree } from '../file-tree.ts';
import { type Read, readOr } from '../read.ts';
import { walkTree } from '../walk.ts';
import { windowsPath } from './paths.ts';

/** NTFS has neither. */
const NO_MODE = { mode: '0755', owner: '0:0' } as const;

/** Folders and files right below the system drive that Windows did not make; a folder is one item, known by the names and sizes in it. */
export async function collectWindowsContent(
  tree: FileTree,
  { contentRules }: Pick<Catalog, 'contentRules'>,
): Promise<Read<readonly ContentItem[]>> {
  const judge = treatments(contentRules, 'windows');
  const made = ((await tree.list('/')) ?? []).filter(({ path }) => judge(windowsPath(path)) === undefined);
  const items: ContentItem[] = [];
  const unread: Read<unknown>['unread'][number][] = [];
  for (const node of made) {
    const read = await itemOf(tree, node);
    items.push(...read.value);
    unread.push(...read.unread);
  }
  return { value: items.sort((one, other) => compareText(one.path, other.path)), unread };
}

async function itemOf(tree: FileTree, node: FileNode): Promise<Read<readonly ContentItem[]>> {
  const shared = { path: windowsPath(node.path), origin: 'unowned', ...NO_MODE } as const;
  switch (node.type) {
    case 'file': {
      const { value: bytes, unread } =
        node.size > DIGEST_LIMIT ? { value: undefined, unread: [] } : await readOr(undefined, () => tree.read(node.path));
      return { value: [{ ...shared, kind: 'file', bytes: node.size, ...(bytes && { sha256: sha256(bytes) }) }], unread };
    }
    case 'symlink':
      return { value: [{ ...shared, kind: 'link', bytes: node.size, target: await tree.readlink(node.path) }], unread: [] };
    case 'directory': {
      const { value, unread } = await walkTree(tree, node.path);
      const files = value.filter(({ type }) => type === 'file');
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      return { value: [{ ...shared, kind: 'tree', bytes, files: files.length, sha256: digestOf(files) }], unread };
    }
    case 'other':
      return { value: [], unread: [] };
  }
}

function digestOf(files: readonly FileNode[]): string {
  const lines = files.map(({ path, size }) => `${windowsPath(path)}\t${size}\n`).sort(compareText);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
