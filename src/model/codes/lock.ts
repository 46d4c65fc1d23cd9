import type { CodeEntry } from './entry.ts';

/** What differs from `images.lock.yaml` (docs/how-to/lock.md). */
export const LOCK_CODES = {
  LOCK_MISSING: {
    severities: ['error', 'warning'],
    says: 'the lock file has no entry for an image',
    cause: 'the image is new, or the file was never written',
    cure: '`regild plan <image> --update-lock`',
  },
  LOCK_UNRESOLVED: {
    severities: ['error', 'warning'],
    says: 'an image that is locked could not be resolved',
    cause: 'another problem of the image ended it before',
    cure: 'mend that problem, or resolve the image anew with `--update-lock`',
  },
  LOCK_DRIFT: {
    severities: ['error', 'warning'],
    says: 'something resolves to another value than the lock file holds',
    cause: 'a newer AMI or base, another recipe, or an edited entry',
    cure: 'accept it with `--update-lock`, build what the file has with `--locked`, or undo the edit',
  },
} as const satisfies Record<string, CodeEntry>;
