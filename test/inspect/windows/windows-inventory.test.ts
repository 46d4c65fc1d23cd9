import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { openImageFile } from '../../../src/inspect/blocks/image-file.ts';
import { compareInventories } from '../../../src/inspect/compare/index.ts';
import { inventoryOfDisk } from '../../../src/inspect/disk-inventory.ts';
import { openDisk } from '../../../src/inspect/open-disk.ts';
import { propose } from '../../../src/inspect/propose/index.ts';
import { takeWindowsInventory } from '../../../src/inspect/windows/take-windows-inventory.ts';
import { type Inventory, knowsPackages } from '../../../src/model/index.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';
import { memoryFile } from '../disks/open-fixture.ts';
import { COMPANY_WINDOWS, WINDOWS_SECRETS, WITH_SQL_SERVER } from './company-windows.ts';

const catalog = await loadCatalog();
const source = { kind: 'disk', name: 'windows.raw', simulated: false } as const;
const inventory = await takeWindowsInventory(memoryTree(COMPANY_WINDOWS), { source }, catalog);

test('the system, from the hives of its registry', () => {
  expect(inventory.system).toEqual({
    family: 'windows',
    id: 'windows-server',
    version: '2022',
    name: 'Windows Server 2022 Datacenter',
    architecture: 'x64',
    kernels: [],
    apparmor: false,
    fips: false,
    locale: 'en-US',
    timeZone: 'W. Europe Standard Time',
    hostNamePattern: 'WEB-###',
  });
  expect(inventory.windows).toEqual({
    edition: 'ServerDatacenter',
    installationType: 'Server',
    build: '20348.2322',
    language: 'en-US',
    imageState: 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE',
    features: ['Web-Server'],
    hotfixes: ['KB5034439'],
    drivers: ['AWSNVMe'],
    tasks: ['\\Amazon EC2Launch - Instance Initialization', '\\Shop\\Nightly'],
    sqlServer: [],
  });
  expect(inventory.unread).toEqual([]);
});

test('programs of both views, services that start or may not, accounts without a hash', () => {
  expect(inventory.packages).toEqual([
    { manager: 'program', name: 'Amazon SSM Agent', version: '3.3.131.0', origin: 'Amazon Web Services' },
    { manager: 'program', name: 'Old Tool', version: '1.0', architecture: 'x86' },
    { manager: 'program', name: 'Shop Server', version: '4.2', origin: 'Example', installed: '2025-10-01T00:00:00.000Z' },
  ]);
  expect(inventory.services).toEqual([
    { name: 'AmazonSSMAgent', state: 'enabled' },
    { name: 'Shop', state: 'enabled' },
    { name: 'Spooler', state: 'disabled' },
  ]);
  const account = (name: string, uid: number, password: string) => ({
    name,
    uid,
    gid: 513,
    home: `C:\\Users\\${name}`,
    shell: '',
    password,
    keys: 0,
  });
  expect(inventory.accounts).toEqual([
    account('Administrator', 500, 'set'),
    account('Guest', 501, 'locked'),
    account('shop', 1001, 'empty'),
  ]);
});

test('settings: the firewall as people left it, variables by name', () => {
  expect(inventory.settings.map(({ kind, name, value }) => [kind, name, value])).toEqual([
    ['environment', 'AWS_SECRET_ACCESS_KEY', 'set'],
    ['environment', 'SHOP', 'set'],
    ['firewall', 'domain profile', 'on'],
    ['firewall', 'private profile', 'on'],
    ['firewall', 'public profile', 'off'],
    ['firewall', 'rule shop', 'Action=Allow Dir=In Protocol=6 LPort=8443 App=C:\\shop\\shop.exe'],
    ['ntp', '169.254.169.123', 'server'],
  ]);
});

test('what lies below the system drive and is not of Windows', () => {
  expect(inventory.content.map(({ path, kind, bytes, files }) => [path, kind, bytes, files])).toEqual([
    ['C:\\setup.log', 'file', 4, undefined],
    ['C:\\shop', 'tree', 9, 2],
  ]);
});

