import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { machineInventory } from '../../src/inspect/machine-inventory.ts';

const catalog = await loadCatalog();
const source = { kind: 'machine', name: 'inventory.tsv', simulated: false } as const;

const parsed = (text: string) => machineInventory(Buffer.from(text), source, catalog);

const LINES = [
  'regild-inventory\t1',
  'system\tid\tdebian',
  'system\tversion\t12',
  'system\tarchitecture\tx64',
  'system\tapparmor\tyes',
  'kernel\t6.1.0-28-cloud-amd64',
  'boot\tmode\tuefi',
  'package\tdeb\tnginx\t1.22\tamd64\tmanual',
  'package\trpm\thello\t1:1.2-3\tnoarch\t',
  'service\tnginx.service\tenabled',
  'service\tapt.timer\tenabled',
  'service\tapt.timer\tmasked',
  'account\tshop\t1001\t1001\t/home/shop\t/bin/sh\tlocked\t2',
  'sudo\t/etc/sudoers.d/shop\tshop ALL=(root) NOPASSWD: /bin/true',
  'setting\tsysctl\tnet.core.somaxconn\t4096\t/etc/sysctl.d/50.conf',
  `cron\t/etc/cron.d/shop\t1\t${'ab'.repeat(32)}`,
  `content\tunowned\t/opt/shop/run\tfile\t10\t0755\t1001:1001\t${'cd'.repeat(32)}`,
  'content\tunowned\t/etc/link\tlink\t4\t0777\t0:0\t/opt',
  'content\tunowned\t/etc/machine-id\tfile\t0\t0444\t0:0\t',
  `content\tunowned\t/srv/site\ttree\t90000\t0755\t33:33\t${'ef'.repeat(32)}\t700`,
  'end',
  '',
];

test('what the script prints becomes the same artifact', () => {
  const inventory = parsed(LINES.join('\n'));
  expect({ ...inventory, unasked: [] }).toEqual({
    kind: 'Inventory',
    schemaVersion: 1,
    source,
    system: {
      family: 'linux',
      id: 'debian',
      version: '12',
      architecture: 'x64',
      kernels: ['6.1.0-28-cloud-amd64'],
      apparmor: true,
      fips: false,
    },
    boot: { mode: 'uefi', loaders: [], fileSystems: [], kernelArguments: [], initramfsDrivers: [], fstab: [], swap: [] },
    packages: [
      { manager: 'deb', name: 'nginx', version: '1.22', architecture: 'amd64', reason: 'manual' },
      { manager: 'rpm', name: 'hello', version: '1:1.2-3', architecture: 'noarch' },
    ],
    containers: [],
    services: [
      { name: 'apt.timer', state: 'masked' },
      { name: 'nginx.service', state: 'enabled' },
    ],
    cron: [{ path: '/etc/cron.d/shop', jobs: 1, sha256: 'ab'.repeat(32) }],
    accounts: [{ name: 'shop', uid: 1001, gid: 1001, home: '/home/shop', shell: '/bin/sh', password: 'locked', keys: 2 }],
    sudo: [{ path: '/etc/sudoers.d/shop', rule: 'shop ALL=(root) NOPASSWD: /bin/true' }],
    settings: [{ kind: 'sysctl', name: 'net.core.somaxconn', value: '4096', path: '/etc/sysctl.d/50.conf' }],
    content: [
      { path: '/etc/link', kind: 'link', origin: 'unowned', bytes: 4, mode: '0777', owner: '0:0', target: '/opt' },
      { path: '/etc/machine-id', kind: 'file', origin: 'generated', bytes: 0, mode: '0444', owner: '0:0' },
      {
        path: '/opt/shop/run',
        kind: 'file',
        origin: 'unowned',
        bytes: 10,
        mode: '0755',
        owner: '1001:1001',
        sha256: 'cd'.repeat(32),
      },
      {
        path: '/srv/site',
        kind: 'tree',
        origin: 'unowned',
        bytes: 90000,
        files: 700,
        mode: '0755',
        owner: '33:33',
        sha256: 'ef'.repeat(32),
      },
    ],
    components: [],
    leaks: [],
    unread: [],
    unasked: [],
  });
});

test('a large folder that holds something of a package is not one line', () => {
  const files = (folder: string) =>
    Array.from({ length: 65 }, (_, at) => `content\tunowned\t${folder}/f${at}\tfile\t1\t0644\t0:0\t${'ab'.repeat(32)}`);
  const text = ['regild-inventory\t1', 'owned\t/opt/shared', ...files('/opt/shared'), ...files('/opt/own'), 'end', ''].join('\n');
  const { content } = parsed(text);
  expect(content.filter(({ kind }) => kind === 'tree').map(({ path, files: count }) => [path, count])).toEqual([['/opt/own', 65]]);
  expect(content.filter(({ path }) => path.startsWith('/opt/shared/')).length).toBe(65);
});

test("a name that is no UTF-8 is written as a disk's", () => {
  const line = `content\tunowned\t/opt/caf\xe9\tfile\t1\t0644\t0:0\t${'ab'.repeat(32)}`;
  const printed = Buffer.from(['regild-inventory\t1', line, 'end', ''].join('\n'), 'latin1');
  expect(machineInventory(printed, source, catalog).content.map(({ path }) => path)).toEqual(['/opt/caf\\xe9']);
});

