import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import type { Io } from '../../src/commands/command.ts';
import { asksForJson, failureJson, outputFailure, printFailure } from '../../src/commands/failure.ts';
import { RegildError } from '../../src/errors.ts';
import { Failure } from '../../src/model/index.ts';
import { PLANTED, QUOTED } from '../fakes/planted.ts';
import { inFolder } from './command-line.ts';
import { answer } from './in-process.ts';

async function printed(failure: unknown, verbose: boolean): Promise<string> {
  const diagnostics = new PassThrough();
  printFailure(failure, { diagnostics, environment: {} } as unknown as Io, verbose);
  diagnostics.end();
  return text(diagnostics);
}

test.each(QUOTED)('%j is masked in message, details and cause, with -v too', async (said) => {
  const failure = new RegildError('CLOUD_FAILED', `azure said ${said}`, { details: { answer: said }, cause: new Error(said) });
  for (const verbose of [false, true]) expect(await printed(failure, verbose)).not.toContain(PLANTED);
  expect(await printed(new Error(said), true)).not.toContain(PLANTED);
  expect(`${failure.message} ${failure.details.answer}`).not.toContain(PLANTED);
});

test('what a cause says can neither write to the terminal nor command a CI system', async () => {
  const failure = new RegildError('CLOUD_FAILED', 'it failed', {
    cause: new Error('a\u001b[31mb\u0007\r\u202e\n##vso[task.setvariable]x\n::add-mask::y'),
  });
  const said = await printed(failure, true);
  expect(['\u0007', '\u001b', '\r', '\u202e', '##vso[', '\n::', '\n  ::'].filter((one) => said.includes(one))).toEqual([]);
  expect(said).toContain('\\u0023#vso[task.setvariable]x');
});

test.each([
  [['plan', '--json'], true],
  [['report', '--format', 'json'], true],
  [['survey', '--format=json'], true],
  [['plan', '--jsn'], false],
  [['report', '--format', 'html'], false],
  [['explain', 'json'], false],
])('%j asks for JSON: %j', (words, asks) => {
  expect(asksForJson(words)).toBe(asks);
});

const TOOL = { name: 'regild', version: '0.1.0' };

test.each([
  [
    'every problem of a manifest',
    new RegildError('MANIFEST_INVALID', 'two problems', {
      issues: [
        { severity: 'error', code: 'KEY_MISSING', message: 'version is missing' },
        { severity: 'error', code: 'KEY_UNKNOWN', message: 'unknown key "a"', hint: 'did you mean `b`?' },
      ],
    }),
    {
      exitCode: 2,
      issues: [
        { severity: 'error', code: 'KEY_MISSING', message: 'version is missing' },
        { severity: 'error', code: 'KEY_UNKNOWN', message: 'unknown key "a"', hint: 'did you mean `b`?' },
      ],
    },
  ],
  [
    'a failure of its own',
    new RegildError('RUN_NOT_FOUND', 'there is no run x', { hint: 'runs: y' }),
    { exitCode: 2, issues: [{ severity: 'error', code: 'RUN_NOT_FOUND', message: 'there is no run x', hint: 'runs: y' }] },
  ],
  [
    'a word that commander refuses',
    new CommanderError(1, 'commander.unknownOption', "error: unknown option '--jsn'"),
    { exitCode: 2, issues: [{ severity: 'error', code: 'USAGE', message: "unknown option '--jsn'" }] },
  ],
])('%s is one document', (_, failure, said) => {
  expect(JSON.parse(failureJson(failure))).toEqual({ kind: 'Failure', schemaVersion: 1, tool: TOOL, ...said });
  expect(Failure.safeParse(JSON.parse(failureJson(failure))).success).toBe(true);
});

test('help and version are no failures', () => {
  expect(failureJson(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toBe('');
});

test('what a message holds can neither write to a terminal nor command a CI system by way of the document', () => {
  const text = failureJson(new RegildError('CLOUD_FAILED', 'a\u001b[31m##vso[task.x]\u202e'));
  expect([text.includes('\u001b'), text.includes('##vso['), text.includes('\u202e')]).toEqual([false, false, false]);
  expect(JSON.parse(text).issues[0].message).toBe('a\u001b[31m##vso[task.x]\u202e');
});

test('a folder where a manifest, a page or a run is asked for is wrong use, and no bug of ours', async () => {
  await inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await answer(['plan', '-f', '.'], { folder });
    expect({ code, stdout, stderr }).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: 'error USAGE: . is a folder, and a manifest is a file\n  hint   name it: -f images.yaml\n',
    });
    expect((await answer(['report', '--brief', '--json'], { folder })).stderr).toBe(
      'error USAGE: a json report always holds everything\n  hint   --brief is for --format text, markdown and html\n',
    );
  });
});

test('a result that cannot be written to standard output is told with the reason', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  expect(outputFailure(full)).toBe(
    'error SYSTEM_REFUSED: could not write the result to standard output: the disk is full (ENOSPC)\n  hint   make room, then go on with --resume\n',
  );
});
