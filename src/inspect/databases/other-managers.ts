import type { Unread } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { expandGlob } from '../glob.ts';

interface OtherManager {
  readonly name: string;
  /** What it leaves where it has installed something. */
  readonly globs: readonly string[];
}

/** Package managers that are not read, by where each keeps what it installed (its own documentation of its files). */
const OTHERS: readonly OtherManager[] = [
  { name: 'apk', globs: ['/lib/apk/db/installed', '/usr/lib/apk/db/installed'] },
  { name: 'pacman', globs: ['/var/lib/pacman/local/*-*'] },
  { name: 'Portage', globs: ['/var/db/pkg/*-*/*'] },
  { name: 'Nix', globs: ['/nix/var/nix/db/db.sqlite'] },
  { name: 'Guix', globs: ['/var/guix/db/db.sqlite'] },
  { name: 'XBPS', globs: ['/var/db/xbps/pkgdb-*.plist'] },
  { name: 'swupd', globs: ['/usr/share/clear/bundles/os-core'] },
  { name: 'opkg', globs: ['/usr/lib/opkg/status', '/var/lib/opkg/status'] },
  { name: 'pkgtools', globs: ['/var/lib/pkgtools/packages/*', '/var/log/packages/*-*-*-*'] },
  { name: 'Flatpak', globs: ['/var/lib/flatpak/app/*'] },
  { name: 'Homebrew', globs: ['/home/linuxbrew/.linuxbrew/Cellar/*'] },
  { name: 'conda', globs: ['/opt', '/opt/*', '/usr/local/*', '/root/*', '/home/*/*'].map((folder) => `${folder}/conda-meta/history`) },
];

/** What package managers that are not read have installed: where each keeps that. Throws `Unreadable`. */
export async function otherManagers(tree: FileTree): Promise<readonly Unread[]> {
  const found = await Promise.all(OTHERS.map(async (manager) => ({ manager, nodes: await traces(tree, manager) })));
  return found.flatMap(({ manager, nodes }) =>
    nodes.map((path) => ({ place: path, reason: `${manager.name} is not read: what it installed is told as files, if at all` })),
  );
}

/** A folder of packages is one place, whatever is in it. */
async function traces(tree: FileTree, { globs }: OtherManager): Promise<readonly string[]> {
  const nodes = await Promise.all(globs.map((glob) => expandGlob(tree, glob)));
  return [...new Set(nodes.flatMap((found, index) => found.map(({ path }) => placeOf(path, globs[index] ?? ''))))];
}

function placeOf(path: string, glob: string): string {
  const folder = glob.slice(0, glob.lastIndexOf('/', glob.indexOf('*')));
  return glob.includes('conda-meta') ? path.replace(/\/history$/, '') : glob.includes('*') ? folder : path;
}
