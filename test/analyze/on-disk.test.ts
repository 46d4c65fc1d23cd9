import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze/index.ts';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { RegildError } from '../../src/errors.ts';
import type { Inventory, InventorySystem } from '../../src/model/index.ts';
import { fakeContext, NOW } from '../fakes/context.ts';
import { anInventory } from '../fakes/inventory.ts';
import { aSpec } from '../fakes/values.ts';
import { anAmi } from './an-ami.ts';

const catalog = await loadCatalog();

function aSystem(system: Partial<InventorySystem>): Inventory {
  return anInventory({ system: { family: 'linux', kernels: [], apparmor: false, fips: false, ...system } });
}

test.each([
  [{ id: 'amzn', version: '2' }, 'amazon-linux', '2'],
  [{ id: 'amzn', version: '2018.03' }, 'amazon-linux', '2018.03'],
  [{ id: 'centos', version: '7', name: 'CentOS Linux 7 (Core)' }, 'centos', '7'],
  [{ id: 'centos', version: '9', name: 'CentOS Stream 9' }, 'centos-stream', '9'],
  [{ id: 'ol', version: '8.10' }, 'oraclelinux', '8.10'],
  [{ id: 'sles', version: '15.5' }, 'sles', '15 SP5'],
  [{ id: 'sles_sap', version: '15.5' }, 'sles', '15 SP5'],
  [{ id: 'sle_hpc', version: '15.4' }, 'sles', '15 SP4'],
  [{ id: 'sl-micro', version: '6.0' }, 'sle-micro', '6.0'],
  [{ id: 'opensuse', version: '42.3' }, 'opensuse', '42.3'],
  [{ id: 'opensuse-leap', version: '15.6' }, 'opensuse', '15.6'],
  [{ id: 'mariner', version: '2.0' }, 'azure-linux', '2.0'],
  [{ id: 'azurelinux', version: '3.0' }, 'azure-linux', '3.0'],
  [{ id: 'alpine', version: '3.20.1' }, 'alpine', '3.20.1'],
])('%o on the disk is %s %s, whatever the AMI is called', (system, distro, version) => {
  const { distro: found, version: release } = judgeAmi(anAmi({ name: 'golden-17' }), [], catalog, NOW, aSystem(system));
  expect([found.value, found.confidence, release.value, release.confidence]).toEqual([distro, 'high', version, 'high']);
});

