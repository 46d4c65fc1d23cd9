/** Why what a sandbox remembers cannot be used: a file of something else, one that is broken or does not fit this regild, or one that cannot be written. */
export type StateTrouble = 'foreign' | 'damaged' | 'unfit' | 'unwritable' | 'full' | 'busy';

/** Thrown where what a sandbox remembers cannot be read or kept; the message is one sentence with the file's path. */
export class SandboxStateError extends Error {
  readonly trouble: StateTrouble;

  constructor(trouble: StateTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SandboxStateError';
    this.trouble = trouble;
  }
}

/** An error of SQLite (https://www.sqlite.org/rescode.html, by its primary code) in these words; any other as it is. */
export function stateErrorOf(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error;
  const told = error.message;
  switch (error.errcode & 0xff) {
    case 26:
      return new SandboxStateError('foreign', `${path} is no state of a sandbox`, { cause: error });
    case 13:
      return new SandboxStateError('full', `${path} is full: ${told}`, { cause: error });
    case 5:
    case 6:
      return new SandboxStateError('busy', `${path} is held by another process`, { cause: error });
    case 3:
    case 8:
    case 10:
    case 14:
    case 23:
      return new SandboxStateError('unwritable', `${path} cannot be opened or written: ${told}`, { cause: error });
    default:
      return new SandboxStateError('damaged', `${path} is damaged: ${told}`, { cause: error });
  }
}
