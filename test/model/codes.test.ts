import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ANALYZE_CODES } from '../../src/model/codes/analyze.ts';
import { DEPLOY_CODES } from '../../src/model/codes/deploy.ts';
import { ENGINES_CODES } from '../../src/model/codes/engines.ts';
import type { CodeEntry } from '../../src/model/codes/entry.ts';
import { LOCK_CODES } from '../../src/model/codes/lock.ts';
import { MANIFEST_CODES } from '../../src/model/codes/manifest.ts';
import { MATCH_CODES } from '../../src/model/codes/match.ts';
import { PLAN_CODES } from '../../src/model/codes/plan.ts';
import { PREFLIGHT_CODES } from '../../src/model/codes/preflight.ts';
import { VALIDATE_CODES } from '../../src/model/codes/validate.ts';
import { ERROR_CODES, EXIT_MEANINGS, ExitCode, ISSUE_CODES, Issue, isIssueCode } from '../../src/model/index.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The program without the tables themselves. */
const SOURCE = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('model/codes/') && !path.startsWith('sandbox/'))
  .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'))
  .join('\n');

/** The sections of the page, in the order of the walk. */
const SECTIONS: readonly (readonly [string, Readonly<Record<string, CodeEntry>>])[] = [
  ['The manifest', MANIFEST_CODES],
  ['The lock file', LOCK_CODES],
  ['Analyze', ANALYZE_CODES],
  ['Match', MATCH_CODES],
  ['Plan', PLAN_CODES],
  ['Preflight', PREFLIGHT_CODES],
  ['Engines', ENGINES_CODES],
  ['Validate and publish', VALIDATE_CODES],
  ['Use', DEPLOY_CODES],
];

function exitRow([code, { exit, says, cause, cure }]: [string, (typeof ERROR_CODES)[keyof typeof ERROR_CODES]]): string {
  return `| \`${code}\` | ${exit} | ${says} | ${cause} | ${cure} |`;
}

function row([code, { severities, says, cause, cure }]: [string, CodeEntry]): string {
  return `| \`${code}\` | ${severities.join(', ')} | ${says} | ${cause} | ${cure} |`;
}

test('docs/reference/codes.md lists every code (vitest --update writes it)', async () => {
  const page = [
    '# Codes',
    '',
    'Every issue and every failure has a code; scripts may match on it. It stands before the message on the terminal, and as `code` in `--json`.',
    'The message says the same with the values at hand, and the hint what to do about them. This page is written from `src/model/codes/`.',
    '',
    '`error` stops the image, `question` stops it until it is answered in the manifest, `warning` and `info` are told and go on.',
    '',
    ...SECTIONS.flatMap(([title, codes]) => [
      `## ${title}`,
      '',
      '| code | severity | says | why | what to do |',
      '|---|---|---|---|---|',
      ...Object.entries(codes).map(row),
      '',
    ]),
    '## Failures',
    '',
    'What ends the work on an image, or the command; the exit code is that of a run that failed for this reason alone.',
    '',
    '| code | exit | says | why | what to do |',
    '|---|---|---|---|---|',
    ...Object.entries(ERROR_CODES).map(exitRow),
    '',
    '## Exit codes',
    '',
    '| exit | meaning |',
    '|---|---|',
    ...Object.entries(ExitCode).map(([name, code]) => `| ${code} | ${EXIT_MEANINGS[name as keyof typeof ExitCode]} |`),
    '',
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('../../docs/reference/codes.md');
});

test('no code stands in two tables', () => {
  const codes = [...SECTIONS.flatMap(([, table]) => Object.keys(table)), ...Object.keys(ERROR_CODES)];
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(codes.toSorted()).toEqual(Object.keys(ISSUE_CODES).toSorted());
});

test('every code is used by the program, beside the table that explains it', () => {
  const used = new Set([...SOURCE.matchAll(/'([A-Z][A-Z0-9_]+)'/g)].map(([, code = '']) => code));
  expect(Object.keys(ISSUE_CODES).filter((code) => !used.has(code))).toEqual([]);
});

test('an issue has a severity that its table names', () => {
  const literals = [...SOURCE.matchAll(/severity: '(\w+)',\s*code: '([A-Z][A-Z0-9_]+)'/g)].map(([, severity = '', code = '']) => ({
    severity,
    code,
  }));
  expect(literals.length).toBeGreaterThan(60);
  const known = (code: string): readonly string[] => (isIssueCode(code) ? ISSUE_CODES[code].severities : []);
  expect(literals.filter(({ severity, code }) => !known(code).includes(severity))).toEqual([]);
});

test('an issue has one of these codes', () => {
  const issue = { severity: 'error', message: 'x' };
  expect([Issue.safeParse({ ...issue, code: 'NO_BASE' }).success, Issue.safeParse({ ...issue, code: 'toString' }).success]).toEqual([
    true,
    false,
  ]);
  expect([isIssueCode('NO_BASE'), isIssueCode('no-base')]).toEqual([true, false]);
});
