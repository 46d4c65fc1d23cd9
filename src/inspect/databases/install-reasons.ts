import type { InventoryPackage } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { readOr, readText } from '../read.ts';
import { readSqlite, readTable, type SqliteRow } from './sqlite.ts';

/** Why a package of an rpm system is there and where it came from, as far as its package manager recorded it. */
export interface InstallRecord {
  readonly reason?: InventoryPackage['reason'];
  readonly origin?: string | undefined;
  readonly asked?: true | undefined;
}

/** By `name.architecture`. */
export type InstallRecords = ReadonlyMap<string, InstallRecord>;

const DNF4 = '/var/lib/dnf/history.sqlite';
const DNF5 = '/usr/lib/sysimage/libdnf5/packages.toml';
const YUM = '/var/lib/yum/yumdb';
const HISTORY_LIMIT = 256 * 1024 * 1024;
/** Most packages whose records yum's folder of small files is asked for. */
const MOST_PACKAGES = 20_000;

/** What dnf 5, dnf 4 or yum recorded, in this order; empty where none of them did. Throws `Unreadable`. */
export async function readInstallRecords(tree: FileTree): Promise<InstallRecords> {
  const dnf5 = await readText(tree, DNF5);
  if (dnf5 !== undefined) return parseDnf5(dnf5);
  const dnf4 = await readSqlite(tree, DNF4, HISTORY_LIMIT);
  return dnf4 === undefined ? readYum(tree) : readDnf4(dnf4);
}

/** Lines of `"name.arch" = {reason = "User"}`, or tables of that name, below `[packages]` (dnf5's libdnf5/system/state.cpp). */
export function parseDnf5(text: string): InstallRecords {
  const inline = [...text.matchAll(/^"?([^"\s=[\]]+)"?\s*=\s*\{[^}]*\breason\s*=\s*"([^"]+)"/gm)];
  const tables = [...text.matchAll(/^\[packages\."?([^"\]]+)"?\]\s*\n\s*reason\s*=\s*"([^"]+)"/gm)];
  return new Map([...inline, ...tables].map(([, name = '', reason = '']) => [name, { reason: dnf5Reason(reason) }]));
}

function dnf5Reason(word: string): InventoryPackage['reason'] {
  return /^(?:User|External User|Group)$/i.test(word) ? 'manual' : 'dependency';
}

/** Reasons of libdnf's TransactionItemReason (libdnf/transaction/Types.hpp); a group is something a person, or the image's maker, asked for. */
const DNF4_REASONS: Readonly<Record<number, InventoryPackage['reason']>> = { 1: 'dependency', 2: 'manual', 4: 'dependency', 5: 'manual' };

/** The last word of dnf 4's history on each package. */
async function readDnf4(bytes: Uint8Array): Promise<InstallRecords> {
  const rpms = new Map((await readTable(bytes, 'rpm', ['item_id', 'name', 'arch'], DNF4)).map((row) => [row.item_id, row]));
  const repositories = new Map((await readTable(bytes, 'repo', ['id', 'repoid'], DNF4)).map((row) => [row.id, row.repoid]));
  const items = await readTable(bytes, 'trans_item', ['id', 'item_id', 'repo_id', 'reason'], DNF4);
  const asked = await askedOfDnf4(bytes);
  const inOrder = [...items].sort((left, right) => Number(left.id) - Number(right.id));
  return new Map(inOrder.flatMap((item) => dnf4Record(item, rpms.get(item.item_id ?? null), { repositories, asked })));
}

/** The names that somebody gave to `dnf install`; releases of dnf that kept no command lines have none. */
async function askedOfDnf4(bytes: Uint8Array): Promise<ReadonlySet<string>> {
  const lines = await readOr([], () => readTable(bytes, 'trans', ['cmdline'], DNF4));
  const installs = lines.value.map(({ cmdline }) => String(cmdline ?? '')).filter((line) => /\binstall\b/.test(line));
  return new Set(installs.flatMap((line) => line.split(/\s+/)));
}

interface Dnf4Facts {
  readonly repositories: ReadonlyMap<SqliteRow[string] | undefined, SqliteRow[string] | undefined>;
  readonly asked: ReadonlySet<string>;
}

function dnf4Record(
  item: SqliteRow,
  rpm: SqliteRow | undefined,
  { repositories, asked }: Dnf4Facts,
): readonly (readonly [string, InstallRecord])[] {
  if (rpm === undefined) return [];
  const repository = repositories.get(item.repo_id);
  const origin = typeof repository === 'string' && !repository.startsWith('@') ? repository : undefined;
  return [
    [`${rpm.name}.${rpm.arch}`, { reason: DNF4_REASONS[Number(item.reason)], origin, asked: asked.has(String(rpm.name)) || undefined }],
  ];
}

/** yum keeps a folder for each package: `<letter>/<digest>-<name>-<version>-<release>-<arch>/` with a file for each fact. */
async function readYum(tree: FileTree): Promise<InstallRecords> {
  const letters = (await tree.list(YUM)) ?? [];
  const folders = (await Promise.all(letters.map(({ path }) => tree.list(path)))).flatMap((nodes) => nodes ?? []);
  return new Map((await Promise.all(folders.slice(0, MOST_PACKAGES).map(({ path }) => yumRecord(tree, path)))).flat());
}

async function yumRecord(tree: FileTree, folder: string): Promise<readonly (readonly [string, InstallRecord])[]> {
  const [, name, architecture] = /\/[0-9a-f]+-(.+)-[^-]+-[^-]+-([^-/]+)$/.exec(folder) ?? [];
  const [reason, origin] = await Promise.all([readText(tree, `${folder}/reason`), readText(tree, `${folder}/from_repo`)]);
  if (name === undefined || reason === undefined) return [];
  return [[`${name}.${architecture}`, { reason: reason.trim() === 'user' ? 'manual' : 'dependency', origin: origin?.trim() }]];
}
