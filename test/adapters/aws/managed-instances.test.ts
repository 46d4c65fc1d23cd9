import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManagedInstances } from '../../../src/adapters/aws/managed-instances.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { inspectInstance } from '../../../src/commands/contents.ts';
import { instanceInventory } from '../../../src/inspect/instance-inventory.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';

const REGION = 'eu-west-1';
/** Instances of the sandbox's web-golden AMI: running, running, stopped, terminated. */
const GOLDEN = 'ami-064b0f5e3937918bf';
const [FIRST, SECOND, STOPPED, TERMINATED] = ['01', '02', '05', '06'].map((end) => `i-0a11c0de0000000${end}`) as [
  string,
  string,
  string,
  string,
];
const catalog = await loadCatalog();

const amazonLinux = {
  platform: { type: 'Linux', name: 'Amazon Linux', version: '2023' },
  entries: {
    'AWS:Application': [
      {
        Name: 'bind-libs',
        Epoch: '32',
        Version: '9.18.33',
        Release: '1.amzn2023',
        Architecture: 'x86_64',
        Publisher: 'Amazon Linux',
        InstalledTime: '2026-10-01T06:00:00Z',
        ApplicationType: 'Unspecified',
      },
      { Name: 'amazon-ssm-agent', Epoch: '', Version: '3.3', Release: '1', Architecture: 'x86_64', InstalledTime: '' },
      ...Array.from({ length: 120 }, (_, index) => ({ Name: `tool-${String(index).padStart(3, '0')}`, Version: '1', Release: '1' })),
    ],
  },
} as const;
const windows = {
  platform: { type: 'Windows', name: 'Microsoft Windows Server 2022 Datacenter', version: '10.0.20348' },
  entries: {
    'AWS:Application': [{ Name: 'Amazon SSM Agent', Version: '3.3.1.0', Publisher: 'Amazon Web Services' }],
    'AWS:Service': [
      { Name: 'W3SVC', StartType: 'Automatic' },
      { Name: 'Spooler', StartType: 'Disabled' },
      { Name: 'AppReadiness', StartType: 'Manual' },
    ],
    'AWS:WindowsRole': [
      { Name: 'Web-Server', Installed: 'True' },
      { Name: 'DNS', Installed: 'False' },
    ],
    'AWS:WindowsUpdate': [{ HotFixId: 'KB5034439' }],
  },
} as const;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    inventories: { [SECOND]: amazonLinux, [STOPPED]: windows, [TERMINATED]: windows },
  });
});
afterAll(() => sandbox.close());

const managed = (onRequest?: (name: string) => void) =>
  createManagedInstances({
    endpoint: sandbox.endpoints.ec2,
    ca: sandbox.caPem,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 2,
    onRequest,
  });

test('of the instances made from an AMI one that still reports is read, all its pages', async () => {
  const requests: string[] = [];
  const report = await managed((name) => requests.push(name)).report({ kind: 'ami', id: GOLDEN }, REGION);
  expect(report?.id).toBe(SECOND);
  expect(report?.entries).toEqual(amazonLinux.entries);
  expect(requests).toEqual([
    'DescribeInstancesCommand',
    'GetInventoryCommand',
    ...Array.from({ length: 3 }, () => 'ListInventoryEntriesCommand'),
  ]);
});

test('one that is not managed, or that nobody made, tells nothing', async () => {
  const none = { instances: managed(), simulated: true };
  expect(await managed().report({ kind: 'instance', id: FIRST }, REGION)).toBeUndefined();
  expect(await managed().report({ kind: 'ami', id: 'ami-0123456789abcdef0' }, REGION)).toBeUndefined();
  expect(await managed().report({ kind: 'instance', id: TERMINATED }, REGION)).toBeUndefined();
  await expect(inspectInstance({ kind: 'instance', id: FIRST, region: REGION }, none, catalog)).rejects.toMatchObject({
    code: 'INSTANCE_UNTOLD',
    message: `Systems Manager has no inventory of ${FIRST} in eu-west-1`,
  });
});

test('what AWS refuses names the action that is missing', async () => {
  sandbox.faults.add({
    match: { path: '/', body: 'AWS:InstanceInformation.InstanceId' },
    effect: { kind: 'respond', status: 400, code: 'AccessDeniedException', message: 'not authorized to perform ssm:GetInventory' },
  });
  await expect(managed().report({ kind: 'instance', id: SECOND }, REGION)).rejects.toMatchObject({ code: 'CLOUD_DENIED' });
});

test('Amazon Linux by Systems Manager: packages and the system, and nothing is said of the rest', async () => {
  const report = await managed().report({ kind: 'instance', id: SECOND }, REGION);
  if (report === undefined) throw new Error('nothing was reported');
  const inventory = instanceInventory(report, true, catalog);
  expect(inventory.source).toEqual({ kind: 'instance', name: `${SECOND} (Systems Manager)`, simulated: true });
  expect(inventory.system).toEqual({
    family: 'linux',
    id: 'amzn',
    version: '2023',
    name: 'Amazon Linux 2023',
    kernels: [],
    apparmor: false,
    fips: false,
  });
  expect(inventory.packages).toHaveLength(122);
  expect(inventory.packages.slice(0, 2)).toEqual([
    { manager: 'rpm', name: 'amazon-ssm-agent', version: '3.3-1', architecture: 'x86_64' },
    {
      manager: 'rpm',
      name: 'bind-libs',
      version: '32:9.18.33-1.amzn2023',
      architecture: 'x86_64',
      origin: 'Amazon Linux',
      installed: '2026-10-01T06:00:00.000Z',
    },
  ]);
  expect(inventory.components).toEqual([{ id: 'amazon-ssm-agent', found: ['package amazon-ssm-agent'] }]);
  for (const kind of ['account', 'content', 'setting', 'service', 'component']) expect(inventory.unasked).toContain(`${kind} *`);
});

test('Windows by Systems Manager: programs, services, roles and updates', async () => {
  const report = await managed().report({ kind: 'instance', id: STOPPED }, REGION);
  if (report === undefined) throw new Error('nothing was reported');
  const { system, services, windows: told, components, packages } = instanceInventory(report, true, catalog);
  expect([system.family, system.id, system.version]).toEqual(['windows', 'windows-server', '2022']);
  expect(services).toEqual([
    { name: 'W3SVC', state: 'enabled' },
    { name: 'Spooler', state: 'disabled' },
  ]);
  expect(told).toEqual({ features: ['Web-Server'], hotfixes: ['KB5034439'], drivers: [], tasks: [], sqlServer: [] });
  expect(packages.map(({ manager, name }) => [manager, name])).toEqual([['program', 'Amazon SSM Agent']]);
  expect(components).toEqual([{ id: 'win-ssm-agent', found: ['program Amazon SSM Agent'] }]);
});

test.each([
  ['Ubuntu', '24.04', 'ubuntu'],
  ['Debian GNU/Linux', '12', 'debian'],
  ['Red Hat Enterprise Linux', '9.4', 'rhel'],
  ['CentOS Linux', '7', 'centos'],
  ['Rocky Linux', '9.4', 'rocky'],
  ['SLES', '15.5', 'sles'],
  ['Nobody Linux', '1', undefined],
])('%s %s is %s', (name, version, id) => {
  const report = { id: 'i-1', information: { PlatformType: 'Linux', PlatformName: name, PlatformVersion: version }, entries: {} };
  expect(instanceInventory(report, true, catalog).system.id).toBe(id);
});
