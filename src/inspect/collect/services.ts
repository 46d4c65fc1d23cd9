import { type CronFile, compareText, type InventoryService, sha256 } from '../../model/index.ts';
import type { OwnedPath } from '../databases/index.ts';
import type { FileNode, FileTree } from '../file-tree.ts';
import { filesIn, meaningfulLines, readBytes, TEXT_LIMIT } from '../read.ts';
import type { Ownership } from './ownership.ts';

const ADMIN = '/etc/systemd/system';
const VENDOR = '/usr/lib/systemd/system';
/** Kinds of units that are started by themselves (systemd.unit(5)). */
const UNIT = /\.(?:service|timer|socket|path|mount|target|automount|swap)$/;

/**
 * The units that an administrator, a package's script or a preset enabled or masked: systemctl keeps both as links below /etc/systemd/system
 * (systemctl(1)). On a system without systemd the scripts that its run levels start. Sorted by name.
 */
export async function collectServices(tree: FileTree, ownership: Ownership): Promise<readonly InventoryService[]> {
  const nodes = (await tree.list(ADMIN)) ?? [];
  const folders = nodes.filter(({ type, path }) => type === 'directory' && /\.(?:wants|requires)$/.test(path));
  const wanted = (await Promise.all(folders.map(({ path }) => tree.list(path)))).flatMap((found) => found ?? []);
  const links = await Promise.all(nodes.filter(({ type }) => type === 'symlink').map((node) => withTarget(tree, node)));
  const masked = links.filter(({ target }) => target === '/dev/null').map(({ node }) => nameOf(node));
  const aliases = links.filter(({ target }) => target !== '/dev/null' && target !== '').map(({ node, target }) => aliased(node, target));
  const enabled = [...wanted.map(nameOf), ...aliases].filter((name) => UNIT.test(name) && !name.endsWith('.target'));
  const states = new Map<string, InventoryService['state']>([
    ...[...enabled, ...(await sysvServices(tree))].map((name) => [name, 'enabled'] as const),
    ...masked.map((name) => [name, 'masked'] as const),
  ]);
  return [...states]
    .map(([name, state]) => ({ name, state, package: unitOwner(name, ownership)?.package }))
    .sort((left, right) => compareText(left.name, right.name));
}

async function withTarget(tree: FileTree, node: FileNode): Promise<{ readonly node: FileNode; readonly target: string }> {
  return { node, target: (await tree.readlink(node.path)) ?? '' };
}

/** `dbus-org….service` is another name of the unit that it points to; `default.target` names no service. */
function aliased(node: FileNode, target: string): string {
  return target.includes('/systemd/system/') ? (target.split('/').at(-1) ?? '') : nameOf(node);
}

/** Instances of a template lie in the template's file. */
function unitOwner(name: string, ownership: Ownership): OwnedPath | undefined {
  const file = name.replace(/@[^.]*\./, '@.');
  return ownership.of(`${VENDOR}/${file}`) ?? ownership.of(`${ADMIN}/${file}`) ?? ownership.of(`/etc/init.d/${name}`);
}

/** Scripts that run level 3 starts, where there is no unit for them. */
async function sysvServices(tree: FileTree): Promise<readonly string[]> {
  if (await tree.stat(ADMIN)) return [];
  const folders = await Promise.all(['/etc/rc3.d', '/etc/rc.d/rc3.d'].map((folder) => filesIn(tree, folder)));
  return folders.flat().flatMap((path) => /\/S\d\d(.+)$/.exec(path)?.[1] ?? []);
}

const CRON_FOLDERS = [
  '/etc/cron.d',
  '/etc/cron.hourly',
  '/etc/cron.daily',
  '/etc/cron.weekly',
  '/etc/cron.monthly',
  '/var/spool/cron',
  '/var/spool/cron/crontabs',
  '/var/spool/cron/tabs',
];

/** Tables and scripts of cron that no package brought, with the number of their jobs; a script is one job. cron(8): not what begins with a dot. */
export async function collectCron(tree: FileTree, ownership: Ownership): Promise<readonly CronFile[]> {
  const folders = await Promise.all(CRON_FOLDERS.map((folder) => filesIn(tree, folder)));
  const paths = ['/etc/crontab', ...folders.flat()].filter(
    (path) => (ownership.nobodys(path) || path.startsWith('/var/spool/')) && !/\/\.[^/]*$/.test(path),
  );
  const files = await Promise.all([...new Set(paths)].map((path) => cronFile(tree, path)));
  return files.flat().sort((left, right) => compareText(left.path, right.path));
}

async function cronFile(tree: FileTree, path: string): Promise<readonly CronFile[]> {
  const bytes = await readBytes(tree, path, TEXT_LIMIT);
  if (bytes === undefined || bytes.length === 0) return [];
  const script = /\/cron\.(?:hourly|daily|weekly|monthly)\//.test(path);
  const lines = meaningfulLines(new TextDecoder().decode(bytes)).filter((line) => !/^[A-Za-z_]+\s*=/.test(line));
  return [{ path, jobs: script ? 1 : lines.length, sha256: sha256(bytes) }];
}

function nameOf({ path }: FileNode): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
