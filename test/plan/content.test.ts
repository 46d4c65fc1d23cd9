import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { ImageSpec, Inventory } from '../../src/model/index.ts';
import { planCarryOver } from '../../src/plan/carry-over.ts';
import { decideComponents } from '../../src/plan/decide-components.ts';
import { planOsDisk } from '../../src/plan/os-disk.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';
import { aCandidate, anAnalysis, aSpec } from '../fakes/values.ts';

const catalog = await loadCatalog();
const GIB = 2 ** 30;

function ofDisk(rootGiB: number, usedGiB: number | undefined) {
  const { ami } = anAnalysis();
  const fileSystems = usedGiB === undefined ? [] : [{ device: 'partition 1', type: 'ext4', mountPoint: '/', usedBytes: usedGiB * GIB }];
  return {
    ami: { ...ami, disks: [{ device: '/dev/sda1', sizeGiB: rootGiB, kind: 'ebs' as const, root: true }] },
    inventory: anInventory({ boot: { ...anInventory().boot, fileSystems } }),
  };
}

test.each([
  { root: 500, used: 40, sizeGB: 80, codes: ['OS_DISK_BY_USE'] },
  { root: 500, used: 5, sizeGB: 30, codes: ['OS_DISK_BY_USE'] },
  { root: 100, used: 80, sizeGB: 100, codes: [] },
  { root: 8, used: 3, sizeGB: 30, codes: [] },
  { root: 500, used: undefined, sizeGB: 500, codes: [] },
  { root: 3000, used: 100, sizeGB: 200, codes: ['OS_DISK_BY_USE'] },
])('of a root volume of $root GiB with $used GiB in use: $sizeGB GB', ({ root, used, sizeGB, codes }) => {
  const disk = planOsDisk(aSpec(), ofDisk(root, used), aCandidate());
  expect([disk.sizeGB, disk.issues.map(({ code }) => code)]).toEqual([sizeGB, codes]);
});

test('a disk that is smaller than the root volume says how much of that is used, and how to keep its size', () => {
  expect(planOsDisk(aSpec(), ofDisk(500, 40), aCandidate()).issues).toEqual([
    {
      severity: 'info',
      code: 'OS_DISK_BY_USE',
      message: "the OS disk gets 80 GB: of the AMI's root volume of 500 GB, 40.0 GB are used",
      hint: '`build.osDiskSizeGB: 500` keeps the size',
      image: 'web',
      place: aSpec().place,
    },
  ]);
});

test('what the user asks for goes before what is used', () => {
  const disk = planOsDisk(aSpec({ build: { osDiskSizeGB: 256, timeoutMinutes: 240 } }), ofDisk(500, 5), aCandidate());
  expect(disk).toEqual({ sizeGB: 256, issues: [] });
});

test('components are what the disk shows, with where, and only those are questions', () => {
  const known = catalog.components.filter(({ os, policy }) => os === 'linux' && policy === 'ask').slice(0, 2);
  const [first, second] = known;
  if (!first || !second) throw new Error('the catalog asks about two components');
  const inventory = anInventory({ components: [{ id: first.id, found: ['package one'] }] });
  const { decisions, issues } = decideComponents('linux', known, {}, { family: 'amazon-linux-2023', inventory });
  expect(decisions.map(({ id, found, expected }) => ({ id, found, expected }))).toEqual([
    { id: first.id, found: ['package one'], expected: undefined },
    { id: second.id, found: undefined, expected: undefined },
  ]);
  expect(issues.map(({ message }) => message)).toEqual([`on the AMI's disk, and kept where a step brings them along: ${first.id}`]);
});

test('an inventory that tells of no components is no proof that there are none', () => {
  const component = catalog.components.find(({ os, inFamilies }) => os === 'linux' && inFamilies?.includes('amazon-linux-2023'));
  if (!component) throw new Error('the catalog knows a component of Amazon Linux 2023');
  const inventory = anInventory({ unasked: ['component *'] });
  const { decisions } = decideComponents('linux', [component], {}, { family: 'amazon-linux-2023', inventory });
  expect(decisions.map(({ expected }) => expected)).toEqual([true]);
});

const ASKED = aPackage('htop', { asked: true, installed: '2026-03-01T00:00:00.000Z' });
const FILE = {
  path: '/opt/app/run',
  kind: 'file',
  origin: 'unowned',
  bytes: 4,
  sha256: 'ab'.repeat(32),
  mode: '0755',
  owner: '0:0',
} as const;

function carry(customize: ImageSpec['customize'], inventory: Inventory | undefined) {
  return planCarryOver(aSpec({ name: 'web', customize }), aCandidate({ distro: 'debian', version: '12' }), inventory, catalog);
}

