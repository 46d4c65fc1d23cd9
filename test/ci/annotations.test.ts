import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotations } from '../../src/ci/annotations.ts';
import { annotate } from '../../src/commands/annotate.ts';
import type { Issue } from '../../src/model/index.ts';

const place = { file: 'fleet, one:images.yaml', line: 6, column: 20 };
const MANY: readonly Issue[] = [
  { severity: 'error', code: 'VALUE_INVALID', message: 'source.ami "ami-0abc" is 100 % wrong', hint: 'write another', image: 'web', place },
  { severity: 'question', code: 'LICENCE_CHOICE', message: 'payg or byos', image: 'web' },
  { severity: 'warning', code: 'DATA_DISKS', message: 'a; b] c' },
  { severity: 'info', code: 'DATA_DISKS', message: 'a remark' },
];

test('GitHub: errors and questions are errors, with place and what to do; remarks are left out', () => {
  expect(annotations(MANY, 'github')).toEqual([
    '::error file=fleet%2C one%3Aimages.yaml,line=6,col=20,title=regild VALUE_INVALID::web: VALUE_INVALID: source.ami "ami-0abc" is 100 %25 wrong; write another',
    '::error title=regild LICENCE_CHOICE::web: LICENCE_CHOICE: payg or byos',
    '::warning title=regild DATA_DISKS::DATA_DISKS: a; b] c',
  ]);
});

test('Azure Pipelines: the same as its logging command', () => {
  expect(annotations(MANY, 'azure')).toEqual([
    '##vso[task.logissue type=error;sourcepath=fleet, one:images.yaml;linenumber=6;columnnumber=20;code=VALUE_INVALID;]web: VALUE_INVALID: source.ami "ami-0abc" is 100 %AZP25 wrong; write another',
    '##vso[task.logissue type=error;code=LICENCE_CHOICE;]web: LICENCE_CHOICE: payg or byos',
    '##vso[task.logissue type=warning;code=DATA_DISKS;]DATA_DISKS: a; b] c',
  ]);
});

test.each([
  [{}, undefined],
  [{ CI: 'true', GITLAB_CI: 'true' }, undefined],
  [{ GITHUB_ACTIONS: 'true' }, 'github' as const],
  [{ GITHUB_ACTIONS: 'false' }, undefined],
  [{ TF_BUILD: 'True' }, 'azure' as const],
])('in the environment %j issues are shown as in a job of %j', (environment, system) => {
  const written: string[] = [];
  const diagnostics = Object.assign(Object.create(process.stderr), { write: (text: string) => written.push(text) });
  annotate(MANY, { environment, diagnostics });
  expect(written).toEqual((system === undefined ? [] : annotations(MANY, system)).map((line) => `${line}\n`));
});

test('whatever an issue says, it is one line and one command', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('::add-mask::x', '##vso[task.setvariable variable=x]y', 'a\r\n::error::b', '\u2028::c', '%0A::d'),
  );
  const issue = fc.record({ message: text, hint: text, file: text });
  fc.assert(
    fc.property(issue, ({ message, hint, file }) => {
      const found: Issue = { severity: 'error', code: 'VALUE_INVALID', message, hint, place: { file, line: 1, column: 1 } };
      const [github = ''] = annotations([found], 'github');
      const [azure = ''] = annotations([found], 'azure');
      expect([github, azure].filter((line) => /[\r\n\u2028\u2029\u0085]/.test(line))).toEqual([]);
      // The properties end where the command says: none that a text holds ends them before.
      expect(/^::error file=[^:,]*,line=1,col=1,title=regild VALUE_INVALID::/.test(github)).toBe(true);
      expect(/^##vso\[task\.logissue type=error;sourcepath=[^;\]]*;linenumber=1;columnnumber=1;code=VALUE_INVALID;\]/.test(azure)).toBe(
        true,
      );
      expect(azure.slice(1)).not.toMatch(/##(?:vso)?\[/i);
      expect(github).not.toMatch(/##(?:vso)?\[/i);
    }),
  );
});
