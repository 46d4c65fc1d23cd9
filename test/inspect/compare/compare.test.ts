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
