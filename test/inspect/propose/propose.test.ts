import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { addedByPeople, madeFrom } from '../../../src/inspect/propose/evidence.ts';
import { propose } from '../../../src/inspect/propose/index.ts';
import { safePaths } from '../../../src/inspect/propose/safe-path.ts';
import { takeInventory } from '../../../src/inspect/take-inventory.ts';
import type { ContentItem, InventoryAccount, ProposedStep } from '../../../src/model/index.ts';
import { anInventory, aPackage } from '../../fakes/inventory.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';
import { COMPANY_IMAGE, SECRETS } from '../company-image.ts';

const catalog = await loadCatalog();
const LATER = '2026-03-01T00:00:00.000Z';
const source = { kind: 'folder', name: 'company', simulated: false } as const;

test('what people added is told by evidence', () => {
  const inventory = anInventory({
    packages: [
      aPackage('base-files', { base: true, installed: LATER }),
      aPackage('from-the-base'),
      aPackage('asked', { asked: true }),
      aPackage('later', { installed: LATER }),
      aPackage('dependency', { installed: LATER, reason: 'dependency' }),
      { manager: 'rpm', name: 'no-marks', version: '1', installed: LATER },
      { manager: 'pip', name: 'requests', version: '2' },
      { manager: 'snap', name: 'core22', version: '1' },
    ],
  });
  expect(addedByPeople(inventory).map(({ package: { name }, confidence }) => [name, confidence])).toEqual([
    ['asked', 'high'],
    ['later', 'medium'],
    ['no-marks', 'low'],
    ['requests', 'medium'],
  ]);
  const ancestor = anInventory({ packages: [aPackage('from-the-base'), aPackage('base-files'), aPackage('asked', { asked: true })] });
  expect(addedByPeople(madeFrom(inventory, ancestor)).map(({ package: { name }, confidence }) => [name, confidence])).toEqual([
    ['asked', 'high'],
    ['later', 'high'],
    ['no-marks', 'high'],
    ['requests', 'high'],
    ['core22', 'high'],
  ]);
});

test('what people had added to an ancestor is theirs in what was made from it, what came with its base is not', () => {
  const base = anInventory({
    source: { kind: 'snapshot', name: 'ami-base (snap-base)', simulated: true },
    packages: [aPackage('kept'), aPackage('nginx', { asked: true }), aPackage('lib', { reason: 'dependency' })],
  });
  const made = madeFrom(
    anInventory({ packages: [aPackage('kept', { installed: LATER }), aPackage('nginx'), aPackage('lib'), aPackage('own')] }),
    base,
  );
  expect(made.ancestor).toEqual({
    source: { kind: 'snapshot', name: 'ami-base (snap-base)', simulated: true },
    packages: [
      { manager: 'deb', name: 'kept' },
      { manager: 'deb', name: 'nginx', added: true },
      { manager: 'deb', name: 'lib' },
    ],
  });
  expect(addedByPeople(made).map(({ package: { name }, confidence, evidence }) => [name, confidence, ...evidence])).toEqual([
    ['nginx', 'medium', 'people had added it to the AMI that this one was made from'],
    ['own', 'high', 'the AMI that this one was made from does not have it', 'it is marked as asked for'],
  ]);
});

test("a company's image: its content is carried, nothing of AWS, of one machine and no secret", async () => {
  const inventory = await takeInventory(memoryTree(COMPANY_IMAGE), { source }, catalog);
  const proposal = propose(inventory, { target: { id: 'debian', version: '12' }, catalog, folder: 'content/shop' });
  const lines = proposal.steps.map(inOneLine);
  expect(lines).toContain('file content/shop/etc/nginx/nginx.conf');
  expect(lines).toContain('file content/shop/etc/systemd/system/shop.service');
  expect(lines).toContain('shell systemctl mask apt-daily.timer; systemctl enable shop.service');
  expect(lines).toContain(
    'shell getent group shop > /dev/null || groupadd $(getent group 1001 > /dev/null || echo --gid 1001) shop; getent passwd shop > /dev/null || useradd $(getent passwd 1001 > /dev/null || echo --uid 1001) --gid shop --home-dir /home/shop --no-create-home --shell /usr/sbin/nologin shop',
  );
  expect(lines).toContain(
    'shell mkdir -p /etc/systemd/system; ln -sfn /dev/null /etc/systemd/system/apt-daily.timer; chown shop:shop /opt/shop/run; chmod 0755 /opt/shop/run',
  );
  const left = Object.fromEntries(proposal.left.map(({ name, reason }) => [name, reason]));
  expect(left).toMatchObject({
    '/etc/shop.key': 'it must not travel: private key (SL-03)',
    '/opt/shop/settings.ini': 'it must not travel: AWS key id AKIAQQQQ (SL-04)',
    '/etc/apt/sources.list.d/shop.list': 'it must not travel: password in a URL (SL-20)',
    '/srv/site': '70 files, 280 bytes: put them into a package or an archive that a step unpacks',
    'nginx:1.27': 'pull it in a step, or when the machine starts',
    shop: 'who may log in is said when a machine is made from the image',
  });
  const text = JSON.stringify(proposal);
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  expect(text).not.toContain('amazon-ssm-agent');
});

