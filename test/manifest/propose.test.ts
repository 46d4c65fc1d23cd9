import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { parseManifest } from '../../src/manifest/index.ts';
import { proposalYaml, writeProposal } from '../../src/manifest/propose.ts';
import type { Proposal } from '../../src/model/index.ts';

const PROPOSAL: Pick<Proposal, 'steps' | 'components'> = {
  components: [{ id: 'aws-credentials', answer: 'remove', found: ['path /root/.aws'] }],
  steps: [
    {
      kind: 'packages',
      packages: [
        { name: 'nginx', was: 'nginx', relation: 'same', confidence: 'high', evidence: ['it was named on a command line'] },
        { name: 'apache2', was: 'httpd', relation: 'renamed', note: 'laid out\ndifferently', confidence: 'medium', evidence: ['marked'] },
      ],
    },
    { kind: 'file', from: 'content/web/etc/a.conf', path: '/etc/a b: #c', bytes: 3, sha256: '', confidence: 'medium', evidence: ['new'] },
    { kind: 'shell', lines: ["chown 1001:1001 '/opt/${HOME}'", 'systemctl enable shop.service'], confidence: 'medium', evidence: ['e'] },
  ],
};

const MANIFEST = `# a fleet
version: 1
images:
  web:   # the first
    source: { ami: ami-0123456789abcdef0, region: eu-west-1 }
    engine:   packer
    customize:
      - packages: [git]   # ours

      # and a script
      - shell: echo 1

  # the second
  db:
    source: { ami: ami-0123456789abcdef1, region: eu-west-1 }   # odd   spaces stay
`;

test('steps as YAML, with the evidence as comments', () => {
  expect(proposalYaml(PROPOSAL)).toBe(
    `components:
  # found: path /root/.aws
  aws-credentials: remove
customize:
  - packages:
      # high confidence: it was named on a command line
      - nginx
      # medium confidence: marked; it was called httpd; laid out different
      - apache2
  # 3 bytes, new
  - file: { from: content/web/etc/a.conf, to: "/etc/a b: #c" }
  # medium confidence: e
  - shell:
      - "chown 1001:1001 '/opt/$\${HOME}'"
      - "systemctl enable shop.service"
`.replace('laid out different\n', 'laid out differently\n'),
  );
});

test('only lines are added to the entry, behind what it has; a second time adds nothing', () => {
  const once = writeProposal(MANIFEST, 'images.yaml', 'web', PROPOSAL);
  const added = once.split('\n').filter((line) => !MANIFEST.split('\n').includes(line));
  const kept = once.split('\n').filter((line) => !added.includes(line));
  expect(kept).toEqual(MANIFEST.split('\n'));
  expect(parseDocument(once).toJS()).toEqual({
    version: 1,
    images: {
      web: {
        source: { ami: 'ami-0123456789abcdef0', region: 'eu-west-1' },
        engine: 'packer',
        customize: [
          { packages: ['git'] },
          { shell: 'echo 1' },
          { packages: ['nginx', 'apache2'] },
          { file: { from: 'content/web/etc/a.conf', to: '/etc/a b: #c' } },
          { shell: ["chown 1001:1001 '/opt/$${HOME}'", 'systemctl enable shop.service'] },
        ],
        components: { 'aws-credentials': 'remove' },
      },
      db: { source: { ami: 'ami-0123456789abcdef1', region: 'eu-west-1' } },
    },
  });
  expect(writeProposal(once, 'images.yaml', 'web', PROPOSAL)).toBe(once);
});

test('an entry without steps gets them at its end, the last of a file too', () => {
  const written = parseDocument(writeProposal(MANIFEST.trimEnd(), 'images.yaml', 'db', PROPOSAL)).toJS();
  expect(Object.keys(written.images.db)).toEqual(['source', 'customize', 'components']);
  expect(written.images.web).toEqual(parseDocument(MANIFEST).toJS().images.web);
});

test('what was written is read back by regild as the same text', () => {
  const target = 'target: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: rg, gallery: g, location: northeurope }';
  const text = `version: 1\ndefaults:\n  ${target}\nimages:\n  web:\n    source: { ami: ami-0123456789abcdef0, region: eu-west-1 }\n    engine: packer\n`;
  const { specs, issues } = parseManifest(writeProposal(text, 'images.yaml', 'web', PROPOSAL), 'images.yaml', {});
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(specs[0]?.customize).toEqual([
    { kind: 'packages', names: ['nginx', 'apache2'] },
    { kind: 'file', from: 'content/web/etc/a.conf', to: '/etc/a b: #c' },
    { kind: 'shell', lines: ["chown 1001:1001 '/opt/${HOME}'", 'systemctl enable shop.service'] },
  ]);
});

test('what cannot be added to is refused', () => {
  const flow = 'version: 1\nimages: { web: { source: { ami: a } } }\n';
  expect(() => writeProposal(flow, 'images.yaml', 'web', PROPOSAL)).toThrow(
    'the entry web of images.yaml cannot be added to as it is written',
  );
  expect(() => writeProposal(MANIFEST, 'images.yaml', 'none', PROPOSAL)).toThrow('images.yaml has no image none');
});
