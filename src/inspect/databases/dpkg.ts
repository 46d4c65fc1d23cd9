import { compareText, type InventoryPackage, type Unread } from '../../model/index.ts';
import { type FileNode, type FileTree, inDiskOrder } from '../file-tree.ts';
import { type Read, readOr, readText } from '../read.ts';
import { type Divert, readDiversions } from './diversions.ts';
import { type OwnedPaths, OwnedPathTable } from './owned-paths.ts';
import { type PackageDatabase, toTime } from './package-database.ts';
import { type Paragraph, paragraphs } from './paragraphs.ts';

const FOLDER = '/var/lib/dpkg';
/** The status of a system with 5,000 packages has about 10 MB. */
const DATABASE_LIMIT = 64 * 1024 * 1024;
/** Images without apt's own package keep one status file for each package here (distroless). */
const STATUS_FOLDER = `${FOLDER}/status.d`;

/**
 * The packages of a Debian system, from dpkg's own files: `status`, `info/*.list`, `info/*.md5sums`, apt's `extended_states`. Undefined where the
 * system has no such database. Formats: deb-control(5), dpkg-query(1). Throws `Unreadable`.
 */
export async function readDpkg(tree: FileTree): Promise<PackageDatabase | undefined> {
  const status = await statusText(tree);
  if (status === undefined) return undefined;
  const all = paragraphs(status);
  const installed = all.filter(isInstalled);
  const automatic = await automaticPackages(tree);
  const asked = await askedPackages(tree);
  const info = new Map(((await tree.list(`${FOLDER}/info`)) ?? []).map((node) => [node.path, node]));
  const files = await ownedPaths(tree, installed, info);
  return {
    packages: installed.map((paragraph) => toPackage(paragraph, { automatic, asked, list: listNode(paragraph, info) })),
    owned: files.value,
    unread: [...brokenParagraphs(status, all), ...files.unread],
    unfinished: all
      .filter(isUnfinished)
      .map(({ Package = '', Status = '' }) => ({ place: `package ${Package}`, reason: `its state is \`${Status}\`` })),
  };
}

/** A status that ends within a line was cut, and a paragraph without a name, a state or a version was overwritten. */
function brokenParagraphs(status: string, all: readonly Paragraph[]): readonly Unread[] {
  const broken = all.filter(
    (each) => each.Package === undefined || each.Status === undefined || (isPresent(each) && each.Version === undefined),
  );
  return [
    ...(status === '' || status.endsWith('\n') ? [] : ['it ends within a line, so packages are missing']),
    ...(broken.length === 0 ? [] : [`${broken.length} of ${all.length} paragraphs lack a name, a state or a version`]),
  ].map((reason) => ({ place: `${FOLDER}/status`, reason }));
}

async function statusText(tree: FileTree): Promise<string | undefined> {
  const main = await readText(tree, `${FOLDER}/status`, DATABASE_LIMIT);
  const parts = ((await tree.list(STATUS_FOLDER)) ?? []).filter(({ type, path }) => type === 'file' && !path.endsWith('.md5sums'));
  const texts = await Promise.all(parts.map(async ({ path }) => withStatus((await readText(tree, path)) ?? '')));
  return main === undefined && texts.length === 0 ? undefined : [main ?? '', ...texts].join('\n\n');
}

/** Files of `status.d` have no status of their own: what is there is installed. */
function withStatus(text: string): string {
  return /^Status:/m.test(text) ? text : `Status: install ok installed\n${text}`;
}

function isInstalled(paragraph: Paragraph): boolean {
  return paragraph.Package !== undefined && paragraph.Version !== undefined && isPresent(paragraph);
}

/** States in which all files of a package are there (dpkg(1), package states). */
const PRESENT = ['installed', 'triggers-pending', 'triggers-awaited', 'half-configured', 'unpacked'];

function isPresent(paragraph: Paragraph): boolean {
  return PRESENT.includes(stateOf(paragraph));
}

/** Behind what is wanted and whether it is to be installed again. */
function stateOf({ Status = '' }: Paragraph): string {
  return Status.split(/\s+/)[2] ?? '';
}

function isUnfinished(paragraph: Paragraph): boolean {
  return ['half-installed', 'half-configured', 'unpacked'].includes(stateOf(paragraph)) || / reinstreq /.test(paragraph.Status ?? '');
}

/** What apt installed only because another package needs it, as `name:architecture` and `name`; undefined where apt never recorded it. */
async function automaticPackages(tree: FileTree): Promise<ReadonlySet<string> | undefined> {
  const text = await readText(tree, '/var/lib/apt/extended_states', DATABASE_LIMIT);
  if (text === undefined) return undefined;
  const marked = paragraphs(text).filter((paragraph) => paragraph['Auto-Installed'] === '1');
  return new Set(marked.flatMap(({ Package = '', Architecture = '' }) => [`${Package}:${Architecture}`, Package]));
}

/** The names that somebody gave to `apt install`, as far as apt's log reaches back. */
async function askedPackages(tree: FileTree): Promise<ReadonlySet<string>> {
  const text = (await readText(tree, '/var/log/apt/history.log', DATABASE_LIMIT)) ?? '';
  const lines = [...text.matchAll(/^Commandline: (?:\S*\/)?(?:apt|apt-get|aptitude)\b(.*\binstall\b.*)$/gm)];
  return new Set(lines.flatMap(([, words = '']) => words.split(/\s+/).map((word) => word.replace(/[:=/].*$/, ''))));
}

interface Marks {
  readonly automatic: ReadonlySet<string> | undefined;
  readonly asked: ReadonlySet<string>;
  readonly list: FileNode | undefined;
}

