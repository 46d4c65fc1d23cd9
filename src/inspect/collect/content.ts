import { createHash } from 'node:crypto';
import type { Catalog, ContentRule } from '../../catalog/schema.ts';
import { type ContentItem, compareText, PACKAGES_UNASKED, sha256 } from '../../model/index.ts';
import type { OwnedPath } from '../databases/index.ts';
import { type FileNode, type FileTree, inDiskOrder } from '../file-tree.ts';
import { shellPatterns } from '../glob.ts';
import { type Read, readOr } from '../read.ts';
import { walkTree } from '../walk.ts';
import { foldTrees } from './content-trees.ts';
import { OF_PEOPLE, type Ownership } from './ownership.ts';

interface Root {
  readonly path: string;
  /** True where the files of packages are compared with what was packed; programs are not, since that reads all of them. */
  readonly compared: boolean;
}

/** Where people put what makes an image theirs. */
const ROOTS: readonly Root[] = [
  ...['/etc', ...OF_PEOPLE].map((path) => ({ path, compared: true })),
  ...['/usr/bin', '/usr/sbin', '/usr/lib/systemd', '/usr/lib/udev/rules.d', '/usr/share/ca-certificates'].map((path) => ({
    path,
    compared: false,
  })),
];

/** The folders in which content is looked for. */
export const CONTENT_ROOTS: readonly string[] = ROOTS.map(({ path }) => path);

/** What an inventory does not tell of where packages are not known: as it stands in `unasked`. */
export const WITHOUT_PACKAGES: readonly string[] = [
  ...PACKAGES_UNASKED,
  'component *',
  'cron /etc/*',
  ...CONTENT_ROOTS.filter((path) => !OF_PEOPLE.includes(path)).map((path) => `content ${path}/*`),
];

/** Larger files (bytes) are told without a digest. */
export const DIGEST_LIMIT = 1024 * 1024;
const AT_ONCE = 16;

/** Files that no package brought and package files that were changed, below the folders of content; where packages are not known only those of people's own folders. Large trees are one item with their sum. */
export async function collectContent(
  tree: FileTree,
  ownership: Ownership,
  { contentRules }: Pick<Catalog, 'contentRules'>,
): Promise<Read<readonly ContentItem[]>> {
  const judge = treatments(contentRules);
  const walks = await Promise.all(
    ROOTS.filter(({ path }) => ownership.known || OF_PEOPLE.includes(path)).map(async (root) => ({
      root,
      walk: await walkTree(tree, root.path, ({ path }) => judge(path) !== 'scratch'),
    })),
  );
  const found = walks.flatMap(({ root, walk }) =>
    walk.value
      .filter(({ type, path }) => (type === 'file' || type === 'symlink') && judge(path) !== 'scratch')
      .map((node) => ({ root, node })),
  );
  const nodes = inDiskOrder(found, ({ node }) => node);
  const reads: Read<readonly ContentItem[]>[] = [];
  for (let at = 0; at < nodes.length; at += AT_ONCE) {
    const part = nodes.slice(at, at + AT_ONCE);
    reads.push(...(await Promise.all(part.map(({ root, node }) => readOr([], () => itemOf(tree, { root, node, ownership, judge }))))));
  }
  const items = foldTrees(
    reads.flatMap(({ value }) => value),
    CONTENT_ROOTS,
    ownership,
  );
  return {
    value: [...items].sort((left, right) => compareText(left.path, right.path)),
    unread: [...walks.flatMap(({ walk }) => walk.unread), ...reads.flatMap(({ unread }) => unread)],
  };
}

export type Judge = (path: string) => ContentRule['treatment'] | undefined;

/** What the catalog says of a path of that system: the first rule that fits. */
export function treatments(rules: readonly ContentRule[], system: ContentRule['os'] = 'linux'): Judge {
  const ours = rules.filter(({ os }) => os === system);
  const known = ours.map(({ treatment, paths }) => ({ treatment, expression: shellPatterns(paths) }));
  return (path) => known.find(({ expression }) => expression.test(path))?.treatment;
}

interface Subject {
  readonly root: Root;
  readonly node: FileNode;
  readonly ownership: Ownership;
  readonly judge: Judge;
}

async function itemOf(tree: FileTree, { root, node, ownership, judge }: Subject): Promise<readonly ContentItem[]> {
  const owned = ownership.of(node.path);
  if (owned !== undefined) {
    const changed = root.compared ? await changedItem(tree, node, owned) : [];
    return changed.map((item) => ({ ...item, origin: changedOrigin(judge(node.path)) }));
  }
  const generated = judge(node.path) !== undefined || (await isCopy(tree, node, ownership));
  return [{ ...(await describe(tree, node)), origin: generated ? 'generated' : 'unowned' }];
}

/** A package may own what programs write, as `setup` does with the accounts of an rpm system: such a change is nobody's, and may hold secrets. */
export function changedOrigin(treatment: ReturnType<Judge>): ContentItem['origin'] {
  return treatment === 'written' || treatment === 'identity' ? 'generated' : 'changed';
}

/** What a package's script made of the package's own files: a copy, such as the start files of a home, or a link to one. */
async function isCopy(tree: FileTree, { type, path, size }: FileNode, ownership: Ownership): Promise<boolean> {
  if (type === 'symlink') return leadsToPackage(path, (await tree.readlink(path)) ?? '', ownership);
  if (type !== 'file' || size === 0 || size > DIGEST_LIMIT) return false;
  const bytes = (await tree.read(path)) ?? new Uint8Array();
  return ['md5', 'sha256'].some((algorithm) => ownership.packed(createHash(algorithm).update(bytes).digest('hex')));
}

function leadsToPackage(path: string, target: string, ownership: Ownership): boolean {
  const absolute = target.startsWith('/') ? target : `${path.slice(0, path.lastIndexOf('/'))}/${target}`;
  return absolute.startsWith('/etc/alternatives/') || ownership.of(absolute) !== undefined;
}

async function changedItem(tree: FileTree, node: FileNode, { package: name, digest }: OwnedPath): Promise<readonly ContentItem[]> {
  if (node.type !== 'file' || digest === undefined || node.size > DIGEST_LIMIT) return [];
  const bytes = (await tree.read(node.path)) ?? new Uint8Array();
  if (createHash(digest.algorithm).update(bytes).digest('hex') === digest.hex) return [];
  return [{ ...(await describe(tree, node)), origin: 'changed', package: name }];
}

async function describe(tree: FileTree, node: FileNode): Promise<Omit<ContentItem, 'origin'>> {
  const { path, size, uid, gid } = node;
  const shared = { path, bytes: size, mode: node.mode.toString(8).padStart(4, '0'), owner: `${uid}:${gid}` };
  if (node.type === 'symlink') return { ...shared, kind: 'link', target: await tree.readlink(path) };
  if (size > DIGEST_LIMIT) return { ...shared, kind: 'file' };
  const bytes = (await tree.read(path, { length: DIGEST_LIMIT })) ?? new Uint8Array();
  return { ...shared, kind: 'file', sha256: sha256(bytes) };
}
