import { CommanderError } from 'commander';
import { type RegildError, toIssue } from '../errors.ts';
import { asRegildError } from '../image-report.ts';
import { ExitCode, type Failure, type Issue, SCHEMA_VERSION } from '../model/index.ts';
import { redact } from '../model/redact.ts';
import { visible } from '../report/encode.ts';
import { renderIssue } from '../report/issue-text.ts';
import { printedJson } from '../report/print-json.ts';
import { annotate } from './annotate.ts';
import type { Io } from './command.ts';
import { version } from './installation.ts';

/** Says a failure on the diagnostics, every problem with its place and hint, and returns the exit code it ends with. */
export function printFailure(failure: unknown, io: Io, verbose: boolean): ExitCode {
  // Commander has printed its own message; help and version are no failures.
  if (failure instanceof CommanderError) return exitOf(failure);
  const error = asRegildError(failure);
  const issues = issuesOf(error);
  annotate(issues, io);
  for (const issue of issues) io.diagnostics.write(renderIssue(issue));
  if (!verbose) return error.exitCode;
  // Where it stands for several, its own sentence is a detail.
  if (error.issues.length > 0) io.diagnostics.write(renderIssue(toIssue(error)));
  io.diagnostics.write(details(error));
  return error.exitCode;
}

/** What is said of a standard output that cannot be written to. */
export function outputFailure(cause: Error): string {
  return renderIssue(toIssue(asRegildError(Object.assign(cause, { path: 'the result to standard output' }))));
}

/** True when the words of a command line ask for JSON, whether or not they can be understood. */
export function asksForJson(words: readonly string[]): boolean {
  return words.some((word, index) => word === '--json' || word === '--format=json' || (word === '--format' && words[index + 1] === 'json'));
}

/** The failure as the document that a program reads instead of a result; empty for what is none, such as help. */
export function failureJson(failure: unknown): string {
  const exitCode = exitOf(failure);
  if (exitCode === ExitCode.ok) return '';
  const tool = { name: 'regild', version } as const;
  return printedJson({ kind: 'Failure', schemaVersion: SCHEMA_VERSION, tool, exitCode, issues: issuesOf(failure) } satisfies Failure);
}

function exitOf(failure: unknown): ExitCode {
  if (failure instanceof CommanderError) return failure.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  return asRegildError(failure).exitCode;
}

/** Everything that a failure says, as issues. */
export function issuesOf(failure: unknown): readonly Issue[] {
  if (failure instanceof CommanderError) {
    return [{ severity: 'error', code: 'USAGE', message: failure.message.replace(/^error: /, '') }];
  }
  const error = asRegildError(failure);
  return error.issues.length > 0 ? error.issues : [toIssue(error)];
}

function details(error: RegildError): string {
  const known = Object.entries(error.details).map(([name, value]) => `${name}  ${value}`);
  const cause = error.cause instanceof Error ? redact(error.cause.stack ?? error.cause.message).split('\n') : [];
  return [...known, ...cause].map((line) => `  ${visible(line)}\n`).join('');
}
