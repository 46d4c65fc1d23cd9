import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import { checkScript, checkTexts, restartedScript } from '../../src/guest/check-run.ts';

const texts = {
  library: ['lib\n', 'files\n'],
  runner: 'runner\n',
  checks: new Map([
    ['a', 'check a\n'],
    ['a-1', 'check a-1\n'],
    ['b-2', 'check b-2\n'],
    ['azw-23-restart', 'check azw-23\n'],
  ]),
  record: 'record\n',
  family: 'suse',
} as const;

test('on Linux the scripts become one that names its checks and its plan in the first lines', () => {
  expect(checkScript('linux', texts, ['a-1', 'b-2'], 'digest')).toBe(
    [
      '# regild-checks: a-1 b-2',
      '# regild-record: digest',
      'REGILD_INLINE=1',
      'REGILD_FAMILY=suse',
      'lib',
      'files',
      'runner',
      'check a-1',
      'check b-2',
      'record',
      'results=$(regild_run_checks test-vm a-1 b-2) || :',
      'printf \'%s\\n\' "$results"',
      'regild_mark_boot',
      'regild_print_record $((4032 - ${#results}))',
      '',
    ].join('\n'),
  );
});

test('of the component table only what finds a component that nobody keeps goes along, and no row can end the table', () => {
  const components = [
    'ssm\tremove\tremove-aws\ttitle\tAgent',
    'ssm\tremove\tremove-aws\tpath\t/etc/amazon/ssm',
    'REGILD_TABLE_END\tremove\tremove-aws\tpath\t/x',
    'cli\tkeep\tremove-aws\tpath\t/usr/local/bin/aws',
    'eks\treport\tinventory\tpolicy\tunsupported',
    'eks\treport\tinventory\ttitle\tNode',
    'eks\treport\tinventory\tpath\t/etc/eks',
    'imds\treport\tinventory\tpolicy\treport',
    'imds\treport\tinventory\tpath\t/etc/imds',
    'neuron\tkeep\tinventory\tpolicy\tunsupported',
    'neuron\tkeep\tinventory\tpath\t/opt/aws/neuron',
    '',
  ].join('\n');
  expect(
    checkScript('linux', { ...texts, components }, ['a'], 'digest')
      .split('\n')
      .slice(9, 14),
  ).toEqual([
    "regild_use_table <<'REGILD_TABLE_END'",
    'ssm\tremove\tremove-aws\tpath\t/etc/amazon/ssm',
    'eks\treport\tinventory\tpolicy\tunsupported',
    'eks\treport\tinventory\tpath\t/etc/eks',
    'REGILD_TABLE_END',
  ]);
});

test("the administrator of a machine goes along, with the key as no program's argument", () => {
  const login = { user: 'regild', privateKey: '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n' };
  expect(
    checkScript('linux', { ...texts, login }, ['a'], 'digest')
      .split('\n')
      .slice(9, 14),
  ).toEqual([
    "regild_use_login regild <<'REGILD_TABLE_END'",
    '-----BEGIN RSA PRIVATE KEY-----',
    'AAAA',
    '-----END RSA PRIVATE KEY-----',
    'REGILD_TABLE_END',
  ]);
});

test('what the manifest answers for goes along too', () => {
  const answers = 'lix-16-system-running\tkdump.service\tno memory for it\n';
  expect(checkScript('linux', { ...texts, answers }, ['a'], 'digest')).toContain(
    "\nregild_use_answers <<'REGILD_TABLE_END'\nlix-16-system-running\tkdump.service\tno memory for it\nREGILD_TABLE_END\n",
  );
  expect(checkScript('windows', { ...texts, answers }, ['a'], 'digest')).toContain(
    '\n$script:RegildAnswers = @\'\n[\n "lix-16-system-running\\tkdump.service\\tno memory for it"\n]\n\'@\n',
  );
});

test("on Windows what is answered for is ASCII, whatever the machine's code page, and cannot end its here-string", () => {
  const lines = ['S[LW]-*\tC:\\Büro\\*\tfür “Tests”', '\u2018@ ; Remove-Item C:\\ #\tx\ty', "'@\tx\ty", 'SL-01\t😀\tx'];
  const script = checkScript('windows', { ...texts, answers: `${lines.join('\n')}\n` }, ['a'], 'digest');
  const json = /\$script:RegildAnswers = @'\n(.*?)\n'@\n/s.exec(script)?.[1] ?? '';
  expect(script).toMatch(/^[\n\x20-\x7e]*$/);
  expect(json).not.toMatch(/^['\u2018]@/m);
  expect(JSON.parse(json)).toEqual(lines);
});

test('on Windows the table is a here-string', () => {
  expect(checkScript('windows', { ...texts, components: '[]\n' }, ['a', 'b'], 'digest')).toBe(
    [
      '# regild-checks: a b',
      '# regild-record: digest',
      '$RegildInline = $true',
      'lib',
      'files',
      'runner',
      'check a',
      'record',
      "$script:RegildTable = @'",
      '[]',
      "'@",
      "Invoke-RegildChecks -Stage 'test-vm' -Ids @('a', 'b')",
      'Set-RegildBoot',
      'Write-RegildRecord (4032 - $script:RegildPrinted)',
      '',
    ].join('\n'),
  );
});

test('after a restart only the checks about it are asked', () => {
  expect(restartedScript('linux', texts, ['lix-03-restart'])).toBe(
    [
      '# regild-checks: lix-03-restart',
      'REGILD_INLINE=1',
      'REGILD_FAMILY=suse',
      'lib',
      'files',
      'runner',
      'regild_run_checks restarted lix-03-restart',
      '',
    ].join('\n'),
  );
  expect(restartedScript('windows', texts, ['azw-23-restart'])).toBe(
    [
      '# regild-checks: azw-23-restart',
      '$RegildInline = $true',
      'lib',
      'files',
      'runner',
      'check azw-23',
      "Invoke-RegildChecks -Stage 'restarted' -Ids @('azw-23-restart')",
      '',
    ].join('\n'),
  );
});

test('an id that a shell would read as more than a word is refused', () => {
  expect(() => checkScript('linux', texts, ['a', 'b; reboot'], 'digest')).toThrow(
    new RegildError('CATALOG_INVALID', 'the check id "b; reboot" is not lower-case kebab'),
  );
  expect(() => restartedScript('linux', texts, ['a\nreboot'])).toThrow(RegildError);
});

test('the texts of a run are the library in order, the runner, and the checks that are asked', async () => {
  const found = await checkTexts('windows', ['azw-06-kms'], async (path) => path);
  expect(found).toEqual({
    library: ['lib', 'lib/programs', 'lib/system', 'lib/registry', 'lib/answers', 'lib/components'].map(
      (name) => `scripts/windows/${name}.ps1`,
    ),
    runner: 'scripts/windows/checks.ps1',
    checks: new Map([['azw-06-kms', 'scripts/windows/checks/azw-06-kms.ps1']]),
    record: 'scripts/windows/record.ps1',
  });
});
