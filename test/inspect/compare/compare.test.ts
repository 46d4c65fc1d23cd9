import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { compareInventories, type ParityContext } from '../../../src/inspect/compare/index.ts';
import type { ContentItem, Inventory } from '../../../src/model/index.ts';
import { unexplainedLosses } from '../../../src/model/index.ts';
import { anInventory, aPackage } from '../../fakes/inventory.ts';

const catalog = await loadCatalog();
const move: ParityContext = { between: 'move', catalog, allow: [] };
const LATER = '2026-03-01T00:00:00.000Z';

const file = (path: string, fields: Partial<ContentItem> = {}): ContentItem => ({
  path,
  kind: 'file',
  origin: 'unowned',
  bytes: 4,
  sha256: 'aa'.repeat(32),
  mode: '0644',
  owner: '0:0',
  ...fields,
});

const AMI: Inventory = anInventory({
  packages: [
    aPackage('base-files', { base: true }),
    aPackage('nginx', { version: '1.22-1', installed: LATER }),
    aPackage('htop', { asked: true, installed: LATER }),
    aPackage('libfoo', { reason: 'dependency', installed: LATER }),
    aPackage('amazon-ssm-agent', { installed: LATER }),
    aPackage('linux-image-6.1.0-28-cloud-amd64', { installed: LATER }),
  ],
  services: [
    { name: 'amazon-ssm-agent.service', state: 'enabled', package: 'amazon-ssm-agent' },
    { name: 'shop.service', state: 'enabled' },
    { name: 'htopd.service', state: 'enabled', package: 'htop' },
  ],
  accounts: [
    { name: 'shop', uid: 1001, gid: 1001, home: '/home/shop', shell: '/bin/bash', password: 'locked', keys: 0 },
    { name: 'ssm-user', uid: 1002, gid: 1002, home: '/home/ssm-user', shell: '/bin/sh', password: 'locked', keys: 0 },
  ],
  settings: [
    { kind: 'sysctl', name: 'net.core.somaxconn', value: '4096', path: '/etc/sysctl.d/50-shop.conf' },
    { kind: 'ntp', name: 'server', value: '169.254.169.123', path: '/etc/chrony.conf' },
  ],
  content: [file('/etc/shop.conf'), file('/etc/shop.key'), file('/etc/amazon/ssm/config.json'), file('/etc/made', { origin: 'generated' })],
  components: [{ id: 'amazon-ssm-agent', found: ['package amazon-ssm-agent'] }],
  leaks: [{ rule: 'SL-03', severity: 'block', path: '/etc/shop.key', kind: 'private key' }],
});

const IMAGE: Inventory = anInventory({
  packages: [aPackage('base-files', { base: true }), aPackage('nginx', { version: '1.22-2' }), aPackage('walinuxagent')],
  services: [{ name: 'walinuxagent.service', state: 'enabled', package: 'walinuxagent' }],
  settings: [{ kind: 'sysctl', name: 'net.core.somaxconn', value: '128', path: '/etc/sysctl.conf' }],
  content: [file('/etc/waagent.conf')],
});

const short = ({ differences }: ReturnType<typeof compareInventories>) =>
  differences.map(({ verdict, change, kind, name, reason }) => `${verdict} ${change} ${kind} ${name}: ${reason}`);

test('every difference has a verdict and a reason, losses that nobody explains first', () => {
  expect(short(compareInventories(AMI, IMAGE, move))).toEqual([
    'unexplained missing package deb:htop: the new image does not have it',
    'unexplained missing service shop.service: the new image does not have it',
    'unexplained missing content /etc/shop.conf: the new image does not have it',
    'unexplained changed setting sysctl net.core.somaxconn: it is not the same in the new image',
    "explained missing package deb:libfoo: it came with the AMI's base, and nothing shows that people asked for it",
    'explained missing service htopd.service: it goes with the package htop',
    'explained missing account shop: who may log in is said when a machine is made from the image',
    'explained changed package deb:nginx: the new image has a newer version',
    'expected missing package deb:amazon-ssm-agent: it belongs to AWS Systems Manager Agent',
    'expected missing package deb:linux-image-6.1.0-28-cloud-amd64: each cloud has kernels of its own',
    'expected missing service amazon-ssm-agent.service: it belongs to AWS Systems Manager Agent',
    'expected missing account ssm-user: it belongs to AWS Systems Manager Agent',
    'expected missing setting ntp server: time, names and mirrors come from the cloud that the machine runs in',
    'expected missing content /etc/amazon/ssm/config.json: it belongs to AWS Systems Manager Agent',
    'expected missing content /etc/shop.key: it must not travel: private key (SL-03)',
    'expected missing component amazon-ssm-agent: it belongs to AWS',
    'expected added package deb:walinuxagent: it belongs to Azure, and regild puts it there',
    'expected added service walinuxagent.service: it belongs to Azure, and regild puts it there',
    'expected added content /etc/waagent.conf: it belongs to Azure, and regild puts it there',
  ]);
});

