import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeQuality } from '../../src/ci/code-quality.ts';
import { logGroup } from '../../src/ci/log-groups.ts';
import { ciSystem } from '../../src/ci/system.ts';
import type { Issue } from '../../src/model/index.ts';

const AT = new Date('2026-11-21T08:00:00.900Z');
const LATER = new Date('2026-11-21T09:00:00Z');
const lines = (system: 'github' | 'azure' | 'gitlab') => {
  const { start, end } = logGroup('regild build: web, 100 %', '20261121t080000-3f9a', system, AT);
  return [start, end(LATER)];
};

test('a group opens and closes as each system reads it', () => {
  expect(lines('github')).toEqual(['::group::regild build: web, 100 %25\n', '::endgroup::\n']);
  expect(lines('azure')).toEqual(['##[group]regild build: web, 100 %\n', '##[endgroup]\n']);
  expect(lines('gitlab')).toEqual([
    '\u001b[0Ksection_start:1795248000:20261121t080000-3f9a\r\u001b[0Kregild build: web, 100 %\n',
    '\u001b[0Ksection_end:1795251600:20261121t080000-3f9a\r\u001b[0K\n',
  ]);
});

test.each([
  [{}, undefined],
  [{ CI: 'true' }, undefined],
  [{ GITLAB_CI: 'true' }, 'gitlab'],
  [{ GITHUB_ACTIONS: 'true', GITLAB_CI: 'true' }, 'github'],
  [{ GITHUB_ACTIONS: 'false' }, undefined],
  [{ TF_BUILD: 'True' }, 'azure'],
])('%j is a job of %j', (environment, system) => {
  expect(ciSystem(environment)).toBe(system);
});

test('whatever a title and an id say, a group is one line and one command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('github', 'azure', 'gitlab'), (title, id, system) => {
      const { start } = logGroup(title, id, system, AT);
      expect(start.split('\n')).toHaveLength(2);
      expect(start.match(/##(?:vso)?\[|section_start:\d+:|^::/g)?.length).toBe(1 + (title.match(/section_start:\d+:/g)?.length ?? 0));
      expect([...start].filter((character) => character === '\u001b')).toHaveLength(system === 'gitlab' ? 2 : 0);
    }),
  );
});

const place = { file: './fleet/images.yaml', line: 6, column: 20 };
const issue: Issue = {
  severity: 'error',
  code: 'VALUE_INVALID',
  message: 'a \u001b[31m"wrong" one',
  hint: 'write another',
  image: 'web',
  place,
};

test('GitLab: errors, questions and warnings with a place; one that stays where it is keeps its fingerprint', () => {
  const report = (...issues: readonly Issue[]) => JSON.parse(codeQuality(issues)) as readonly { readonly fingerprint: string }[];
  const [entry] = report(issue, { ...issue, severity: 'info' }, { severity: 'error', code: 'VALUE_INVALID', message: 'of no place' });
  expect(report(issue, { ...issue, severity: 'info' })).toHaveLength(1);
  expect(entry).toEqual({
    description: 'a \\u001b[31m"wrong" one; write another',
    check_name: 'VALUE_INVALID',
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    severity: 'major',
    location: { path: 'fleet/images.yaml', lines: { begin: 6 } },
  });
  const others = [
    { ...issue, image: 'api' },
    { ...issue, place: { ...place, line: 7 } },
    { ...issue, message: 'another' },
  ];
  const prints = report(issue, { ...issue, hint: 'or that' }, ...others).map(({ fingerprint }) => fingerprint);
  expect([prints[0] === prints[1], new Set(prints).size]).toEqual([true, 4]);
  expect(codeQuality([])).toBe('[]\n');
});
