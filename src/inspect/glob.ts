import type { FileNode, FileTree } from './file-tree.ts';

/** Most paths that one pattern stands for. */
const MOST_PATHS = 10_000;
const WILD = /[*?[]/;

/** A shell's pattern (`*`, `?`, `[…]`) over whole texts; `*` also stands for `/`, as in `case`. */
export function shellPattern(pattern: string): RegExp {
  return new RegExp(`^${toExpression(pattern, '[\\s\\S]')}$`);
}

/** What any of these patterns fits, and nothing where there is none: one expression is tried much faster than many. */
export function shellPatterns(patterns: readonly string[]): RegExp {
  const each = patterns.map((pattern) => toExpression(pattern, '[\\s\\S]'));
  return new RegExp(`^(?:${each.length === 0 ? '(?!)' : each.join('|')})$`);
}

/**
 * The paths of a tree that match a shell's glob, in which no wildcard stands for `/` or for a leading dot; on `windows` case does not matter, and a
 * leading dot is a letter like any other. Links are not followed at the end.
 */
export async function expandGlob(tree: FileTree, glob: string, names: 'unix' | 'windows' = 'unix'): Promise<readonly FileNode[]> {
  const parts = glob.split('/').filter((part) => part !== '');
  let found: readonly string[] = [''];
  for (const part of parts) found = (await Promise.all(found.map((folder) => step(tree, folder, part, names)))).flat().slice(0, MOST_PATHS);
  const nodes = await Promise.all(found.map((path) => tree.stat(path, false)));
  return nodes.filter((node) => node !== undefined);
}

async function step(tree: FileTree, folder: string, part: string, names: 'unix' | 'windows'): Promise<readonly string[]> {
  if (!WILD.test(part)) return [`${folder}/${part}`];
  const dots = names === 'windows' || part.startsWith('.') ? '' : '(?!\\.)';
  const expression = new RegExp(`^${dots}${toExpression(part, '[^/]')}$`, names === 'windows' ? 'i' : '');
  const nodes = (await tree.list(folder === '' ? '/' : folder)) ?? [];
  return nodes.filter(({ path }) => expression.test(path.slice(path.lastIndexOf('/') + 1))).map(({ path }) => path);
}

/** Plain text and bracket expressions in turn: nearly all of a pattern is plain. */
function toExpression(pattern: string, any: string): string {
  const parts = pattern.split(/(\[!?\]?[^\]]*\])/);
  return parts.map((part, index) => (index % 2 === 0 ? toText(part, any) : toClass(part))).join('');
}

function toText(part: string, any: string): string {
  return part
    .replace(/[\\^$.|+()[\]{}/]/g, '\\$&')
    .replaceAll('*', `${any}*`)
    .replaceAll('?', any);
}

function toClass(brackets: string): string {
  return `[${brackets.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`;
}
