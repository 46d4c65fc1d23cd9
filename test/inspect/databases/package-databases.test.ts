import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { compareInventories } from '../../../src/inspect/compare/index.ts';
import { readPackageDatabases } from '../../../src/inspect/databases/index.ts';
import { propose } from '../../../src/inspect/propose/index.ts';
import { takeInventory } from '../../../src/inspect/take-inventory.ts';
import { anInventory, aPackage } from '../../fakes/inventory.ts';
import { type MemoryFiles, memoryTree } from '../../fakes/memory-tree.ts';

const stanza = (name: string, state = 'install ok installed', version = '1') =>
  `Package: ${name}\nStatus: ${state}\nArchitecture: amd64\nVersion: ${version}\n`;
const DEBIAN: MemoryFiles = { '/var/lib/dpkg/status': [stanza('dpkg'), stanza('nginx')].join('\n') };
const UNKNOWN = (why: string) => ({
  place: '/etc and /usr',
  reason: `there is ${why}, so nobody can say which files are of packages: none of these is told, and packages are not compared`,
});
const NOTHING = UNKNOWN('no package in a database that is read');
const other = (place: string, name: string) => ({ place, reason: `${name} is not read: what it installed is told as files, if at all` });

async function looked(files: MemoryFiles) {
  const { value, unread } = await readPackageDatabases(memoryTree(files));
  return [value.packages.map(({ name }) => name), value.whole, unread];
}

test.each<readonly [string, MemoryFiles, string, string]>([
  ['Alpine', { '/lib/apk/db/installed': 'P:musl\n' }, '/lib/apk/db/installed', 'apk'],
  ['Arch', { '/var/lib/pacman/local/bash-5.2-1/desc': '%NAME%\nbash\n' }, '/var/lib/pacman/local', 'pacman'],
  ['Gentoo', { '/var/db/pkg/app-shells/bash-5.2/PF': 'bash-5.2\n' }, '/var/db/pkg', 'Portage'],
  ['NixOS', { '/nix/var/nix/db/db.sqlite': 'x' }, '/nix/var/nix/db/db.sqlite', 'Nix'],
  ['Void', { '/var/db/xbps/pkgdb-0.38.plist': 'x' }, '/var/db/xbps', 'XBPS'],
  ['Slackware', { '/var/log/packages/bash-5.2-x86_64-1': 'x' }, '/var/log/packages', 'pkgtools'],
])('%s has packages, which are not read, and that is told', async (_, files, place, name) => {
  expect(await looked(files)).toEqual([[], false, [other(place, name), NOTHING]]);
});

test('what brings packages beside dpkg is told, and what dpkg knows stands', async () => {
  const beside = {
    '/var/lib/flatpak/app/org.gimp/x': '',
    '/opt/conda/conda-meta/history': '',
    '/home/ann/miniconda3/conda-meta/history': '',
  };
  expect(await looked({ ...DEBIAN, ...beside })).toEqual([
    ['dpkg', 'nginx'],
    true,
    [other('/var/lib/flatpak/app', 'Flatpak'), other('/opt/conda/conda-meta', 'conda'), other('/home/ann/miniconda3/conda-meta', 'conda')],
  ]);
});

test.each<readonly [string, MemoryFiles, readonly [readonly string[], boolean, readonly unknown[]]]>([
  ['no database at all', { '/etc/os-release': 'ID=lfs' }, [[], false, [NOTHING]]],
  [
    'a status of zeroes, as a crash leaves it',
    { '/var/lib/dpkg/status': '\0'.repeat(4096) },
    [
      [],
      false,
      [{ place: '/var/lib/dpkg/status', reason: 'it ends within a line, so packages are missing' }, UNKNOWN('no whole package database')],
    ],
  ],
  [
    'a status that was cut',
    { '/var/lib/dpkg/status': `${stanza('dpkg')}\nPackage: ngi` },
    [
      ['dpkg'],
      false,
      [
        { place: '/var/lib/dpkg/status', reason: 'it ends within a line, so packages are missing' },
        { place: '/var/lib/dpkg/status', reason: '1 of 2 paragraphs lack a name, a state or a version' },
        UNKNOWN('no whole package database'),
      ],
    ],
  ],
  [
    'a list of files that cannot be read: the packages stand',
    { ...DEBIAN, '/var/lib/dpkg/info/nginx.list': { broken: 'inode 9 has a bad checksum' } },
    [
      ['dpkg', 'nginx'],
      false,
      [{ place: '/var/lib/dpkg/info/nginx.list', reason: 'inode 9 has a bad checksum' }, UNKNOWN('no whole package database')],
    ],
  ],
  ['an empty file of rpm on a system of dpkg', { ...DEBIAN, '/var/lib/rpm/rpmdb.sqlite': '' }, [['dpkg', 'nginx'], true, []]],
  [
    'a damaged database of rpm on a system of dpkg',
    { ...DEBIAN, '/var/lib/rpm/rpmdb.sqlite': 'x' },
    [['dpkg', 'nginx'], true, [{ place: '/var/lib/rpm/rpmdb.sqlite', reason: 'bad magic at byte 0' }]],
  ],
  [
    'a damaged database of rpm, and dpkg as a guest',
    { '/var/lib/dpkg/status': stanza('alien'), '/var/lib/rpm/rpmdb.sqlite': 'x' },
    [['alien'], false, [{ place: '/var/lib/rpm/rpmdb.sqlite', reason: 'bad magic at byte 0' }, UNKNOWN('no whole package database')]],
  ],
])('%s', async (_, files, wanted) => {
  expect(await looked(files)).toEqual(wanted);
});

