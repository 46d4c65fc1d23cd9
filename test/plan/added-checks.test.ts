import { expect, test } from 'vitest';
import { addedCheckFile } from '../../src/guest/added-check.ts';
import type { AddedCheck } from '../../src/model/index.ts';
import { planAddedChecks } from '../../src/plan/added-checks.ts';

function added(change: Partial<AddedCheck> = {}): AddedCheck {
  return {
    id: 'app-answers',
    title: 'the application answers',
    shell: 'shell',
    lines: ['systemctl is-active app', 'curl -fs http://localhost:8080/'],
    when: ['guest', 'test-vm'],
    severity: 'block',
    timeoutSeconds: 30,
    ...change,
  };
}

const none = new Map<string, string>();
const theirs = {
  id: 'azl-09-fstab',
  title: 'x',
  os: 'linux',
  stages: ['guest'],
  severity: 'block',
  source: ['x'],
  verified: '2026-11-25',
} as const;

test('a check of the user is planned as one of its own: row, file, and what a failure means', () => {
  const check = added();
  expect(planAddedChecks([check], 'linux', none, [theirs])).toEqual({
    checks: [{ id: 'app-answers', title: 'the application answers', severity: 'block', stages: ['guest', 'test-vm'], added: true }],
    files: [addedCheckFile('linux', check, 'systemctl is-active app\ncurl -fs http://localhost:8080/')],
    issues: [],
  });
});

test('a script file is read beside the manifest', () => {
  const { lines: _, ...rest } = added({ script: 'checks/app.sh' });
  const { files, issues } = planAddedChecks([rest], 'linux', new Map([['checks/app.sh', 'exit 0\n']]), []);
  expect({ files, issues }).toEqual({ files: [addedCheckFile('linux', rest, 'exit 0\n')], issues: [] });
});

test.each<[string, readonly AddedCheck[], string]>([
  [
    'the name of a check of regild',
    [added({ id: 'azl-09-fstab' })],
    "CHECK_ID_TAKEN checks.add names a check 'azl-09-fstab', which there is already",
  ],
  ['a name twice', [added(), added()], "CHECK_ID_TAKEN checks.add names a check 'app-answers', which there is already"],
  [
    'the other shell',
    [added({ shell: 'powershell' })],
    'CHECK_WRONG_SYSTEM the check app-answers is written for powershell, which linux has not',
  ],
  [
    'a script that is not there',
    [added({ lines: [], script: 'gone.sh' })],
    'FILE_NOT_FOUND the script gone.sh of the check app-answers does not exist',
  ],
])('%s is an error, and that check is not asked', (_name, checks, told) => {
  const planned = planAddedChecks(checks, 'linux', none, [theirs]);
  expect(planned.issues.map(({ severity, code, message }) => `${severity} ${code} ${message}`)).toEqual([`error ${told}`]);
  expect(planned.checks.length).toBe(checks.length - 1);
});

test.each([
  ['windows', 'powershell', 11_900, 1],
  ['windows', 'powershell', 11_800, 0],
  ['linux', 'shell', 131_072, 1],
  ['linux', 'shell', 131_071, 0],
] as const)('%s hands %s a script of %d characters, or says that it cannot', (system, shell, length, problems) => {
  const { issues } = planAddedChecks([added({ shell, lines: ['x'.repeat(length)] })], system, none, []);
  expect(issues.map(({ code }) => code)).toEqual(Array(problems).fill('CHECK_TOO_LONG'));
});

test('on Windows the script travels in base64 of UTF-16, nothing of it is quoted, and what it prints is UTF-8', () => {
  const script = "if ('it''s' -ne \"x\") { Write-Output 'Gerät läuft nicht – 日本'; exit 3 }";
  const { path, content } = addedCheckFile('windows', added(), script);
  const encoded = /-EncodedCommand ' \+ '([A-Za-z0-9+/=]+)'/.exec(content)?.[1] ?? '';
  expect(path).toBe('checks/app-answers.ps1');
  expect(content).toMatch(/^function check_app_answers \{\n/);
  const utf8 = 'try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }';
  expect(Buffer.from(encoded, 'base64').toString('utf16le')).toBe(`$ErrorActionPreference = 'Stop'\n${utf8}\n${script}`);
  expect(Buffer.byteLength(content)).toBe(content.length);
  expect(content).toContain('WaitForExit(30000)');
});
