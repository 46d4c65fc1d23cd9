import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexCatalog } from '../../src/catalog/index-catalog.ts';
import { Component } from '../../src/catalog/schema.ts';
import { agentTable, answerTable, checkTable, componentTable, leakAnswers, provenanceTable, volumeTable } from '../../src/guest/tables.ts';
import { decideComponents } from '../../src/plan/decide-components.ts';
import { planDigest } from '../../src/plan/digest.ts';
import { EMPTY_CATALOG } from '../fakes/catalog.ts';
import { aPlan } from '../fakes/values.ts';
import { aComponent } from '../plan/a-component.ts';

const agent = aComponent({
  id: 'agent',
  title: 'An agent',
  leftover: { blocks: 'login' },
  packages: 'keep',
  detect: {
    deb: ['agent'],
    services: ['agent.service'],
    paths: ['/etc/agent'],
    contents: [{ files: ['/etc/a', '/etc/b'], pattern: 'x|y' }],
  },
  uninstallers: ['/opt/agent/uninstall --now'],
  uninstallUnless: ['agent-fips*'],
  edits: [
    { files: ['/etc/fstab'], pattern: '^agent' },
    { files: ['/etc/grub'], pattern: 'agent=[0-9]+', replacement: '' },
  ],
  removePaths: ['/opt/agent', '~/.agent'],
});

const knowing = (...components: readonly Component[]) => indexCatalog({ ...EMPTY_CATALOG, components });

test('the table says what to find, what to remove and what to change', () => {
  const { decisions } = decideComponents('linux', [agent], {});
  expect(componentTable('linux', knowing(agent), decisions)).toEqual({
    path: 'components.tsv',
    content: [
      'title\tAn agent',
      'policy\tremove',
      'leftover\tblock',
      'deb\tagent',
      'service\tagent.service',
      'path\t/etc/agent',
      'content\t/etc/a\tx|y',
      'content\t/etc/b\tx|y',
      'packages\tkeep',
      'uninstall\t/opt/agent/uninstall --now',
      'uninstall-unless\tagent-fips*',
      'remove-path\t/opt/agent',
      'remove-path\t~/.agent',
      'delete-line\t/etc/fstab\t^agent',
      'substitute\t/etc/grub\tagent=[0-9]+\t',
    ]
      .map((fields) => `agent\tremove\tremove-aws\t${fields}\n`)
      .join(''),
  });
});

test('a component without a decision or of the other system is left out', () => {
  const windows = aComponent({ id: 'win', os: 'windows' });
  expect(componentTable('linux', knowing(agent, windows), []).content).toBe('');
  expect(componentTable('linux', knowing(agent, windows), decideComponents('windows', [agent, windows], {}).decisions).content).toBe('');
});

const SOUND = { files: ['a'], pattern: 'b' };
const KINDS = ['deb', 'rpm', 'snap', 'pip', 'services', 'paths', 'users', 'programs', 'registry', 'tasks', 'drivers'];

/** A component whose text stands in each field in turn. */
const eachField = (text: string): readonly object[] => [
  ...[{ id: text }, { title: text }, { uninstallers: [text] }, { uninstallUnless: [text] }, { removePaths: [text] }],
  ...KINDS.map((kind) => ({ detect: { ...agent.detect, [kind]: [text] } })),
  ...[
    { ...SOUND, files: [text] },
    { ...SOUND, pattern: text },
  ].map((match) => ({ detect: { ...agent.detect, contents: [match] } })),
  ...[
    { ...SOUND, files: [text] },
    { ...SOUND, pattern: text },
    { ...SOUND, replacement: text },
  ].map((edit) => ({ edits: [edit] })),
];

test('no value can end its field or its line: the catalog takes no control character into what stands in the table', () => {
  const isTaken = (change: object) => Component.safeParse({ ...agent, ...change }).success;
  expect(eachField('a “b” \\t').filter(isTaken)).toEqual(eachField('a “b” \\t'));
  for (const sign of ['\t', '\n', '\r', '\0', '\u001b', '\u007f', '\u0085']) expect(eachField(`a${sign}b`).filter(isTaken)).toEqual([]);
});