test('Amazon Linux elsewhere: renamed by the catalog, without a counterpart, or not known', () => {
  const inventory = anInventory({
    system: { family: 'linux', id: 'amzn', version: '2023', kernels: [], apparmor: false, fips: false },
    packages: ['httpd', 'java-1.8.0-amazon-corretto', 'company-tool', 'kernel', 'amazon-ssm-agent'].map((name) => ({
      manager: 'rpm' as const,
      name,
      version: '1-1',
      asked: true as const,
    })),
    components: [{ id: 'amazon-ssm-agent', found: ['package amazon-ssm-agent'] }],
  });
  const toUbuntu = propose(inventory, { target: { id: 'ubuntu', version: '24.04' }, catalog, folder: 'content/x' });
  expect(toUbuntu.steps).toEqual([
    {
      kind: 'packages',
      packages: [
        {
          name: 'apache2',
          was: 'httpd',
          relation: 'renamed',
          confidence: 'high',
          evidence: ['it was named on a command line that the package manager logged'],
          note: 'configuration lies below /etc/apache2 and is laid out differently',
        },
      ],
    },
  ]);
  expect(toUbuntu.left.map(({ name }) => name)).toEqual(['java-1.8.0-amazon-corretto', 'company-tool']);
  expect(toUbuntu.fidelity).toEqual([{ kind: 'package', carried: 1, replaced: 2, left: 2 }]);
  const [step] = propose(inventory, { target: { id: 'rhel', version: '9' }, catalog, folder: 'content/x' }).steps;
  expect(step?.kind === 'packages' && step.packages.map(({ name, relation }) => [name, relation])).toEqual([
    ['httpd', 'same'],
    ['java-1.8.0-openjdk', 'renamed'],
    ['company-tool', 'same'],
  ]);
});

const aFile = (path: string, fields: Partial<ContentItem> = {}): ContentItem => ({
  ...{ path, kind: 'file', origin: 'unowned', bytes: 1, sha256: 'aa', mode: '0644', owner: '0:0' },
  ...fields,
});
const anAccount = (name: string, uid: number, fields: Partial<InventoryAccount> = {}): InventoryAccount => ({
  ...{ name, uid, gid: uid, home: `/home/${name}`, shell: '/usr/sbin/nologin', password: 'locked', keys: 0 },
  ...fields,
});

