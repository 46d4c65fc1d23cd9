import { RegildError } from '../errors.ts';

/** What a file of a run folder says. Throws ARTIFACT_INVALID where it is not JSON. */
export function parseArtifact(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RegildError('ARTIFACT_INVALID', `${path} is not JSON`, {
      hint: 'it was edited or cut short; start again without --resume',
      cause,
    });
  }
}

/** A failure to read such a file, as it is told: one that is longer than a text of V8 (512 Mi characters), or than Node reads at once (2 GiB), is ARTIFACT_INVALID. */
export function asReadFailure(cause: unknown, path: string): unknown {
  if (!isTooLong(cause)) return cause;
  return new RegildError('ARTIFACT_INVALID', `${path} is longer than one text can be (512 MiB)`, {
    hint: 'each image has a report of its own beside it: <image>/09-report.json',
    cause,
  });
}

function isTooLong(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if (cause instanceof RangeError && cause.message === 'Invalid string length') return true;
  return 'code' in cause && ['ERR_STRING_TOO_LONG', 'ERR_FS_FILE_TOO_LARGE'].includes(String(cause.code));
}
