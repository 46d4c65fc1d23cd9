import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { compareInventories } from '../../src/inspect/compare/index.ts';
import { type CarryOver, type ImageReport, outlineOf, Report } from '../../src/model/index.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';
import { EXPLAINED, REPORT, rendered } from './fixture.ts';

const HOSTILE = 'x|y</td><img src=x>\n# z';

const ami = anInventory({
  source: { kind: 'snapshot', name: 'ami-1 (snap-1)', simulated: true },
  system: { family: 'linux', id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04.1 LTS', kernels: [], apparmor: false, fips: false },
  packages: [aPackage('curl', { version: '2.0' }), aPackage('htop', { asked: true }), aPackage('nginx', { asked: true })],
  cron: [{ path: `/etc/cron.d/${HOSTILE}`, jobs: 2, sha256: 'a'.repeat(64) }],
  components: [{ id: 'amazon-ssm-agent', found: ['package amazon-ssm-agent'] }],
  leaks: [{ rule: 'SL-04', severity: 'block', path: '/root/.aws/credentials', kind: 'AWS credentials' }],
  unread: [
    { place: 'partition 3', reason: 'is encrypted (LUKS)' },
    { place: '/etc/passwd', reason: HOSTILE },
  ],
});
const image = anInventory({
  source: { kind: 'machine', name: 'test VM of web-golden', simulated: true },
  system: ami.system,
  packages: [aPackage('curl', { version: '1.0' }), aPackage('nginx', { asked: true }), aPackage('walinuxagent')],
  unread: [{ place: '/var/log/dpkg.log', reason: 'permission denied' }],
});

const carryOver = {
  proposal: {
    kind: 'Proposal',
    schemaVersion: 1,
    source: ami.source,
    target: { id: 'ubuntu', version: '24.04' },
    steps: [],
    components: [],
    left: [{ kind: 'file', name: HOSTILE, reason: 'its name is not one that a folder can hold everywhere' }],
    fidelity: [
      { kind: 'package', carried: 1, replaced: 1, left: 0 },
      { kind: 'file', carried: 0, replaced: 0, left: 1 },
    ],
  },
  open: [
    {
      kind: 'packages',
      packages: [{ name: 'htop', was: 'htop', relation: 'same', evidence: ['it is marked as asked for'], confidence: 'medium' }],
    },
    {
      kind: 'file',
      from: 'content/web-golden/opt/x',
      path: '/opt/x',
      bytes: 1,
      sha256: 'b'.repeat(64),
      evidence: ['no package brought it'],
      confidence: 'high',
    },
  ],
} satisfies CarryOver;

async function report(allow: readonly { readonly item: string; readonly reason: string }[] = []): Promise<Report> {
  const parity = compareInventories(ami, image, { between: 'move', catalog: await loadCatalog(), allow });
  const [published] = REPORT.images;
  const { validation } = published ?? {};
  const looked = {
    ...published,
    analysis: { ...EXPLAINED.analysis, inventory: outlineOf(ami) },
    plan: { ...EXPLAINED.plan, carryOver },
    validation: { ...validation, inventory: outlineOf(image), parity },
  } as ImageReport;
  return Report.parse({ ...REPORT, images: [looked], issues: [] });
}

/** The cells of every table below a folded title, as GitHub reads them. */
function markdownTables(markdown: string): Readonly<Record<string, readonly (readonly string[])[]>> {
  const parts = markdown.matchAll(/<summary>(.*?)<\/summary>\n\n([\s\S]*?)\n\n<\/details>/g);
  return Object.fromEntries(
    [...parts].map(([, title = '', body = '']) => [
      title,
      body.split('\n').map((line) =>
        line
          .slice(2, -2)
          .split(/ \| /)
          .map((cell) => cell.replaceAll(/\\(?=[^\w\s])/g, '')),
      ),
    ]),
  );
}

test('the text of a run says what is in the AMI, what is to be carried, what is left, what was lost, and what could not be read', async () => {
  const lines = rendered(await report(), 'text').split('\n');
  const of = (label: string) => {
    const from = lines.findIndex((line) => line.startsWith(`  ${label} `));
    const length = lines.slice(from + 1).findIndex((line) => !line.startsWith(`  ${' '.repeat(12)}`));
    return lines.slice(from, from + 1 + length).map((line) => line.trim());
  };
  expect([
    of('content'),
    of('AWS parts'),
    of('secrets'),
    of('fidelity'),
    of('parity'),
    of('not read'),
    of('to carry'),
    of('left'),
  ]).toMatchInlineSnapshot(`
    [
      [
        "content     Ubuntu 24.04.1 LTS: 3 packages, 0 files or trees that no package brought, 0 changed files of packages (simulated disk)",
      ],
      [
        "AWS parts   amazon-ssm-agent",
      ],
      [
        "secrets     /root/.aws/credentials (AWS credentials): they must not be in an image, and are not carried over",
      ],
      [
        "fidelity    package: 1 carried, 1 replaced, 0 left; file: 0 carried, 0 replaced, 1 left",
      ],
      [
        "parity      missing or changed: 3 unexplained, 0 explained, 1 expected; the same: 2 (simulated)",
      ],
      [
        "not read    partition 3 (the AMI): is encrypted (LUKS)",
        "/etc/passwd (the AMI): x|y</td><img src=x>\\n# z",
        "/var/log/dpkg.log (the image): permission denied",
      ],
      [
        "to carry    package htop: it is marked as asked for",
        "file /opt/x (content/web-golden/opt/x): no package brought it",
      ],
      [
        "left        file (x|y</td><img src=x>\\n# z): its name is not one that a folder can hold everywhere",
      ],
    ]
  `);
});

test('Markdown shows each as a table, with what only has reasons too, and no cell leaves its place', async () => {
  const tables = markdownTables(rendered(await report(), 'markdown'));
  const shown = Object.entries(tables).filter(([title]) => /^(?:could|proposed|carried|parity)/.test(title));
  expect(Object.fromEntries(shown)).toMatchInlineSnapshot(`
    {
      "carried by no step of any kind (1)": [
        [
          "kind",
          "name",
          "reason",
        ],
        [
          "---",
          "---",
          "---",
        ],
        [
          "file",
          "x|y&lt;/td&gt;&lt;img src=x&gt;\\n# z",
          "its name is not one that a folder can hold everywhere",
        ],
      ],
      "could not be read (3)": [
        [
          "place",
          "of",
          "reason",
        ],
        [
          "---",
          "---",
          "---",
        ],
        [
          "partition 3",
          "the AMI",
          "is encrypted (LUKS)",
        ],
        [
          "/etc/passwd",
          "the AMI",
          "x|y&lt;/td&gt;&lt;img src=x&gt;\\n# z",
        ],
        [
          "/var/log/dpkg.log",
          "the image",
          "permission denied",
        ],
      ],
      "parity: component (1)": [
        [
          "verdict",
          "change",
          "name",
          "before",
          "after",
          "reason",
        ],
        [
          "---",
          "---",
          "---",
          "---",
          "---",
          "---",
        ],
        [
          "expected",
          "missing",
          "amazon-ssm-agent",
          "package amazon-ssm-agent",
          "",
          "it belongs to AWS",
        ],
      ],
      "parity: cron (1)": [
        [
          "verdict",
          "change",
          "name",
          "before",
          "after",
          "reason",
        ],
        [
          "---",
          "---",
          "---",
          "---",
          "---",
          "---",
        ],
        [
          "unexplained",
          "missing",
          "/etc/cron.d/x|y&lt;/td&gt;&lt;img src=x&gt;\\n# z",
          "2 jobs, sha256 aaaaaaaaaaaa",
          "",
          "the new image does not have it",
        ],
      ],
      "parity: package (2)": [
        [
          "verdict",
          "change",
          "name",
          "before",
          "after",
          "reason",
        ],
        [
          "---",
          "---",
          "---",
          "---",
          "---",
          "---",
        ],
        [
          "unexplained",
          "missing",
          "deb:htop",
          "1.0-1",
          "",
          "the new image does not have it",
        ],
        [
          "unexplained",
          "changed",
          "deb:curl",
          "2.0",
          "1.0",
          "it is not the same in the new image",
        ],
      ],
      "proposed for \`customize\`, and not in it (2)": [
        [
          "what",
          "from",
          "evidence",
        ],
        [
          "---",
          "---",
          "---",
        ],
        [
          "package htop",
          "htop",
          "it is marked as asked for",
        ],
        [
          "file /opt/x",
          "content/web-golden/opt/x",
          "no package brought it",
        ],
      ],
    }
  `);
});

test('JSON holds the outline of both, the proposal and every difference', async () => {
  const [shown] = JSON.parse(rendered(await report(), 'json')).images;
  expect([shown.analysis.inventory, shown.validation.inventory, shown.plan.carryOver]).toEqual([
    outlineOf(ami),
    outlineOf(image),
    carryOver,
  ]);
  expect(shown.validation.parity.differences.map((each: Record<string, string>) => [each.verdict, each.change, each.name])).toEqual([
    ['unexplained', 'missing', 'deb:htop'],
    ['unexplained', 'missing', `/etc/cron.d/${HOSTILE}`],
    ['unexplained', 'changed', 'deb:curl'],
    ['expected', 'missing', 'amazon-ssm-agent'],
    ['expected', 'added', 'deb:walinuxagent'],
  ]);
});

test('what parityAllow answers for is explained with its reason in every format', async () => {
  const allowed = await report([{ item: 'package deb:ht*', reason: 'nobody | uses <it>' }]);
  const markdown = Object.entries(markdownTables(rendered(allowed, 'markdown'))).find(([title]) => title.startsWith('parity: package'));
  expect(markdown?.[1].filter(([, , name]) => name === 'deb:htop')).toMatchInlineSnapshot(`
    [
      [
        "explained",
        "missing",
        "deb:htop",
        "1.0-1",
        "",
        "parityAllow: nobody | uses &lt;it&gt;",
      ],
    ]
  `);
  expect(rendered(allowed, 'html')).toContain('parityAllow: nobody | uses &lt;it&gt;');
  const text = rendered(allowed, 'text');
  expect([text.includes('missing or changed: 2 unexplained, 1 explained, 1 expected'), text.includes('missing package deb:htop')]).toEqual([
    true,
    false,
  ]);
});
