import { type FileNode, type FileTree, inDiskOrder } from './file-tree.ts';
import { type Read, readOr } from './read.ts';
import { matchingLines } from './text-match.ts';

/** A pattern that is looked for in the lines of some files. */
export interface TextRule {
  readonly id: string;
  readonly pattern: RegExp;
  readonly files: readonly FileNode[];
}

/** Lines of a file that a rule matched. They may hold secrets: whoever reads them says what they are, not what they hold. */
export interface TextMatch {
  readonly id: string;
  readonly path: string;
  readonly lines: readonly string[];
}

/** Larger files (bytes) are no configuration. */
const LARGEST = 1024 * 1024;
const AT_ONCE = 16;
/** Most bytes that are looked through in all. */
const MOST_BYTES = 256 * 1024 * 1024;

/** What every rule finds, each file read once. Empty, large and unreadable files are passed over; the last are told. */
export async function scanTexts(tree: FileTree, rules: readonly TextRule[]): Promise<Read<readonly TextMatch[]>> {
  const byPath = new Map<string, { readonly node: FileNode; readonly rules: TextRule[] }>();
  for (const rule of rules) {
    for (const node of rule.files) {
      if (node.type !== 'file' || node.size === 0 || node.size > LARGEST) continue;
      const entry = byPath.get(node.path) ?? { node, rules: [] };
      entry.rules.push(rule);
      byPath.set(node.path, entry);
    }
  }
  const entries = [...byPath.values()].sort((left, right) => left.node.size - right.node.size);
  const within = inDiskOrder(upToBytes(entries, MOST_BYTES), ({ node }) => node);
  const reads: Read<readonly TextMatch[]>[] = [];
  for (let at = 0; at < within.length; at += AT_ONCE) {
    const part = within.slice(at, at + AT_ONCE);
    reads.push(...(await Promise.all(part.map((entry) => readOr([], () => matchesIn(tree, entry.node, entry.rules))))));
  }
  const left = entries.length - within.length;
  const cut = left === 0 ? [] : [{ place: '/', reason: `${left} files were not searched: more than ${MOST_BYTES} bytes of text` }];
  return { value: reads.flatMap(({ value }) => value), unread: [...reads.flatMap(({ unread }) => unread), ...cut] };
}

async function matchesIn(tree: FileTree, { path }: FileNode, rules: readonly TextRule[]): Promise<readonly TextMatch[]> {
  const bytes = await tree.read(path, { length: LARGEST });
  const text = new TextDecoder('latin1').decode(bytes ?? new Uint8Array());
  return [...new Set(rules)].flatMap(({ id, pattern }) => {
    const lines = matchingLines(text, pattern);
    return lines.length === 0 ? [] : [{ id, path, lines }];
  });
}

/** The small files first, so that the limit costs as few as possible. */
function upToBytes<Entry extends { readonly node: FileNode }>(entries: readonly Entry[], most: number): readonly Entry[] {
  let sum = 0;
  return entries.filter(({ node }) => {
    sum += node.size;
    return sum <= most;
  });
}
