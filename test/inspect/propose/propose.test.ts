import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { addedByPeople } from '../../../src/inspect/propose/evidence.ts';
import { propose } from '../../../src/inspect/propose/index.ts';
import { safePaths } from '../../../src/inspect/propose/safe-path.ts';
import { takeInventory } from '../../../src/inspect/take-inventory.ts';
import type { ProposedStep } from '../../../src/model/index.ts';
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
  const ancestor = anInventory({ packages: [aPackage('from-the-base'), aPackage('base-files'), aPackage('asked')] });
  expect(addedByPeople(inventory, ancestor).map(({ package: { name } }) => name)).toEqual(['later', 'no-marks', 'requests', 'core22']);
});

test("a company's image: its content is carried, nothing of AWS, of one machine and no secret", async () => {
  const inventory = await takeInventory(memoryTree(COMPANY_IMAGE), { source }, catalog);
  const proposal = propose(inventory, { target: { id: 'debian', version: '12' }, catalog, folder: 'content/shop' });
  const lines = proposal.steps.map(inOneLine);
  expect(lines).toContain('file content/shop/etc/nginx/nginx.conf');
  expect(lines).toContain('file content/shop/etc/systemd/system/shop.service');
  expect(lines).toContain('shell systemctl mask apt-daily.timer; systemctl enable shop.service');
  expect(lines.join('\n')).toMatch(
    /useradd --uid 1001 --gid 1001 --home-dir \/home\/shop --no-create-home --shell \/usr\/sbin\/nologin shop; .*chown 1001:1001 \/opt\/shop\/run; chmod 0755 \/opt\/shop\/run/,
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
