import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { propose } from '../../src/inspect/propose/index.ts';
import { takeInventory } from '../../src/inspect/take-inventory.ts';
import { Inventory } from '../../src/model/index.ts';
import { memoryTree } from '../fakes/memory-tree.ts';
import { COMPANY_IMAGE, SECRETS } from './company-image.ts';

const catalog = await loadCatalog();
const source = { kind: 'folder', name: 'company', simulated: false } as const;
const taken = await takeInventory(memoryTree(COMPANY_IMAGE), { source }, catalog);
/** Without the fields that are undefined, as it is saved. */
const saved = Inventory.parse(JSON.parse(JSON.stringify(taken)));

test('what the system is and how it starts', () => {
  expect(saved.system).toEqual({
    family: 'linux',
    id: 'debian',
    version: '12',
    name: 'Debian GNU/Linux 12 (bookworm)',
    architecture: 'x64',
    kernels: ['6.1.0-28-cloud-amd64'],
    init: 'systemd',
    apparmor: false,
    fips: false,
    timeZone: 'Europe/Berlin',
    hostNamePattern: 'golden-##',
  });
  expect(saved.boot).toEqual({
    loaders: [],
    fileSystems: [],
    kernelArguments: ['console=ttyS0', 'nvme_core.io_timeout=4294967295', 'ro'],
    initramfsDrivers: ['hv_storvsc'],
    fstab: [{ device: 'UUID=1', mountPoint: '/', type: 'ext4', options: 'defaults,discard' }],
    swap: ['/swapfile'],
  });
});

test('packages of every manager, with who asked for them', () => {
  expect(saved.packages.map(({ manager, name, version, reason }) => [manager, name, version, reason])).toEqual([
    ['deb', 'amazon-ssm-agent', '3.3', 'manual'],
    ['deb', 'cron', '3.0', 'manual'],
    ['deb', 'libnginx', '1.22', 'dependency'],
    ['deb', 'nginx', '1.22', 'manual'],
    ['npm', '@scope/tool', '1.4.0', undefined],
    ['pip', 'requests', '2.31.0', undefined],
  ]);
  expect(saved.containers).toEqual(['nginx:1.27']);
});