test('accounts are made where files, homes or rules of sudo need them, by name, and never those of AWS or of a person who has nothing', () => {
  const inventory = anInventory({
    accounts: [
      anAccount('daemon', 1, { home: '/usr/sbin' }),
      anAccount('till', 996, { gid: 995, home: '/opt/till' }),
      anAccount('group-only', 301),
      anAccount('home-only', 302, { gid: 65_534, home: '/srv/home-only' }),
      anAccount('sudo-only', 303),
      anAccount('nothing', 304),
      anAccount('twin-a', 305, { gid: 400 }),
      anAccount('twin-b', 306, { gid: 400 }),
      anAccount('alice', 1050, { shell: '/bin/bash' }),
      anAccount('cwagent', 307),
      anAccount('nobody', 65_534),
    ],
    sudo: [
      { path: '/etc/sudoers.d/x', rule: 'sudo-only ALL=(root) NOPASSWD: /bin/true' },
      { path: '/etc/sudoers.d/y', rule: 'alice ALL=(ALL) ALL' },
    ],
    content: [
      aFile('/opt/a', { owner: '996:995' }),
      aFile('/opt/b', { owner: '0:301' }),
      aFile('/opt/c', { owner: '305:400' }),
      aFile('/opt/d', { owner: '307:307' }),
      aFile('/opt/e', { owner: '33:65534' }),
      aFile('/srv/home-only/f', { mode: '4755', owner: '999:1' }),
    ],
    components: [{ id: 'amazon-cloudwatch-agent', found: ['account cwagent'] }],
  });
  const proposal = propose(inventory, { target: { id: 'debian', version: '12' }, catalog, folder: 'content/x' });
  const shells = proposal.steps.flatMap((step) => (step.kind === 'shell' ? [step.lines] : []));
  const user = (name: string, uid: number, gid: string, home = `/home/${name}`) =>
    `getent passwd ${name} > /dev/null || useradd $(getent passwd ${uid} > /dev/null || echo --uid ${uid}) --gid ${gid} --home-dir ${home} --no-create-home --shell /usr/sbin/nologin ${name}`;
  const group = (name: string, gid: number) =>
    `getent group ${name} > /dev/null || groupadd $(getent group ${gid} > /dev/null || echo --gid ${gid}) ${name}`;
  expect(shells).toEqual([
    [
      ...[group('till', 995), user('till', 996, 'till', '/opt/till')],
      ...[group('group-only', 301), user('group-only', 301, 'group-only')],
      user('home-only', 302, '65534', '/srv/home-only'),
      ...[group('sudo-only', 303), user('sudo-only', 303, 'sudo-only')],
      user('twin-a', 305, '400'),
    ],
    [
      'chown till:till /opt/a',
      'chown 0:group-only /opt/b',
      'chown twin-a:400 /opt/c',
      'chown 307:307 /opt/d',
      'chown 33:65534 /opt/e',
      'chown 999:1 /srv/home-only/f',
      'chmod 4755 /srv/home-only/f',
    ],
  ]);
  expect(proposal.fidelity.find(({ kind }) => kind === 'account')).toEqual({ kind: 'account', carried: 5, replaced: 0, left: 2 });
  expect(proposal.left).toEqual([
    { kind: 'account', name: 'cwagent', reason: "it is AWS's; what it owns and is carried keeps the number 307" },
    { kind: 'account', name: 'alice', reason: 'who may log in is said when a machine is made from the image' },
  ]);
});

test('what AWS masked or extended and what each cloud has of its own stays behind, under either name of a merged folder', () => {
  const link = { kind: 'link', target: '/dev/null' } as const;
  const inventory = anInventory({
    components: [
      { id: 'hv-kvp-disabled', found: ['path /etc/systemd/system/hv-kvp-daemon.service'] },
      { id: 'ec2-instance-connect', found: ['path /lib/systemd/system/ssh.service.d/ec2-instance-connect.conf'] },
      { id: 'amazon-ssm-agent', found: ['unit amazon-ssm-agent.service'] },
    ],
    packages: ['linux-image-6.1.0-28-cloud-amd64', 'walinuxagent', 'htop'].map((name) => aPackage(name, { asked: true })),
    services: [
      { name: 'hv-kvp-daemon.service', state: 'masked' },
      { name: 'walinuxagent.service', state: 'masked' },
      { name: 'own.timer', state: 'masked' },
    ],
    content: [
      aFile('/etc/systemd/system/hv-kvp-daemon.service', link),
      aFile('/usr/lib/systemd/system/ssh.service.d/ec2-instance-connect.conf'),
      aFile('/etc/systemd/system/amazon-ssm-agent.service'),
      aFile('/etc/systemd/system/amazon-ssm-agent.service.d/limits.conf'),
      aFile('/etc/cloud/ds-identify.cfg'),
      aFile('/etc/sudoers.d/waagent'),
      aFile('/etc/systemd/system/amazon-ssm-agent-watch.service'),
    ],
  });
  const { steps, fidelity, left } = propose(inventory, { target: { id: 'debian', version: '12' }, catalog, folder: 'content/x' });
  expect(steps.map(inOneLine)).toEqual([
    'packages htop',
    'file content/x/etc/systemd/system/amazon-ssm-agent-watch.service',
    'shell systemctl mask own.timer',
  ]);
  expect(fidelity).toEqual([
    { kind: 'package', carried: 1, replaced: 2, left: 0 },
    { kind: 'file', carried: 1, replaced: 6, left: 0 },
    { kind: 'service', carried: 1, replaced: 2, left: 0 },
  ]);
  expect(left).toEqual([]);
});

