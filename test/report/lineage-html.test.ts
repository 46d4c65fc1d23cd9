import { expect, test } from 'vitest';
import type { LineageVersion } from '../../src/model/index.ts';
import { renderLineage } from '../../src/report/lineage/index.ts';
import { lineageTrees, type TreeNode } from '../../src/report/lineage/nodes.ts';

const BASE = 'Canonical:ubuntu-24_04-lts:server:24.04.202611010';
const aVersion = (change: Partial<LineageVersion>): LineageVersion => ({
  ...{ image: 'web', version: '1.0.0', id: '/g/web/1.0.0', state: 'released', ami: { id: 'ami-1', region: 'eu-west-1' } },
  ...{ ancestors: ['ami-0'], base: BASE, regions: [], users: [] },
  ...change,
});
const vm = (name: string, location: string) => ({ kind: 'virtual-machine' as const, id: `/vms/${name}`, name, location });

/** A tree as lines that are indented. */
const drawn = (nodes: readonly TreeNode[], depth = 0): readonly string[] =>
  nodes.flatMap(({ kind, text, more, tone, below }) => [
    `${'  '.repeat(depth)}${[kind, text, more && `(${more})`, tone].filter((part) => part !== undefined).join(' ')}`,
    ...drawn(below, depth + 1),
  ]);

const VERSIONS = [
  aVersion({
    regions: [
      { name: 'northeurope', latest: true },
      { name: 'westeurope', latest: false },
    ],
    users: [vm('vm-1', 'northeurope'), { ...vm('fleet', 'westeurope'), kind: 'scale-set' }, vm('vm-2', 'uksouth')],
  }),
  aVersion({ version: '0.9.0', id: '/g/web/0.9.0', state: 'revoked', users: undefined }),
  aVersion({ image: 'web@production', id: '/prod/web/1.0.0', copiedFrom: '/G/WEB/1.0.0', ami: { id: 'ami-1', region: 'eu-west-1' } }),
  aVersion({ image: 'db', ami: { id: 'ami-2' }, ancestors: undefined, base: undefined, id: '/g/db/1.0.0' }),
  aVersion({ image: 'old', ami: undefined, ancestors: undefined, id: '/g/old/1.0.0', state: 'foreign' }),
];

test('one tree for each oldest AMI, with the base, versions, their copies and regions, and who runs them where', () => {
  expect(drawn(lineageTrees(VERSIONS))).toEqual([
    'ami ami-0',
    '  ami ami-1 (eu-west-1)',
    `    base ${BASE}`,
    '      version web 1.0.0 (released)',
    '        version web@production 1.0.0 (released)',
    '        region northeurope (latest) good',
    '          machine vm-1 (VM in northeurope)',
    '        region westeurope',
    '          machine fleet (scale set in westeurope)',
    '        machine vm-2 (VM in uksouth)',
    '      version web 0.9.0 (revoked) bad',
    '        unknown who runs it is not known',
    'ami ami-2 (EC2 does not tell its source)',
    '  version db 1.0.0 (released)',
    'unknown not made by regild',
    '  version old 1.0.0 (foreign)',
  ]);
});

test('many machines are counted, and a copy whose origin is not shown stands where its tags say', () => {
  const users = Array.from({ length: 8 }, (_, index) => vm(`vm-${index}`, 'northeurope'));
  const [tree] = lineageTrees([
    aVersion({ ancestors: [], copiedFrom: '/elsewhere', regions: [{ name: 'northeurope', latest: false }], users }),
  ]);
  expect(
    drawn(tree ? [tree] : [])
      .slice(-6)
      .map((line) => line.trim()),
  ).toEqual([...[0, 1, 2, 3, 4].map((index) => `machine vm-${index} (VM in northeurope)`), 'machine and 3 more']);
});

test('the page holds the whole tree, encodes what others wrote, and runs and fetches nothing', () => {
  const page = renderLineage(
    {
      kind: 'Lineage',
      schemaVersion: 1,
      of: undefined,
      versions: [aVersion({ users: [vm('<script>alert(1)</script>', 'northeurope')] })],
      issues: [],
    },
    'html',
  );
  expect([...page.matchAll(/<span class="code">([^<]*)<\/span>/g)].map(([, text]) => text)).toEqual([
    'ami-0',
    'ami-1',
    BASE,
    'web 1.0.0',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ]);
  expect(page).not.toMatch(/<script|src=|https?:/);
  const nothing = renderLineage({ kind: 'Lineage', schemaVersion: 1, of: 'ami-<9>', versions: [], issues: [] }, 'html');
  expect(nothing).toContain('<p>nothing stands on it</p>');
  expect(nothing).toContain('what stands on ami-&lt;9&gt;');
});