test('packages whose installation was cut short are there, and their state is told', async () => {
  const status = [
    stanza('dpkg'),
    stanza('man-db', 'install ok triggers-pending'),
    stanza('libc-bin', 'install ok triggers-awaited'),
    stanza('postfix', 'install ok half-configured'),
    stanza('grub-pc', 'install reinstreq unpacked'),
    stanza('mysql', 'install ok half-installed'),
    stanza('gone', 'deinstall ok config-files'),
    stanza('never', 'purge ok not-installed'),
  ].join('\n');
  expect(await looked({ '/var/lib/dpkg/status': status })).toEqual([
    ['dpkg', 'man-db', 'libc-bin', 'postfix', 'grub-pc'],
    true,
    [
      { place: 'package postfix', reason: 'its state is `install ok half-configured`' },
      { place: 'package grub-pc', reason: 'its state is `install reinstreq unpacked`' },
      { place: 'package mysql', reason: 'its state is `install ok half-installed`' },
    ],
  ]);
});

test('a file that was diverted is its package’s where it lies now, and what took its place is whose it is', async () => {
  const { value } = await readPackageDatabases(
    memoryTree({
      '/var/lib/dpkg/status': ['dpkg', 'a', 'b'].map((name) => stanza(name)).join('\n'),
      '/var/lib/dpkg/info/a.list': '/usr/bin/tool\n/etc/a.conf\n',
      '/var/lib/dpkg/info/b.list': '/usr/bin/tool\n',
      '/var/lib/dpkg/diversions': '/usr/bin/tool\n/usr/bin/tool.distrib\nb\n/etc/a.conf\n/etc/a.conf.distrib\n:\n',
    }),
  );
  expect(Object.fromEntries(value.owned)).toEqual({
    '/usr/bin/tool.distrib': { package: 'a' },
    '/usr/bin/tool': { package: 'b' },
    '/etc/a.conf.distrib': { package: 'a' },
  });
});

test('one package of rpm that is broken is told, and the others stand', async () => {
  const header = (name: string) => {
    const bytes = Buffer.alloc(8 + 16 + name.length + 1);
    for (const [index, value] of [1, name.length + 1, 1000, 6, 0, 1].entries()) bytes.writeUInt32BE(value, index * 4);
    bytes.write(name, 24);
    return new Uint8Array(bytes);
  };
  const database = new DatabaseSync(':memory:');
  database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
  for (const blob of [header('bash'), new Uint8Array(4), header('')]) database.prepare('INSERT INTO Packages (blob) VALUES (?)').run(blob);
  expect(await looked({ '/var/lib/rpm/rpmdb.sqlite': new Uint8Array(database.serialize()) })).toEqual([
    ['bash'],
    false,
    [
      { place: '/var/lib/rpm/rpmdb.sqlite', reason: '2 of 3 packages are broken: a header of 4 bytes is too short' },
      UNKNOWN('no whole package database'),
    ],
  ]);
});

test('where packages are not known only what lies in folders of people is told, proposed and compared', async () => {
  const catalog = await loadCatalog();
  const source = { kind: 'disk', name: 'alpine.raw', simulated: false } as const;
  const tree = memoryTree({
    '/etc/os-release': 'ID=alpine\nVERSION_ID=3.22\n',
    '/lib/apk/db/installed': 'P:nginx\n',
    '/etc/nginx/nginx.conf': 'worker_processes 1;\n',
    '/etc/cron.d/e2scrub': '0 1 * * * root true\n',
    '/usr/bin/nginx': 'x',
    '/usr/lib/python3/dist-packages/six-1.0.dist-info/METADATA': '',
    '/usr/local/lib/python3.12/site-packages/shop-2.0.dist-info/METADATA': '',
    '/opt/shop/run': 'hello\n',
  });
  const inventory = await takeInventory(tree, { source }, catalog);
  expect([
    inventory.packages.map(({ manager, name }) => `${manager}:${name}`),
    inventory.cron,
    inventory.content.filter(({ path }) => !path.startsWith('/usr/local/')).map(({ path }) => path),
  ]).toEqual([['pip:shop'], [], ['/opt/shop/run']]);
  const { steps } = propose(inventory, { target: { id: 'ubuntu', version: '24.04' }, folder: 'content', catalog });
  expect(steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []))).not.toContain('/etc/nginx/nginx.conf');
  const image = anInventory({
    packages: [aPackage('nginx')],
    content: [{ ...inventory.content[0], path: '/etc/x', origin: 'unowned' } as never],
  });
  const { differences } = compareInventories(inventory, image, { between: 'move', catalog, allow: [] });
  expect(differences.filter(({ kind, name }) => kind === 'package' || name.startsWith('/etc/')).map(({ name }) => name)).toEqual([
    'pip:shop',
  ]);
});