test('a name that would be an option of a command is carried by none, and told', () => {
  const inventory = anInventory({
    packages: [
      aPackage('-o=APT::x', { asked: true }),
      aPackage('g++-12', { asked: true }),
      { manager: 'pip', name: '--index-url=http://evil', version: '1' },
      { manager: 'npm', name: '@scope/tool', version: '1.4.0' },
    ],
    accounts: [anAccount('--root=/x', 301), anAccount('a b', 302), anAccount('good', 303)],
    content: [
      ...['301', '302', '303'].map((uid) => aFile(`/opt/${uid}`, { owner: `${uid}:0` })),
      aFile('/opt/link', { kind: 'link', target: '-t/x' }),
    ],
    services: [
      { name: '-.mount', state: 'masked' },
      { name: '--root=x.service', state: 'masked' },
    ],
  });
  const { steps, left } = propose(inventory, { target: { id: 'debian', version: '12' }, catalog, folder: 'content/x' });
  expect(steps.map(inOneLine)).toEqual([
    'packages g++-12',
    'shell npm install --global @scope/tool@1.4.0',
    'shell getent group good > /dev/null || groupadd $(getent group 303 > /dev/null || echo --gid 303) good; getent passwd good > /dev/null || useradd $(getent passwd 303 > /dev/null || echo --uid 303) --gid good --home-dir /home/good --no-create-home --shell /usr/sbin/nologin good',
    ...['301', '302', '303'].map((uid) => `file content/x/opt/${uid}`),
    'shell chown 301:0 /opt/301; chown 302:0 /opt/302; chown good:0 /opt/303; mkdir -p /opt; ln -sfn -- -t/x /opt/link',
    'shell systemctl mask -- -.mount; systemctl mask -- --root=x.service',
  ]);
  const reason = 'its name is none that a command would take for one';
  expect(left).toEqual([
    { kind: 'package', name: '-o=APT::x', reason },
    { kind: 'package of a language', name: '--index-url=http://evil', reason },
    { kind: 'account', name: '--root=/x', reason },
    { kind: 'account', name: 'a b', reason },
  ]);
});

test('what no command can hold is left, and told', () => {
  const account = (name: string, home: string): InventoryAccount => ({
    name,
    uid: 990,
    gid: 990,
    home,
    shell: '/bin/false',
    password: 'locked',
    keys: 0,
  });
  const file = { kind: 'file', origin: 'unowned', bytes: 1, sha256: 'a'.repeat(64), mode: '0644', owner: '990:990' } as const;
  const link = { path: '/opt/link', kind: 'link', origin: 'unowned', bytes: 3, mode: '0777', owner: '0:0', target: 'a\0b' } as const;
  const linux = anInventory({ accounts: [account('shop', '/h\0\0op')], content: [{ ...file, path: '/opt/run' }, link] });
  const context = { target: { id: 'debian', version: '12' }, folder: 'content', catalog };
  expect(propose(linux, context).left).toEqual([
    { kind: 'account', name: 'shop', reason: 'its home is no path that a command would take for one' },
    { kind: 'file', name: '/opt/link', reason: 'where it leads is no path' },
  ]);
  const windows = { features: ['Web-Server', 'x; calc'], hotfixes: [], drivers: [], tasks: [], sqlServer: [] };
  const { left, fidelity, steps } = propose(anInventory({ system: { ...linux.system, family: 'windows' }, windows }), context);
  expect([left, fidelity, steps.map(inOneLine)]).toEqual([
    [{ kind: 'feature', name: 'x; calc', reason: 'its name is none that a command would take for one' }],
    [{ kind: 'feature', carried: 1, replaced: 0, left: 1 }],
    ['shell Install-WindowsFeature -Name Web-Server'],
  ]);
});

test('paths are safe wherever they are written', () => {
  const hostile = [
    '/etc/../../x',
    '/a/..',
    '/etc/A b',
    '/etc/a_b',
    '/etc/-rf',
    '/opt/nul',
    '/opt/c:\\x',
    '/opt/\u202ex',
    `/opt/${'x'.repeat(300)}`,
  ];
  const names = [...safePaths(hostile).values()];
  expect(names.slice(0, 8)).toEqual(['etc/_/_/x', 'a/_', 'etc/A_b', 'etc/a_b-2', 'etc/_rf', 'opt/_nul', 'opt/c__x', 'opt/_x']);
  expect(names[8]?.length).toBe(204);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(hostile.length);
});

function inOneLine(step: ProposedStep): string {
  switch (step.kind) {
    case 'packages':
      return `packages ${step.packages.map(({ name }) => name).join(' ')}`;
    case 'file':
      return `file ${step.from}`;
    case 'shell':
    case 'powershell':
      return `shell ${step.lines.join('; ')}`;
  }
}