test('Windows reads every value as it is, from ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const component = aComponent({ os: 'windows', title: text, detect: { paths: [text], contents: [{ files: [text], pattern: text }] } });
      const { content } = componentTable('windows', knowing(component), decideComponents('windows', [component], {}).decisions);
      expect(content).toMatch(/^[\t\n\x20-\x7e]*$/);
      expect(JSON.parse(content)).toMatchObject([{ title: text, paths: [text], contents: [{ files: [text], pattern: text }] }]);
    }),
  );
});

test('Windows reads the same as JSON, in ASCII', () => {
  const component = aComponent({ id: 'win', os: 'windows', title: 'Agent “é”', detect: { programs: ['Agent*'], tasks: ['\\Amazon\\*'] } });
  const { path, content } = componentTable('windows', knowing(component), decideComponents('windows', [component], {}).decisions);
  expect(path).toBe('components.json');
  expect(content).toMatch(/^[\t\n\x20-\x7e]*$/);
  expect(JSON.parse(content)).toEqual([
    {
      id: 'win',
      title: 'Agent “é”',
      kind: 'agent',
      action: 'remove',
      phase: 'remove-aws',
      policy: 'remove',
      leftover: 'warn',
      services: [],
      paths: [],
      users: [],
      programs: ['Agent*'],
      registry: [],
      contents: [],
      tasks: ['\\Amazon\\*'],
      drivers: [],
      uninstallers: [],
      edits: [],
      removePaths: [],
    },
  ]);
});

test('the check table holds severity and stages', () => {
  const check = {
    id: 'azl-05-waagent-enabled',
    title: 'x',
    os: 'linux',
    severity: 'block',
    source: ['x'],
    verified: '2026-10-01',
  } as const;
  expect(checkTable([{ ...check, stages: ['guest', 'test-vm'] }])).toEqual({
    path: 'checks.tsv',
    content: 'azl-05-waagent-enabled\tblock\tguest,test-vm\n',
  });
});

test("the check table says which ones are the user's own", () => {
  const own = { id: 'app-answers', severity: 'warn', stages: ['guest'], added: true } as const;
  expect(checkTable([own]).content).toBe('app-answers\twarn\tguest\town\n');
});

test('the guest is told which plan it is built by, and that changes nothing about the plan', () => {
  const { provenance } = aPlan();
  const hostile = aPlan({ provenance: { ...provenance, amiId: 'ami-1\nplan\tother' } });
  const file = provenanceTable(hostile);
  expect(file).toEqual({
    path: 'provenance.tsv',
    content: `plan\t${hostile.digest}\nbase\tCanonical:ubuntu-24_04-lts:server:24.04.202611010\nami\tami-1 plan other\n`,
  });
  expect(planDigest({ ...hostile, guestFiles: [...hostile.guestFiles, file] })).toBe(planDigest(hostile));
});

test('an agent is told by what its vendor says and by where it keeps who it is', () => {
  const salt = {
    id: 'salt',
    title: 'Salt',
    vendor: 'x',
    os: 'linux',
    identity: [
      { path: '/etc/salt/pki/minion.pem', means: 'secret' },
      { path: '/etc/salt/minion', pattern: '^id:', means: 'registered' },
    ],
    preparation: 'delete both',
    notes: [],
    source: ['x'],
    verified: '2026-11-25',
  } as const;
  expect(agentTable('linux', [salt, { ...salt, os: 'windows' }])).toEqual({
    path: 'agents.tsv',
    content: 'salt\tsays\tSalt: delete both\nsalt\tsecret\t/etc/salt/pki/minion.pem\t\nsalt\tregistered\t/etc/salt/minion\t^id:\n',
  });
});

test('an answer names whom it answers, for what, and why; a path of the leak scan answers every rule of it', () => {
  const answers = [
    { id: 'lix-16-*', item: 'kdump.service', reason: 'no\tmemory' },
    ...leakAnswers([{ path: '/opt/t/*', reason: 'tests' }]),
  ];
  expect(answerTable(answers)).toEqual({
    path: 'answers.tsv',
    content: 'lix-16-*\tkdump.service\tno memory\nS[LW]-*\t/opt/t/*\ttests\n',
  });
});

test('the shares of volumes travel only where the manifest says some', () => {
  expect(volumeTable({ '/var': 70, '/': 30 })).toEqual([{ path: 'volumes.tsv', content: '/var\t70\n/\t30\n' }]);
  expect(volumeTable(undefined)).toEqual([]);
});
