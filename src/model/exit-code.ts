import * as z from 'zod';

/** Process exit codes; scripts rely on them. `tryAgain` is EX_TEMPFAIL of sysexits.h; those of a signal are 128 and its number. */
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
  partial: 9,
  workDue: 10,
  tryAgain: 75,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An exit code in an artifact. */
export const ExitCodeSchema = z.literal(Object.values(ExitCode));

/** What each tells a script, for the README. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof ExitCode, string>> = {
  ok: 'fine: every image was published, or is as far as was asked; nothing to do is fine too',
  failed: 'failed for a reason of its own, images failed in different ways, or a bug of ours',
  usage: 'wrong use, configuration, or a question without an answer: nothing was started',
  notFound: 'AMI, region, version or image not found',
  preflight: 'preflight, credentials or permissions: nothing was started',
  build: 'the build failed',
  validation: 'a check failed on a test VM: not published',
  publish: 'publishing failed; `--resume` continues',
  timedOut: 'timed out; `--resume` continues',
  partial: 'some images were made, others failed; `--resume` continues with those',
  workDue: 'work is due (only where asked for)',
  tryAgain: 'a cloud could not be reached or had enough of us, or another run builds the same version: try again later, with `--resume`',
  hungUp: 'the terminal went away, or nobody reads the diagnostics any more: cleaned up and saved',
  interrupted: 'cancelled: cleaned up and saved',
  terminated: 'terminated: cleaned up and saved',
};
