import type { InventorySystem } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { readText } from '../read.ts';

type Named = Pick<InventorySystem, 'id' | 'version' | 'name'>;

/** Systems from before os-release(5) by the file in which each says its release, the most telling first: Oracle's has Red Hat's beside its own. */
const FILES: readonly { readonly path: string; readonly read: (text: string) => Named | undefined }[] = [
  { path: '/etc/oracle-release', read: (text) => released('ol', text) },
  { path: '/etc/redhat-release', read: (text) => released(ofRedHat(text), text) },
  { path: '/etc/system-release', read: (text) => released(ofRedHat(text), text) },
  { path: '/etc/lsb-release', read: ofLsb },
  { path: '/etc/SuSE-release', read: ofSuse },
  {
    path: '/etc/debian_version',
    read: (text) => (/^\d/.test(text) ? { id: 'debian', version: text.trim(), name: `Debian ${text.trim()}` } : undefined),
  },
];

/** What a system without os-release says of itself, in os-release's own words; nothing where it says nothing. Throws `Unreadable`. */
export async function olderRelease(tree: FileTree): Promise<Named> {
  for (const { path, read } of FILES) {
    const named = read((await readText(tree, path)) ?? '');
    if (named !== undefined) return named;
  }
  return {};
}

/** Beginnings of names, and the ids that os-release has for them. */
const IDS: readonly (readonly [begins: string, id: string])[] = [
  ['CentOS', 'centos'],
  ['Red Hat', 'rhel'],
  ['Fedora', 'fedora'],
  ['Scientific', 'scientific'],
  ['Amazon', 'amzn'],
];

function ofRedHat(text: string): string | undefined {
  return IDS.find(([begins]) => text.startsWith(begins))?.[1];
}

/** For example `CentOS release 6.10 (Final)`. */
function released(id: string | undefined, text: string): Named | undefined {
  const [, version] = /\brelease (\d+(?:\.\d+)*)/.exec(text) ?? [];
  return id === undefined || version === undefined ? undefined : { id, version, name: text.split('\n', 1)[0] };
}

function ofLsb(text: string): Named | undefined {
  const value = (key: string) => new RegExp(`^DISTRIB_${key}="?([^"\\n]+)"?$`, 'm').exec(text)?.[1];
  const [id, version] = [value('ID'), value('RELEASE')];
  return id === undefined || version === undefined ? undefined : { id: id.toLowerCase(), version, name: value('DESCRIPTION') };
}

/** The name, then `VERSION = 11` and `PATCHLEVEL = 4`. */
function ofSuse(text: string): Named | undefined {
  const [version, patch] = ['VERSION', 'PATCHLEVEL'].map((key) => new RegExp(`^${key} = (\\d[\\d.]*)$`, 'm').exec(text)?.[1]);
  if (version === undefined) return undefined;
  const id = text.startsWith('SUSE Linux Enterprise') ? 'sles' : 'opensuse';
  return { id, version: patch === undefined ? version : `${version}.${patch}`, name: text.split('\n', 1)[0] };
}
