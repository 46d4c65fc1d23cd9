import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { type ContentItem, compareText, Inventory, type InventorySource, SCHEMA_VERSION, type Unread } from '../model/index.ts';
import { nameText } from './bytes.ts';
import { CONTENT_ROOTS, changedOrigin, treatments, WITHOUT_PACKAGES } from './collect/content.ts';
import { foldTrees } from './collect/content-trees.ts';
import { OF_PEOPLE } from './collect/ownership.ts';

/** First line of what the script prints, with the version of its format. */
const HEADER = 'regild-inventory\t1';

/** What the script does not look at. The leak scan and the record of a build speak of leaks and components themselves. */
const UNASKED = [
  'component *',
  'container *',
  'setting repository*',
  'setting trust-anchor *',
  'setting proxy *',
  'setting ntp *',
  'setting resolver *',
  'setting sshd *',
  'setting environment *',
  'setting module *',
  'package npm:*',
  'package gem:*',
  'package snap:*',
];
/** What a disk of Windows is asked for, and its script is not. */
const UNASKED_ON_WINDOWS = ['component *'];
/** Below these the script does not look, since a disk is asked for programs too. */
const UNASKED_PATHS = ['content /usr/bin/*', 'content /usr/sbin/*', 'content /usr/lib/*', 'content /usr/share/*'];

/** A machine whose packages neither dpkg nor rpm knows: every file of it is told as one that no package brought. */
const NO_DATABASE: Unread = {
  place: '/etc and /usr',
  reason: 'neither dpkg nor rpm knows a package, so nobody can say which files are of packages: neither these nor packages are compared',
};

/**
 * The inventory of a running machine, from the lines that `inventory-lines.sh` or `inventory-lines.ps1` printed there. Throws FILE_INVALID where the text is
 * something else, or its end is missing.
 */
export function machineInventory(printed: Buffer, source: InventorySource, { contentRules }: Pick<Catalog, 'contentRules'>): Inventory {
  const text = textOf(printed);
  const rows = text.split(/\r?\n/).map((line) => line.split('\t'));
  if (!text.startsWith(HEADER) || !rows.some(([kind]) => kind === 'end')) throw noInventory(source);
  const of = (kind: string) => rows.filter(([first]) => first === kind).map(([, ...fields]) => fields);
  const isWindows = of('system').some(([name, value]) => name === 'family' && value === 'windows');
  const knowsPackages = isWindows || of('package').some(([manager = '']) => ['deb', 'rpm'].includes(manager));
  const isTold = (path = '') => knowsPackages || OF_PEOPLE.some((folder) => path.startsWith(`${folder}/`));
  const parsed = Inventory.safeParse({
    kind: 'Inventory',
    schemaVersion: SCHEMA_VERSION,
    source,
    system: systemOf(of('system'), of('kernel')),
    boot: {
      ...Object.fromEntries(of('boot')),
      loaders: [],
      fileSystems: [],
      kernelArguments: [],
      initramfsDrivers: [],
      fstab: [],
      swap: [],
    },
    packages: byFirst(of('package')).map(toPackage),
    containers: [],
    services: [...new Map(byFirst(of('service')).map(([name, state]) => [name, { name, state }])).values()],
    cron: byFirst(of('cron').filter(([path]) => isTold(path))).map(([path, jobs, sha256]) => ({ path, jobs: Number(jobs), sha256 })),
    accounts: byFirst(of('account')).map(toAccount),
    sudo: of('sudo').map(([path, rule]) => ({ path, rule })),
    settings: byFirst(of('setting')).map(([kind, name, value, path]) => ({ kind, name, value, path })),
    content: contentOf(
      of('content').filter(([, path]) => isTold(path)),
      of('owned'),
      contentRules,
    ),
    components: [],
    leaks: [],
    ...(isWindows ? { windows: windowsOf(of) } : {}),
    unread: knowsPackages ? [] : [NO_DATABASE],
    unasked: isWindows ? UNASKED_ON_WINDOWS : [...UNASKED, ...UNASKED_PATHS, ...(knowsPackages ? [] : WITHOUT_PACKAGES)],
  });
  if (parsed.success) return parsed.data;
  throw noInventory(source, parsed.error.issues[0]?.message);
}