test('what the disk says stands against the record, and the contradiction is told', () => {
  const ami = anAmi({ ownerId: '099720109477', name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207', bootMode: 'uefi' });
  const inventory = anInventory({
    system: { family: 'linux', id: 'ubuntu', version: '24.04', architecture: 'x64', kernels: [], apparmor: false, fips: false },
    boot: { ...anInventory().boot, mode: 'bios', partitionTable: 'gpt' },
  });
  const { version, bootMode, issues } = judgeAmi(ami, [], catalog, NOW, inventory);
  expect({ version: [version.value, version.confidence], bootMode: [bootMode.value, bootMode.confidence] }).toEqual({
    version: ['24.04', 'high'],
    bootMode: ['legacy-bios', 'high'],
  });
  expect(issues.filter(({ code }) => code === 'EVIDENCE_CONFLICT').map(({ message, hint }) => [message, hint])).toEqual([
    [
      'the version is contradicted: Disk "ubuntu 24.04" says 24.04; OwnerId+Name "099720109477 ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207" says 22.04',
      'what the disk holds is what is built for; check the record of the AMI, or name the base yourself with `base:` in images.yaml',
    ],
    [
      'the boot mode is contradicted: Disk "boot code for BIOS, gpt" says legacy-bios; BootMode "uefi" says uefi',
      'what the disk holds is what is built for; check the record of the AMI, or name the base yourself with `base:` in images.yaml',
    ],
  ]);
});

test('a disk that starts both ways contradicts neither', () => {
  const inventory = anInventory({ boot: { ...anInventory().boot, mode: 'both' } });
  for (const bootMode of ['legacy-bios', 'uefi', undefined]) {
    const found = judgeAmi(anAmi({ bootMode }), [], catalog, NOW, inventory);
    expect(found.bootMode.value).toBe('uefi-preferred');
    expect(found.issues.filter(({ message }) => message.includes('boot mode'))).toEqual([]);
  }
});

test.each([
  ['debian', '12', 'free', []],
  ['rhel', '9.4', undefined, ['LICENCE_UNCLEAR']],
])('who pays for %s %s that only the disk tells: %s', (id, version, licence, codes) => {
  const ami = anAmi({ name: 'golden-17', usageOperation: undefined, platformDetails: undefined });
  const judged = judgeAmi(ami, [], catalog, NOW, aSystem({ id, version }));
  expect([judged.licence.value, judged.issues.map(({ code }) => code).filter((code) => code === 'LICENCE_UNCLEAR')]).toEqual([
    licence,
    codes,
  ]);
});

describe('reading', () => {
  const ami = anAmi({ disks: [{ device: '/dev/sda1', snapshotId: 'snap-1', kind: 'ebs', root: true }] });
  const ec2 = { findAmi: async () => ami, describeAmis: async () => [] };
  const refused = async () => {
    throw new RegildError('SNAPSHOT_UNREADABLE', 'the snapshot snap-1 cannot be read: it is public', { hint: 'copy it' });
  };

  test('the inventory of the root snapshot is part of the analysis', async () => {
    const contents = {
      take: async (place: unknown) => anInventory({ source: { kind: 'snapshot', name: JSON.stringify(place), simulated: false } }),
    };
    const analysis = await analyze(aSpec(), fakeContext({ ec2, contents }, catalog));
    expect(analysis.inventory?.source.name).toBe(JSON.stringify({ kind: 'snapshot', ami: ami.id, id: 'snap-1', region: ami.region }));
  });

  test.each([
    ['auto', ['info']],
    ['require', ['error']],
  ] as const)('a refusal under `inspect: %s` is told as %s', async (inspect, severities) => {
    const { issues, inventory } = await analyze(aSpec({ inspect }), fakeContext({ ec2, contents: { take: refused } }, catalog));
    const told = issues.filter(({ code }) => code === 'DISK_NOT_READ');
    expect([inventory, told.map(({ severity }) => severity)]).toEqual([undefined, severities]);
    expect(told[0]?.message).toBe(`what is on the disk of AMI ${ami.id} is not known: the snapshot snap-1 cannot be read: it is public`);
  });

  test("of a publisher's own AMI it is told only where the manifest requires it", async () => {
    const name = 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207';
    const stock = { ...anAmi({ ownerId: '099720109477', name, public: true }), disks: ami.disks };
    const ofStock = { ...ec2, findAmi: async () => stock };
    const told = async (inspect: 'auto' | 'require') =>
      (await analyze(aSpec({ inspect }), fakeContext({ ec2: ofStock, contents: { take: refused } }, catalog))).issues
        .filter(({ code }) => code === 'DISK_NOT_READ')
        .map(({ severity }) => severity);
    expect([await told('auto'), await told('require')]).toEqual([[], ['error']]);
  });

  test('`inspect: never` asks nobody', async () => {
    const { issues } = await analyze(aSpec({ inspect: 'never' }), fakeContext({ ec2 }, catalog));
    expect(issues.filter(({ code }) => code === 'DISK_NOT_READ')).toEqual([]);
  });

  test('a cloud that does not answer ends no walk, a cancellation does', async () => {
    const failing = (code: 'CLOUD_FAILED' | 'CANCELLED') => ({
      take: async () => {
        throw new RegildError(code, 'EBS direct does not answer');
      },
    });
    const look = (code: 'CLOUD_FAILED' | 'CANCELLED') => analyze(aSpec(), fakeContext({ ec2, contents: failing(code) }, catalog));
    expect((await look('CLOUD_FAILED')).issues.map(({ code }) => code)).toContain('DISK_NOT_READ');
    await expect(look('CANCELLED')).rejects.toThrow('EBS direct does not answer');
  });

  test.each(['disk', 'inventory'] as const)('a source that is a %s is known by its content', async (kind) => {
    const spec = aSpec({ source: { kind, path: 'golden/web.file' } });
    const read = (version: string) => ({ take: async () => aSystem({ id: 'debian', version }) });
    const [one, again, other] = await Promise.all(
      ['12', '12', '13'].map(async (version) => analyze(spec, fakeContext({ contents: read(version) }, catalog))),
    );
    expect(one?.ami).toEqual({
      id: expect.stringMatching(new RegExp(`^${kind}:golden/web\\.file@[0-9a-f]{12}$`)),
      region: 'local',
      productCodes: [],
      disks: [],
      tags: {},
    });
    expect([one?.distro.value, one?.version.value, again?.ami.id === one?.ami.id, other?.ami.id === one?.ami.id]).toEqual([
      'debian',
      '12',
      true,
      false,
    ]);
  });
});

test('Windows on the disk: its release, a server without a desktop, and SQL Server', () => {
  const windows = {
    installationType: 'Server Core',
    features: [],
    hotfixes: [],
    drivers: [],
    tasks: [],
    sqlServer: [{ instance: 'MSSQLSERVER', edition: 'Standard Edition (64-bit)', version: '16.0.4135.4' }],
  };
  const inventory = { ...aSystem({ family: 'windows', id: 'windows-server', version: '2022' }), windows };
  const { distro, version, variant } = judgeAmi(anAmi({ name: 'golden-17', platform: 'Windows' }), [], catalog, NOW, inventory);
  expect([distro, version, variant].map(({ value, confidence }) => [value, confidence])).toEqual([
    ['windows-server', 'high'],
    ['2022', 'high'],
    ['core-sql-2022-standard', 'high'],
  ]);
});
