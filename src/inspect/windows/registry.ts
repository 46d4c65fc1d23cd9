import type { FileTree } from '../file-tree.ts';
import { type Read, readOr } from '../read.ts';
import { openHive } from '../registry/hive.ts';
import type { RegistryKey } from '../registry/key.ts';
import { numberOf, textOf } from '../registry/value.ts';

/** The registry of a Windows system that does not run, by the paths that it has in a running one. Every method throws Unreadable. */
export interface Registry {
  /** Hives that are missing or broken, by the names of their files: what lies in them is not known. */
  readonly closed: readonly string[];
  /** For example `HKLM\SYSTEM\CurrentControlSet\Services`. */
  key(path: string): Promise<RegistryKey | undefined>;
  /** A value as text; undefined where there is none, or an empty one. */
  text(path: string, name: string): Promise<string | undefined>;
  number(path: string, name: string): Promise<number | undefined>;
  /** Keys right below a path; none where there is no such key. */
  below(path: string): Promise<readonly RegistryKey[]>;
}

const CONFIG = '/Windows/System32/config';
/** Where the kernel mounts which file (Windows Internals, "Hives"). */
const HIVES: readonly { readonly at: string; readonly file: string }[] = [
  { at: 'HKLM\\SYSTEM', file: 'SYSTEM' },
  { at: 'HKLM\\SOFTWARE', file: 'SOFTWARE' },
  { at: 'HKLM\\SAM', file: 'SAM' },
  { at: 'HKU\\.DEFAULT', file: 'DEFAULT' },
];
const CURRENT = /^CurrentControlSet(?=\\|$)/i;

/** Opens the hives of the system on a tree. One that is missing or broken is told, and what lies in it is not there. */
export async function openRegistry(tree: FileTree): Promise<Read<Registry>> {
  const opened = await Promise.all(
    HIVES.map(async ({ at, file }) => ({ at, file, read: await readOr(undefined, () => openHive(tree, `${CONFIG}/${file}`)) })),
  );
  const roots = opened.flatMap(({ at, read }) => (read.value === undefined ? [] : [{ at, root: read.value.value }]));
  const missing = opened.filter(({ read }) => read.value === undefined && read.unread.length === 0);
  return {
    value: {
      ...registryOf(roots, await currentControlSet(roots)),
      closed: opened.filter(({ read }) => read.value === undefined).map(({ file }) => file),
    },
    unread: [
      ...opened.flatMap(({ read }) => [...read.unread, ...(read.value?.unread ?? [])]),
      ...missing.map(({ file }) => ({ place: `${CONFIG}/${file}`, reason: 'there is no such hive of the registry' })),
    ],
  };
}

interface MountedHive {
  readonly at: string;
  readonly root: RegistryKey;
}

/** The kernel makes `CurrentControlSet` a link when it starts, as `Select` says. */
async function currentControlSet(hives: readonly MountedHive[]): Promise<string> {
  const system = hives.find(({ at }) => at === 'HKLM\\SYSTEM')?.root;
  const current = await readOr(undefined, async () => numberOf(await (await system?.subkey('Select'))?.value('Current')));
  return `ControlSet${String(current.value ?? 1).padStart(3, '0')}`;
}

function registryOf(hives: readonly MountedHive[], controlSet: string): Omit<Registry, 'closed'> {
  const key = async (path: string) => {
    const hive = hives.find(({ at }) => startsWith(path, at));
    const rest = hive === undefined ? '' : path.slice(hive.at.length + 1).replace(CURRENT, controlSet);
    return rest === '' ? hive?.root : hive?.root.subkey(rest);
  };
  const value = async (path: string, name: string) => (await key(path))?.value(name);
  return {
    key,
    text: async (path, name) => {
      const found = await value(path, name);
      return (found && textOf(found)) || undefined;
    },
    number: async (path, name) => numberOf(await value(path, name)),
    below: async (path) => (await (await key(path))?.subkeys()) ?? [],
  };
}

function startsWith(path: string, at: string): boolean {
  const upper = path.toUpperCase();
  return upper === at.toUpperCase() || upper.startsWith(`${at.toUpperCase()}\\`);
}