test('services, cron, accounts and sudo', () => {
  expect(saved.services).toEqual([
    { name: 'apt-daily.timer', state: 'masked' },
    { name: 'nginx.service', state: 'enabled', package: 'nginx' },
    { name: 'shop.service', state: 'enabled' },
  ]);
  expect(saved.cron.map(({ path, jobs }) => [path, jobs])).toEqual([['/etc/cron.d/shop', 1]]);
  expect(saved.accounts).toEqual([
    { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash', password: 'locked', keys: 0 },
    { name: 'shop', uid: 1001, gid: 1001, home: '/home/shop', shell: '/bin/sh', password: 'set', keys: 1 },
    { name: 'ssm-user', uid: 1002, gid: 1002, home: '/home/ssm-user', shell: '/bin/sh', password: 'locked', keys: 0 },
  ]);
  expect(saved.sudo).toEqual([
    { path: '/etc/sudoers', rule: 'root ALL=(ALL:ALL) ALL' },
    { path: '/etc/sudoers.d/shop', rule: 'shop ALL=(root) NOPASSWD: /usr/bin/systemctl restart shop' },
  ]);
});

test('settings without what is secret in them', () => {
  expect(saved.settings.map(({ kind, name, value }) => `${kind} ${name}=${value}`)).toEqual([
    'environment API_TOKEN=set',
    'proxy https_proxy=http://proxy.example.com:3128',
    'repository stable=https://repo.example.com/deb main',
    'sysctl net.core.somaxconn=4096',
  ]);
});

test('content: what no package brought and what was changed, a large tree as one line, caches not at all', () => {
  expect(
    saved.content.filter(({ origin }) => origin !== 'generated').map(({ origin, kind, path, files }) => [origin, kind, path, files]),
  ).toEqual(
    [
      ['unowned', 'file', '/etc/apt/sources.list.d/shop.list', undefined],
      ['unowned', 'file', '/etc/cron.d/shop', undefined],
      ['unowned', 'file', '/etc/initramfs-tools/modules', undefined],
      ['changed', 'file', '/etc/nginx/nginx.conf', undefined],
      ['unowned', 'file', '/etc/shop.key', undefined],
      ['unowned', 'file', '/etc/sudoers', undefined],
      ['unowned', 'file', '/etc/sudoers.d/shop', undefined],
      ['unowned', 'file', '/etc/sysctl.d/50-shop.conf', undefined],
      ['unowned', 'link', '/etc/systemd/system/apt-daily.timer', undefined],
      ['unowned', 'file', '/etc/systemd/system/shop.service', undefined],
      ['unowned', 'file', '/opt/shop/run', undefined],
      ['unowned', 'file', '/opt/shop/settings.ini', undefined],
      ['unowned', 'tree', '/srv/site', 70],
      ['unowned', 'file', '/usr/bin/env', undefined],
      ['unowned', 'file', '/usr/lib/systemd/systemd', undefined],
      ['unowned', 'file', '/usr/local/lib/node_modules/@scope/tool/package.json', undefined],
      ['unowned', 'file', '/usr/local/lib/python3.11/dist-packages/requests-2.31.0.dist-info/METADATA', undefined],
    ].sort((left, right) => (String(left[2]) < String(right[2]) ? -1 : 1)),
  );
  expect(saved.content.find(({ path }) => path === '/opt/shop/run')).toEqual({
    path: '/opt/shop/run',
    kind: 'file',
    origin: 'unowned',
    bytes: 10,
    sha256: 'a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf',
    mode: '0755',
    owner: '1001:1001',
  });
  expect(saved.content.find(({ path }) => path === '/var/www/html/index.html')?.origin).toBe('generated');
});

test("AWS components by the catalog's rules, leaks by the scan's rules", () => {
  expect(saved.components.filter(({ id }) => ['amazon-ssm-agent', 'kernel-cmdline-aws'].includes(id))).toEqual([
    { id: 'amazon-ssm-agent', found: ['package amazon-ssm-agent', 'account ssm-user'] },
    { id: 'kernel-cmdline-aws', found: ['text in /etc/default/grub'] },
  ]);
  expect(saved.leaks).toEqual([
    { rule: 'SL-01', severity: 'block', path: '/home/shop/.ssh/authorized_keys', kind: 'authorized key' },
    { rule: 'SL-02', severity: 'block', path: '/etc/ssh/ssh_host_rsa_key', kind: 'host key' },
    { rule: 'SL-03', severity: 'block', path: '/etc/shop.key', kind: 'private key' },
    { rule: 'SL-04', severity: 'block', path: '/opt/shop/settings.ini', kind: 'AWS key id AKIAQQQQ' },
    { rule: 'SL-14', severity: 'block', path: '/etc/shadow', kind: 'password of shop' },
    { rule: 'SL-20', severity: 'block', path: '/etc/apt/sources.list.d/shop.list', kind: 'password in a URL' },
    { rule: 'SL-20', severity: 'block', path: '/etc/environment', kind: 'password in a URL' },
  ]);
});

test('no secret is in an inventory', () => {
  const text = JSON.stringify(saved);
  expect(SECRETS.filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
});

test('what is broken is told, and the rest stands', async () => {
  const tree = memoryTree({
    ...COMPANY_IMAGE,
    '/etc/passwd': { broken: 'inode 17 has a bad checksum' },
    '/var/lib/dpkg/status': `${COMPANY_IMAGE['/var/lib/dpkg/status']}\nPackage: dpkg\nStatus: install ok installed\nVersion: 1.21\n`,
    '/var/lib/rpm/rpmdb.sqlite': 'no database',
  });
  const { unread, unasked, packages, accounts } = await takeInventory(tree, { source }, catalog);
  expect(unread).toEqual([
    { place: '/etc/passwd', reason: 'inode 17 has a bad checksum' },
    { place: '/var/lib/rpm/rpmdb.sqlite', reason: 'bad magic at byte 0' },
  ]);
  expect(packages.filter(({ name }) => name !== 'dpkg')).toEqual(taken.packages);
  expect([accounts, unasked]).toEqual([[], ['account *']]);
});

test('what programs write is no change of people, even where a package owns it, as setup owns the accounts; a changed setting is', async () => {
  const files = {
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/bash\n',
    '/etc/shadow': 'root:*:19000:0:99999:7:::\nann:$6$salt$hash:19000::::::\n',
    '/etc/group': 'root:x:0:\nann:x:1000:\n',
    '/etc/gshadow': 'ann:!::\n',
    '/etc/fstab': 'UUID=1 / xfs defaults 0 0\n',
    '/etc/hosts': '127.0.0.1 localhost\n10.0.0.5 db\n',
    '/etc/environment': 'EDITOR=vi\n',
    '/etc/lvm/lvm.conf': 'changed\n',
    '/etc/motd': 'changed\n',
  };
  const paths = Object.keys(files);
  const tree = memoryTree({
    ...files,
    '/usr/lib/os-release': 'ID=rocky\nVERSION_ID="9.4"\n',
    '/var/lib/dpkg/status': 'Package: setup\nStatus: install ok installed\nArchitecture: all\nVersion: 2.13\n',
    '/var/lib/dpkg/info/setup.list': `/.\n/etc\n${paths.join('\n')}\n`,
    '/var/lib/dpkg/info/setup.md5sums': paths.map((path) => `${'0'.repeat(32)}  ${path.slice(1)}\n`).join(''),
  });
  const inventory = await takeInventory(tree, { source: { kind: 'folder', name: 'setup', simulated: false } }, catalog);
  expect(inventory.content.map(({ path, origin }) => [path, origin])).toEqual([
    ['/etc/environment', 'changed'],
    ['/etc/fstab', 'generated'],
    ['/etc/group', 'generated'],
    ['/etc/gshadow', 'generated'],
    ['/etc/hosts', 'generated'],
    ['/etc/lvm/lvm.conf', 'changed'],
    ['/etc/motd', 'changed'],
    ['/etc/passwd', 'generated'],
    ['/etc/shadow', 'generated'],
  ]);
  const { steps } = propose(inventory, { target: { id: 'rocky', version: '9' }, catalog, folder: 'content/x' });
  expect(steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []))).toEqual([
    '/etc/environment',
    '/etc/lvm/lvm.conf',
    '/etc/motd',
  ]);
});