test('the manifest answers for items by pattern', () => {
  const allow = [{ item: 'content /etc/shop.*', reason: 'made at first boot' }];
  const losses = unexplainedLosses(compareInventories(AMI, IMAGE, { ...move, allow }));
  expect(losses.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'package deb:htop',
    'service shop.service',
    'setting sysctl net.core.somaxconn',
  ]);
});

test('an image compared with itself has no difference', () => {
  const parity = compareInventories(AMI, AMI, move);
  expect(parity.differences).toEqual([]);
  expect(parity.equal).toEqual({
    system: 1,
    package: 6,
    service: 3,
    feature: 0,
    driver: 0,
    task: 0,
    hotfix: 0,
    cron: 0,
    account: 2,
    sudo: 0,
    setting: 2,
    content: 3,
    container: 0,
    component: 1,
  });
});

test('owners are compared by name, since a machine gives out other numbers', () => {
  const account = (uid: number) =>
    ({ name: 'till', uid, gid: uid, home: '/opt/till', shell: '/usr/sbin/nologin', password: 'locked', keys: 0 }) as const;
  const before = anInventory({
    accounts: [account(996)],
    content: [file('/opt/a', { owner: '996:996' }), file('/opt/b', { owner: '996:0' })],
  });
  const after = anInventory({
    accounts: [account(104)],
    content: [file('/opt/a', { owner: '104:104' }), file('/opt/b', { owner: '996:0' })],
  });
  expect(short(compareInventories(before, after, move))).toEqual([
    'unexplained changed content /opt/b: it is not the same in the new image',
    'explained changed account till: packages make accounts of the system themselves',
  ]);
});

test('an account of the system that people made is lost without a word from nobody: its files, its home or its rule of sudo show it', () => {
  const account = (name: string, uid: number) =>
    ({ name, uid, gid: uid, home: `/opt/${name}`, shell: '/usr/sbin/nologin', password: 'locked', keys: 0 }) as const;
  const before = anInventory({
    accounts: [account('owner', 301), account('home', 302), account('sudo', 303), account('package', 304)],
    content: [file('/etc/a', { owner: '301:0' }), file('/opt/home/x')],
    sudo: [{ path: '/etc/sudoers', rule: 'sudo ALL=(ALL) ALL' }],
  });
  const lost = unexplainedLosses(compareInventories(before, anInventory(), move));
  expect(lost.filter(({ kind }) => kind === 'account').map(({ name }) => name)).toEqual(['home', 'owner', 'sudo']);
});

test('what is not carried says why, and what each cloud and the steps set is expected', () => {
  const before = anInventory({
    components: [
      { id: 'amazon-ssm-agent', found: ['unit amazon-ssm-agent.service'] },
      { id: 'aws-words-in-config', found: ['text in /etc/app.conf'] },
    ],
    leaks: [{ rule: 'SL-20', severity: 'warn', path: '/etc/url', kind: 'password in a URL' }],
    content: [
      '/etc/app.conf',
      '/etc/url',
      '/etc/systemd/system/amazon-ssm-agent.service',
      '/etc/chrony/chrony.conf',
      '/etc/cloud/ds-identify.cfg',
    ]
      .map((path) => file(path))
      .concat(file('/etc/modprobe.d/cis.conf')),
  });
  const after = anInventory({ content: [file('/etc/modprobe.d/cis.conf', { bytes: 0 })] });
  expect(short(compareInventories(before, after, move)).filter((line) => line.includes(' content '))).toEqual([
    'unexplained missing content /etc/app.conf: it is not carried, since its text names something of AWS',
    'unexplained missing content /etc/url: it is not carried: password in a URL (SL-20)',
    'expected missing content /etc/chrony/chrony.conf: time, names and mirrors come from the cloud that the machine runs in',
    "expected missing content /etc/cloud/ds-identify.cfg: regild's steps set it for Azure",
    'expected missing content /etc/systemd/system/amazon-ssm-agent.service: it belongs to AWS Systems Manager Agent',
    "expected changed content /etc/modprobe.d/cis.conf: regild's steps set it for Azure",
  ]);
});

test('between two versions of an image nothing is different on purpose', () => {
  const older = anInventory({ packages: [aPackage('nginx', { version: '1.22-2' })], content: [file('/etc/a', { bytes: 5 })] });
  const newer = anInventory({ packages: [aPackage('nginx', { version: '1.22-1' }), aPackage('walinuxagent')], content: [file('/etc/a')] });
  expect(short(compareInventories(older, newer, { ...move, between: 'same' }))).toEqual([
    'unexplained changed package deb:nginx: it is not the same in the new image',
    'unexplained changed content /etc/a: it is not the same in the new image',
    'explained added package deb:walinuxagent: it comes with the base or with what was installed on it',
  ]);
});

test('what could not be read is told for each side, so that nobody takes it for equal', () => {
  const half = anInventory({ unread: [{ place: '/etc/passwd', reason: 'a bad checksum' }] });
  expect(compareInventories(half, anInventory(), move).unread).toEqual([
    { side: 'before', place: '/etc/passwd', reason: 'a bad checksum' },
  ]);
});