test('AWS parts by every kind of rule, and leaks by place and kind', () => {
  expect(inventory.components.map(({ id }) => id)).toEqual([
    'ec2launch-v2',
    'win-aws-credentials',
    'win-aws-nvme',
    'win-aws-scheduled-tasks',
    'win-hosts',
    'win-rdp',
    'win-ssm-agent',
    'win-time-aws',
  ]);
  expect(inventory.components.find(({ id }) => id === 'win-aws-nvme')?.found).toEqual([
    'device AWS NVMe Elastic Block Storage Adapter',
    'service AWSNVMe',
    'registry HKLM\\SYSTEM\\CurrentControlSet\\Services\\AWSNVMe',
  ]);
  expect(inventory.leaks.map(({ rule, path, kind }) => [rule, path, kind])).toEqual([
    ['SW-02', 'C:\\ProgramData\\Amazon\\EC2Launch\\config\\agent-config.yml', 'EC2 launch settings'],
    ['SW-03', 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon!AutoAdminLogon', 'AutoAdminLogon'],
    ['SW-03', 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon!DefaultPassword', 'DefaultPassword'],
    ['SW-04', 'C:\\Users\\Administrator\\notes.txt', 'AWS key id AKIAQQQQ'],
    ['SW-04', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment!AWS_SECRET_ACCESS_KEY', 'AWS variable'],
  ]);
  expect(WINDOWS_SECRETS.filter((secret) => JSON.stringify(inventory).includes(secret))).toEqual([]);
});

test('SQL Server, by instance, edition and patch level', async () => {
  const files = { ...COMPANY_WINDOWS, '/Windows/System32/config/SOFTWARE': WITH_SQL_SERVER };
  const { windows } = await takeWindowsInventory(memoryTree(files), { source }, catalog);
  expect(windows?.sqlServer).toEqual([{ instance: 'MSSQLSERVER', edition: 'Standard Edition', version: '16.0.4135.4' }]);
});

test('a hive that is missing or broken is told, and the others stand', async () => {
  const { '/Windows/System32/config/SAM': _, ...rest } = COMPANY_WINDOWS;
  const broken = { ...rest, '/Windows/System32/config/SOFTWARE': Buffer.from('no hive') };
  const taken = await takeWindowsInventory(memoryTree(broken), { source }, catalog);
  const { unread, services, packages } = taken;
  expect(unread).toEqual([
    { place: '/Windows/System32/config/SAM', reason: 'there is no such hive of the registry' },
    { place: 'registry: /Windows/System32/config/SOFTWARE', reason: 'byte 4096 lies behind the end at byte 7' },
  ]);
  expect(packages).toEqual([]);
  expect(services).toEqual(inventory.services);
  // What is not known is no loss, on neither side.
  expect([knowsPackages(taken), knowsPackages(inventory)]).toEqual([false, true]);
  const compared = (one: Inventory, other: Inventory) =>
    compareInventories(one, other, { between: 'same', catalog, allow: [] }).differences;
  expect([compared(inventory, taken), compared(taken, inventory)]).toEqual([[], []]);
});

test('features are carried over; programs and folders are told, AWS parts are neither', () => {
  const { steps, left, fidelity } = propose(inventory, {
    target: { id: 'windows-server', version: '2022' },
    catalog,
    folder: 'content/web',
  });
  expect(steps.map((step) => (step.kind === 'powershell' ? step.lines : step.kind))).toEqual([['Install-WindowsFeature -Name Web-Server']]);
  expect(left.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'program Old Tool 1.0',
    'program Shop Server 4.2',
    'content C:\\setup.log',
    'content C:\\shop',
    'account shop',
  ]);
  expect(fidelity).toEqual([
    { kind: 'feature', carried: 1, replaced: 0, left: 0 },
    { kind: 'program', carried: 0, replaced: 1, left: 2 },
    { kind: 'content', carried: 0, replaced: 0, left: 2 },
    { kind: 'account', carried: 0, replaced: 0, left: 1 },
  ]);
});

test('after the move: what is of AWS is expected to be gone, what people made is a loss', () => {
  const windows = inventory.windows && { ...inventory.windows, features: [], drivers: [], tasks: [], hotfixes: [], build: '20348.3000' };
  const after = { ...inventory, windows, packages: [], services: [], components: [], content: [], settings: [] };
  const { differences } = compareInventories(inventory, after, { between: 'move', catalog, allow: [] });
  const of = (verdict: string) => differences.filter((each) => each.verdict === verdict).map(({ kind, name }) => `${kind} ${name}`);
  expect(of('unexplained')).toEqual([
    'package program:Old Tool',
    'package program:Shop Server',
    'service Shop',
    'service Spooler',
    'feature Web-Server',
    'task \\Shop\\Nightly',
    'setting environment SHOP',
    'setting firewall domain profile',
    'setting firewall private profile',
    'setting firewall public profile',
    'setting firewall rule shop',
    'content C:\\setup.log',
    'content C:\\shop',
  ]);
  expect(of('explained')).toEqual(['hotfix KB5034439', 'system build']);
  expect(of('expected').filter((each) => !each.startsWith('component'))).toEqual([
    'package program:Amazon SSM Agent',
    'service AmazonSSMAgent',
    'driver AWSNVMe',
    'task \\Amazon EC2Launch - Instance Initialization',
    'setting environment AWS_SECRET_ACCESS_KEY',
    'setting ntp 169.254.169.123',
  ]);
});

test('from NTFS on a disk with its partition table: the same, and how it starts', async () => {
  const bytes = readFileSync(new URL('../disks/windows.qcow2', import.meta.url));
  const disk = await openDisk(await openImageFile(memoryFile(bytes)));
  const { boot, ...onDisk } = await inventoryOfDisk(disk, source, catalog);
  const { boot: _, ...inMemory } = inventory;
  expect(onDisk).toEqual(inMemory);
  expect({ ...boot, fileSystems: boot.fileSystems.map(({ device, type, totalBytes }) => ({ device, type, totalBytes })) }).toEqual({
    partitionTable: 'mbr',
    mode: 'bios',
    loaders: [],
    fileSystems: [{ device: 'partition 1', type: 'ntfs', totalBytes: 4_193_792 }],
    kernelArguments: [],
    initramfsDrivers: [],
    fstab: [],
    swap: [],
  });
});

test('a file that Windows packed or encrypted is told without its digest, and the rest of the content stands', async () => {
  const packed = { '/tool.exe': { broken: 'is packed by Windows (CompactOS, WOF), which is not read' } };
  const { content, unread } = await takeWindowsInventory(memoryTree({ ...COMPANY_WINDOWS, ...packed }), { source }, catalog);
  expect(content.filter(({ origin }) => origin === 'unowned').map(({ path, sha256 }) => [path, sha256 === undefined])).toEqual([
    ['C:\\setup.log', false],
    ['C:\\shop', false],
    ['C:\\tool.exe', true],
  ]);
  expect(unread).toEqual([{ place: '/tool.exe', reason: 'is packed by Windows (CompactOS, WOF), which is not read' }]);
});