/** Windows PowerShell writes into a file what it prints in two bytes each, behind a mark of their order; others put another mark before UTF-8. */
function textOf(printed: Buffer): string {
  if (printed.length >= 2 && printed.readUInt16LE(0) === 0xfeff) return printed.toString('utf16le', 2);
  return nameText(printed).replace(/^\ufeff/, '');
}

function windowsOf(of: (kind: string) => readonly Fields[]): unknown {
  const names = (kind: string) => byFirst(of(kind)).map(([name]) => name);
  return {
    ...Object.fromEntries(of('windows').filter(([, value]) => value !== '')),
    features: names('feature'),
    hotfixes: [...new Set(names('hotfix'))],
    drivers: names('driver'),
    tasks: names('task'),
    sqlServer: byFirst(of('sql')).map(([instance, edition, version]) => ({ instance, edition, version })),
  };
}

function noInventory({ name }: InventorySource, reason = 'its first or last line is missing'): RegildError {
  return new RegildError('FILE_INVALID', `${name} is no inventory of a machine: ${reason}`, {
    hint: 'make it inside the machine: as root sh inventory-lines.sh > inventory.tsv, on Windows powershell -File inventory-lines.ps1 > inventory.tsv',
  });
}

type Fields = readonly string[];

function systemOf(lines: readonly Fields[], kernels: readonly Fields[]): unknown {
  const { apparmor, fips, ...values } = Object.fromEntries(lines.filter(([, value]) => value !== '').map(([name, value]) => [name, value]));
  return { family: 'linux', ...values, kernels: kernels.map(([name]) => name), apparmor: apparmor === 'yes', fips: fips === 'yes' };
}

function toPackage([manager, name, version, architecture, reason]: Fields): unknown {
  return { manager, name, version, architecture: architecture || undefined, reason: reason || undefined };
}

function toAccount([name, uid, gid, home, shell, password, keys]: Fields): unknown {
  return { name, uid: Number(uid), gid: Number(gid), home, shell, password, keys: Number(keys) };
}

/** As a disk's: what the system makes by itself is marked, large trees are one line, besides folders that hold something of a package too. */
function contentOf(lines: readonly Fields[], owned: readonly Fields[], rules: Catalog['contentRules']): readonly ContentItem[] {
  const shared = new Set(owned.map(([folder]) => folder));
  const judge = treatments(rules);
  const items: readonly ContentItem[] = lines.map(
    ([origin = '', path = '', kind = '', bytes, mode = '', owner = '', last = '', files]) => ({
      path,
      kind: kindOf(kind),
      origin: origin === 'changed' ? changedOrigin(judge(path)) : judge(path) === undefined ? ('unowned' as const) : ('generated' as const),
      bytes: Number(bytes),
      ...(kind === 'tree' ? { files: Number(files) } : {}),
      mode,
      owner,
      ...(kind === 'link' ? { target: last } : last === '' ? {} : { sha256: last }),
    }),
  );
  const single = items.filter((item) => item.kind !== 'tree');
  const trees = items.filter((item) => item.kind === 'tree');
  return [...foldTrees(single, CONTENT_ROOTS, { below: (folder) => shared.has(folder) }), ...trees].sort((left, right) =>
    compareText(left.path, right.path),
  );
}

function kindOf(word: string): ContentItem['kind'] {
  return word === 'link' || word === 'tree' ? word : 'file';
}

function byFirst(rows: readonly Fields[]): readonly Fields[] {
  return [...rows].sort((left, right) => compareText(left.join('\0'), right.join('\0')));
}
