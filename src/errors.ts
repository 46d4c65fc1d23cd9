import type { Issue } from './model/index.ts';

/** Process exit codes; scripts rely on them. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  preflight: 4,
  build: 5,
  validation: 6,
  publish: 7,
  timedOut: 8,
  workDue: 10,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Who can mend it: the user's input, the cloud (or its permissions), or regild itself. */
export type ErrorSource = 'user' | 'cloud' | 'toolkit';

/** The one table of error codes: who can mend each, and the exit code it ends with. */
export const ERROR_CODES = {
  USAGE: { source: 'user', exit: ExitCode.usage },
  MANIFEST_INVALID: { source: 'user', exit: ExitCode.usage },
  MANIFEST_NOT_FOUND: { source: 'user', exit: ExitCode.usage },
  FILE_NOT_FOUND: { source: 'user', exit: ExitCode.usage },
  FILE_INVALID: { source: 'user', exit: ExitCode.usage },
  RUN_NOT_FOUND: { source: 'user', exit: ExitCode.usage },
  ARTIFACT_INVALID: { source: 'user', exit: ExitCode.usage },
  LOCK_INVALID: { source: 'user', exit: ExitCode.usage },
  LOCK_NOT_FOUND: { source: 'user', exit: ExitCode.usage },
  LOCK_UNWRITABLE: { source: 'user', exit: ExitCode.usage },
  IMAGE_UNKNOWN: { source: 'user', exit: ExitCode.notFound },
  FACT_UNKNOWN: { source: 'user', exit: ExitCode.notFound },
  AMI_NOT_FOUND: { source: 'user', exit: ExitCode.notFound },
  REGION_UNKNOWN: { source: 'user', exit: ExitCode.notFound },
  VERSION_NOT_FOUND: { source: 'user', exit: ExitCode.notFound },
  LOCATION_UNKNOWN: { source: 'user', exit: ExitCode.preflight },
  PREFLIGHT_FAILED: { source: 'user', exit: ExitCode.preflight },
  CREDENTIALS_MISSING: { source: 'user', exit: ExitCode.preflight },
  CLOUD_UNREACHABLE: { source: 'cloud', exit: ExitCode.failed },
  CLOUD_DENIED: { source: 'cloud', exit: ExitCode.preflight },
  CLOUD_FAILED: { source: 'cloud', exit: ExitCode.failed },
  CLOUD_THROTTLED: { source: 'cloud', exit: ExitCode.failed },
  PACKER_MISSING: { source: 'user', exit: ExitCode.preflight },
  BUILD_FAILED: { source: 'cloud', exit: ExitCode.build },
  VALIDATION_FAILED: { source: 'cloud', exit: ExitCode.validation },
  PUBLISH_FAILED: { source: 'cloud', exit: ExitCode.publish },
  TIMED_OUT: { source: 'cloud', exit: ExitCode.timedOut },
  CANCELLED: { source: 'user', exit: ExitCode.interrupted },
  CATALOG_INVALID: { source: 'toolkit', exit: ExitCode.failed },
  TEMPLATE_INVALID: { source: 'toolkit', exit: ExitCode.failed },
  INTERNAL: { source: 'toolkit', exit: ExitCode.failed },
} as const satisfies Record<string, { source: ErrorSource; exit: ExitCode }>;
export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** What the user should change. */
  readonly hint?: string | undefined;
  /** Machine-readable context: ARM codes, request ids, paths. Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Every problem found, where one failure stands for several. */
  readonly issues?: readonly Issue[] | undefined;
  readonly cause?: unknown;
}

/** The only error that regild throws on purpose. `message` is one lowercase sentence that holds the wrong value. */
export class RegildError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, message: string, { hint, details = {}, issues = [], cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RegildError';
    this.code = code;
    this.hint = hint;
    this.details = details;
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