/** The script has no catalog with it: what it keeps out of folders that are one line, and where it does not look, is written in it. */
test('the script leaves out of folders what the catalog says of one machine or person', async () => {
  const linux = catalog.contentRules.filter(({ os }) => os === 'linux');
  const of = (wanted: string) => linux.filter(({ treatment }) => treatment === wanted).flatMap(({ paths }) => paths);
  const outside = [...of('identity'), ...of('generated')].filter((path) => !path.startsWith('/etc/') && !path.startsWith('/usr/'));
  expect(outside).toEqual(['/root/.ssh/*', '/home/*/.ssh/*', '/root/.*history', '/home/*/.*history']);
  const scratch = ['.cache', '__pycache__', '.npm', 'lost+found'];
  expect(
    of('scratch')
      .filter((path) => !path.startsWith('/opt/regild'))
      .map((path) => path.split('/')[1]),
  ).toEqual(scratch.flatMap((name) => (name === 'lost+found' ? [name] : [name, name])));
  const script = await readFile(new URL('../../scripts/linux/inventory-lines.sh', import.meta.url), 'utf8');
  expect(script).toContain(scratch.map((name) => `-name ${name}`).join(' -o '));
  expect(script).toContain(String.raw`/^\/(root|home\/.*)\/(\.ssh\/|\..*history$)/`);
});

test('a text that was cut off, or is something else, is refused with its reason', () => {
  expect(() => parsed(LINES.slice(0, -2).join('\n'))).toThrow(
    'inventory.tsv is no inventory of a machine: its first or last line is missing',
  );
  expect(() => parsed('hello\nend\n')).toThrow('its first or last line is missing');
  expect(() => parsed('regild-inventory\t1\naccount\tx\ty\tz\nend\n')).toThrow('inventory.tsv is no inventory of a machine: ');
  expect(() => parsed('regild-inventory\t1\npackage\tnone\ty\tz\nend\n')).toThrow('inventory.tsv is no inventory of a machine: ');
});

const WINDOWS_LINES = [
  'regild-inventory\t1',
  'system\tfamily\twindows',
  'system\tid\twindows-server',
  'system\tversion\t2022',
  'system\tarchitecture\tx64',
  'windows\tedition\tServerDatacenter',
  'windows\tbuild\t20348.2322',
  'windows\timageState\t',
  'package\tprogram\tShop Server\t4.2\t\t',
  'service\tShop\tenabled',
  'driver\tmlx5',
  'feature\tWeb-Server',
  'hotfix\tKB5034439',
  'hotfix\tKB5034439',
  'task\t\\Shop\\Nightly',
  'sql\tMSSQLSERVER\tStandard Edition\t16.0.4135.4',
  'account\tAdministrator\t500\t513\tC:\\Users\\Administrator\t\tset\t0',
  'setting\tfirewall\tpublic profile\toff\tHKLM:\\SYSTEM',
  `content\tunowned\tC:\\shop\ttree\t9\t0755\t0:0\t${'ab'.repeat(32)}\t2`,
  'end',
  '',
];

test.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-8 behind a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, as Windows PowerShell writes it', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
])('what the script of Windows prints, in %s', (_, encode) => {
  const inventory = machineInventory(encode(WINDOWS_LINES.join('\r\n')), source, catalog);
  expect(inventory.system).toEqual({
    family: 'windows',
    id: 'windows-server',
    version: '2022',
    architecture: 'x64',
    kernels: [],
    apparmor: false,
    fips: false,
  });
  expect(inventory.windows).toEqual({
    edition: 'ServerDatacenter',
    build: '20348.2322',
    features: ['Web-Server'],
    hotfixes: ['KB5034439'],
    drivers: ['mlx5'],
    tasks: ['\\Shop\\Nightly'],
    sqlServer: [{ instance: 'MSSQLSERVER', edition: 'Standard Edition', version: '16.0.4135.4' }],
  });
  expect(inventory.packages).toEqual([{ manager: 'program', name: 'Shop Server', version: '4.2' }]);
  expect(inventory.content).toEqual([
    { path: 'C:\\shop', kind: 'tree', origin: 'unowned', bytes: 9, files: 2, mode: '0755', owner: '0:0', sha256: 'ab'.repeat(32) },
  ]);
  expect(inventory.unasked).toEqual(['component *']);
});

/** What both readers of a Windows system hold in themselves: neither has the other's words with it. */
test('the script of Windows reads the keys, and passes over the folders, that are read and passed over on a disk', async () => {
  const script = await readFile(new URL('../../scripts/windows/inventory-lines.ps1', import.meta.url), 'utf8');
  const own = /\$Own = ([^#]*?)\n\n/s
    .exec(script)?.[1]
    ?.match(/'[^']+'/g)
    ?.map((word) => `C:\\${word.slice(1, -1)}`);
  const known = catalog.contentRules.filter(({ os }) => os === 'windows').flatMap(({ paths }) => paths);
  expect([...(own ?? [])].sort()).toEqual([...known].sort());
  const folder = new URL('../../src/inspect/windows/', import.meta.url);
  const sources = ['system', 'programs', 'services', 'features', 'settings'].map((name) => readFile(new URL(`${name}.ts`, folder), 'utf8'));
  const names = (await Promise.all(sources)).flatMap((text) =>
    [...text.matchAll(/\\\\([A-Za-z][A-Za-z0-9 ]+)['`]/g)].map(([, name = '']) => name),
  );
  expect(names.length).toBeGreaterThan(12);
  expect(names.filter((name) => !script.includes(name))).toEqual([]);
});