test('what no step carries over is a warning that names it', () => {
  const { carryOver, issues } = carry([], anInventory({ packages: [ASKED], content: [FILE] }));
  expect(carryOver?.open).toEqual(carryOver?.proposal.steps);
  expect(carryOver?.open.map((step) => [step.kind, step.kind === 'file' ? step.from : undefined])).toEqual([
    ['packages', undefined],
    ['file', 'content/web/opt/app/run'],
    ['shell', undefined],
  ]);
  expect(issues).toEqual([
    {
      severity: 'warning',
      code: 'CONTENT_NOT_CARRIED',
      message: 'no step of `customize` carries over what people made of the AMI: package htop, file /opt/app/run, chmod 0755 /opt/app/run',
      hint: '`regild inspect web --propose` shows the steps with their evidence, `--write web` puts them into the manifest',
    },
  ]);
});

test('what the manifest does already is not open', () => {
  const { carryOver, issues } = carry(
    [
      { kind: 'packages', names: ['htop'] },
      { kind: 'file', from: 'run', to: '/opt/app/run' },
      { kind: 'shell', lines: ['chmod 0755 /opt/app/run'] },
    ],
    anInventory({ packages: [ASKED], content: [FILE] }),
  );
  expect([carryOver?.open, issues]).toEqual([[], []]);
});

test('of a step that is done by half, the other half is open', () => {
  const [vim, web] = [aPackage('vim', { asked: true }), { ...FILE, path: '/opt/app/web' }];
  const { carryOver, issues } = carry(
    [
      { kind: 'packages', names: ['htop'] },
      { kind: 'file', from: 'run', to: '/opt/app/run' },
      { kind: 'shell', lines: ['chmod 0755 /opt/app/run'] },
    ],
    anInventory({ packages: [ASKED, { ...vim, installed: ASKED.installed }], content: [FILE, web] }),
  );
  expect(
    carryOver?.open.map((step) =>
      step.kind === 'packages' ? step.packages.map(({ name }) => name) : step.kind === 'file' ? step.path : step.lines,
    ),
  ).toEqual([['vim'], '/opt/app/web', ['chmod 0755 /opt/app/web']]);
  expect(issues.map(({ message }) => message)).toEqual([
    'no step of `customize` carries over what people made of the AMI: package vim, file /opt/app/web, chmod 0755 /opt/app/web',
  ]);
});

test('a step of another kind, a script, and a file that goes elsewhere carry nothing over', () => {
  const { carryOver } = carry(
    [
      { kind: 'shell', lines: ['htop', '/opt/app/run'] },
      { kind: 'shell', script: 'chmod 0755 /opt/app/run' },
      { kind: 'file', from: '/opt/app/run', to: '/srv/run' },
      { kind: 'packages', names: ['chmod 0755 /opt/app/run'] },
    ],
    anInventory({ packages: [ASKED], content: [FILE] }),
  );
  expect(carryOver?.open).toEqual(carryOver?.proposal.steps);
});

test.each([
  [6, 'package p1, package p2, package p3, package p4, package p5, package p6'],
  [7, 'package p1, package p2, package p3, package p4, package p5, package p6, and 1 more'],
])('of %i that are open, six are named', (count, named) => {
  const packages = Array.from({ length: count }, (_, at) => ({ ...ASKED, name: `p${at + 1}` }));
  expect(carry([], anInventory({ packages })).issues.map(({ message }) => message)).toEqual([
    `no step of \`customize\` carries over what people made of the AMI: ${named}`,
  ]);
});

test('the base is named as its os-release will, by its own name where the catalog does not know the release', () => {
  const target = (distro: string, version: string) =>
    planCarryOver(aSpec(), aCandidate({ distro, version }), anInventory(), catalog).carryOver?.proposal.target;
  expect([target('oraclelinux', '9'), target('debian', '12'), target('oraclelinux', '99'), target('hannah', '1')]).toEqual([
    { id: 'ol', version: '9' },
    { id: 'debian', version: '12' },
    { id: 'oraclelinux', version: '99' },
    { id: 'hannah', version: '1' },
  ]);
});

test('the features of a Windows are what a step can carry over', () => {
  const windows = { features: ['Web-Server', "x'; rm"], hotfixes: [], drivers: [], tasks: [], sqlServer: [] };
  const found = anInventory({ windows, system: { ...anInventory().system, family: 'windows' } });
  const line = 'Install-WindowsFeature -Name Web-Server';
  expect(carry([], found).issues.map(({ message }) => message)).toEqual([
    `no step of \`customize\` carries over what people made of the AMI: ${line}`,
  ]);
  expect(carry([{ kind: 'powershell', lines: [line] }], found).issues).toEqual([]);
});

test('of a disk that was not read nothing is said', () => {
  expect(carry([], undefined)).toEqual({ issues: [] });
});
