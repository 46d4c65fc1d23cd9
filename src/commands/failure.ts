import { CommanderError } from 'commander';
import { type RegildError, toIssue } from '../errors.ts';
import { asRegildError } from '../image-report.ts';
import { ExitCode } from '../model/index.ts';
import { maskSecrets } from '../model/mask-secrets.ts';
import { visible } from '../report/encode.ts';
import { renderIssue } from '../report/issue-text.ts';
import type { Io } from './command.ts';

/** Says a failure on the diagnostics, every problem with its place and hint, and returns the exit code it ends with. */
export function printFailure(failure: unknown, io: Io, verbose: boolean): ExitCode {
  // Commander has printed its own message; help and version are no failures.
  if (failure instanceof CommanderError) return failure.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  const error = asRegildError(failure);
  for (const issue of error.issues) io.diagnostics.write(renderIssue(issue));
  if (error.issues.length === 0 || verbose) io.diagnostics.write(renderIssue(toIssue(error)));
  if (verbose) io.diagnostics.write(details(error));
  return error.exitCode;
}

function details(error: RegildError): string {
  const known = Object.entries(error.details).map(([name, value]) => `${name}  ${value}`);
  const cause = error.cause instanceof Error ? maskSecrets(error.cause.stack ?? error.cause.message).split('\n') : [];
  return [...known, ...cause].map((line) => `  ${visible(line)}\n`).join('');
}
