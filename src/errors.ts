import { ERROR_CODES, type ErrorCode, type ErrorSource } from './model/codes/errors.ts';
import type { ExitCode } from './model/exit-code.ts';
import type { Issue } from './model/issue.ts';
import { redact } from './model/redact.ts';

export interface ErrorDetails {
  /** What the user should change. */
  readonly hint?: string | undefined;
  /** Machine-readable context: ARM codes, request ids, paths. Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Every problem found, where one failure stands for several. */
  readonly issues?: readonly Issue[] | undefined;
  readonly cause?: unknown;
}

/**
 * The only error that regild throws on purpose. `message` is one lowercase sentence that holds the wrong value; a secret in it, in the hint or in the details
 * is taken out here, whoever wrote it.
 */
export class RegildError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, message: string, { hint, details = {}, issues = [], cause }: ErrorDetails = {}) {
    super(redact(message), cause === undefined ? undefined : { cause });
    this.name = 'RegildError';
    this.code = code;
    this.hint = hint === undefined ? undefined : redact(hint);
    this.details = Object.fromEntries(
      Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
    );
    this.issues = issues;
  }

  get source(): ErrorSource {
    return ERROR_CODES[this.code].source;
  }

  get exitCode(): ExitCode {
    return ERROR_CODES[this.code].exit;
  }
}

/** The error as data, for a report: same code, message and hint. */
export function toIssue(error: RegildError, image?: string): Issue {
  return { severity: 'error', code: error.code, message: error.message, hint: error.hint, image };
}