/** Debian Policy 2.5: a system without packages of these priorities is not one. */
const BASE_PRIORITIES = ['required', 'important'];

function toPackage(
  { Package = '', Version = '', Architecture, Priority = '', Essential }: Paragraph,
  { automatic, asked, list }: Marks,
): InventoryPackage {
  return {
    manager: 'deb',
    name: Package,
    version: Version,
    architecture: Architecture,
    reason: automatic === undefined ? undefined : isAutomatic(Package, Architecture, automatic) ? 'dependency' : 'manual',
    asked: asked.has(Package) || undefined,
    base: BASE_PRIORITIES.includes(Priority) || Essential === 'yes' || undefined,
    installed: list === undefined ? undefined : toTime(list.mtime),
  };
}

/** apt records packages for all architectures under the machine's own. */
function isAutomatic(name: string, architecture: string | undefined, automatic: ReadonlySet<string>): boolean {
  return automatic.has(architecture === 'all' ? name : `${name}:${architecture}`);
}

/** dpkg writes a package's list of files when it unpacks it. Packages for several architectures carry theirs in the name. */
function listNode({ Package, Architecture }: Paragraph, info: ReadonlyMap<string, FileNode>): FileNode | undefined {
  return info.get(`${FOLDER}/info/${Package}.list`) ?? info.get(`${FOLDER}/info/${Package}:${Architecture}.list`);
}

/** Files of dpkg that are read at the same time; their texts are garbage as soon as their paths are known. */
const AT_ONCE = 16;

async function ownedPaths(tree: FileTree, installed: readonly Paragraph[], info: ReadonlyMap<string, FileNode>): Promise<Read<OwnedPaths>> {
  const owned = new OwnedPathTable();
  await addUcfPaths(tree, owned);
  const divert = await readDiversions(tree);
  const files = inDiskOrder(
    installed.flatMap((paragraph) => filesOf(paragraph, { owned, divert, info })),
    ({ node }) => node,
  );
  const unread: Unread[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const part = files.slice(at, at + AT_ONCE);
    const read = ({ node, add }: InfoFile) => readOr(undefined, async () => add((await readText(tree, node.path, DATABASE_LIMIT)) ?? ''));
    for (const each of await Promise.all(part.map(read))) unread.push(...each.unread);
  }
  return { value: owned, unread };
}

/** A file of dpkg, and what takes what its text says. */
interface InfoFile {
  readonly node: FileNode;
  readonly add: (text: string) => void;
}

interface Known {
  readonly owned: OwnedPathTable;
  readonly divert: Divert;
  readonly info: ReadonlyMap<string, FileNode>;
}

/** What its maintainer packed as configuration comes before the digests of the rest. A package without a list of files owns nothing. */
function filesOf(paragraph: Paragraph, { owned, divert, info }: Known): readonly InfoFile[] {
  const list = listNode(paragraph, info);
  if (list === undefined) return [];
  const { Package: name = '' } = paragraph;
  const owner = owned.introduce(name);
  const addDigests = (digests: Iterable<readonly [string, string]>) => {
    for (const [path, hex] of digests) owned.addDigest(divert(path, name), owner, { algorithm: 'md5', hex });
  };
  addDigests(conffiles(paragraph.Conffiles ?? ''));
  const addPaths = (text: string) => {
    for (const path of text.split('\n')) if (path.startsWith('/') && path !== '/.') owned.add(divert(path, name), owner);
  };
  const sums = info.get(list.path.replace(/\.list$/, '.md5sums'));
  return [
    { node: list, add: addPaths },
    ...(sums === undefined ? [] : [{ node: sums, add: (text: string) => addDigests(checksums(text)) }]),
  ];
}

/** Configuration that ucf(1) put in place for a package: its digest in `hashfile`, its package in `registry`. */
async function addUcfPaths(tree: FileTree, owned: OwnedPathTable): Promise<void> {
  const [hashes, registry] = await Promise.all([readText(tree, '/var/lib/ucf/hashfile'), readText(tree, '/var/lib/ucf/registry')]);
  const packages = new Map([...(registry ?? '').matchAll(/^(\S+)\s+(\/\S+)$/gm)].map(([, name = '', path = '']) => [path, name]));
  for (const [, hex = '', path = ''] of (hashes ?? '').matchAll(/^([0-9a-f]{32})\s+(\/\S+)$/gm)) {
    const owner = owned.introduce(packages.get(path) ?? 'ucf');
    owned.add(path, owner);
    owned.addDigest(path, owner, { algorithm: 'md5', hex });
  }
}

/** Lines of `<md5>  <path without its first slash>`. */
function* checksums(text: string): Generator<readonly [string, string]> {
  for (const [, hex = '', path = ''] of text.matchAll(/^([0-9a-f]{32}) [ *](.+)$/gm)) yield [`/${path}`, hex];
}

/** Lines of ` <path> <md5>`, with `newconffile` for what was not unpacked, and `obsolete` or `remove-on-upgrade` behind. */
function* conffiles(text: string): Generator<readonly [string, string]> {
  for (const [, path = '', hex = ''] of text.matchAll(/^\s*(\/\S+) ([0-9a-f]{32})\b/gm)) yield [path, hex];
}

/** Sorted by name, then by architecture. */
export function sortPackages(packages: readonly InventoryPackage[]): readonly InventoryPackage[] {
  const key = ({ manager, name, architecture = '', version }: InventoryPackage) => [manager, name, architecture, version].join('\0');
  return [...packages].sort((left, right) => compareText(key(left), key(right)));
}
