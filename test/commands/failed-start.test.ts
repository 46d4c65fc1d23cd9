import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportVerb } from '../../src/commands/report.ts';
import { buildVerb } from '../../src/commands/walk-verbs.ts';
import { inFolder } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const BROKEN = 'version: 1\nimages:\n  web: { sorce: { ami: ami-0123456789abcdef0 } }\n';

/** Calls `build` with these words on a broken manifest, and gives the runs that it left and what `report` says after it. */
function broken(words: readonly string[], format: string) {
  return inFolder({ 'images.yaml': BROKEN }, async (folder) => {
    const failure: unknown = await call(buildVerb, words, fakeIo(folder)).catch((error: unknown) => error);
    const runs = await readdir(join(folder, '.regild/runs')).catch(() => []);
    const heard = fakeIo(folder);
    const told = await call(reportVerb, ['--format', format], heard).catch((error: Error) => error.message);
    return { failure, runs: runs.length, told, stdout: heard.stdout() };
  });
}

test.each([
  ['text', 'KEY_UNKNOWN: unknown key "sorce"'],
  ['markdown', '**KEY\\_UNKNOWN** unknown key "sorce"'],
  ['html', 'unknown key'],
  ['json', '"code": "KEY_UNKNOWN"'],
  ['junit', '<testcase name="KEY_UNKNOWN" classname="run" time="0.000"><failure message="unknown key &quot;sorce&quot;'],
])('a build that could not begin is the last run that a report of the job shows: %s', async (format, text) => {
  const { failure, runs, told, stdout } = await broken([], format);
  expect([(failure as { readonly code?: string }).code, runs, told]).toEqual(['MANIFEST_INVALID', 1, 0]);
  expect(stdout).toContain(text);
});

test('a dry run leaves nothing, also where it fails', async () => {
  expect(await broken(['--dry-run'], 'text')).toMatchObject({ runs: 0, told: 'there is no run yet' });
});
