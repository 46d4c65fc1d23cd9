import { randomBytes } from 'node:crypto';
import { isRunId, runIdOf } from '../model/index.ts';

/** The id of a run that starts at a time, for example 20261121t081502-3f9a. */
export function newRunId(now: Date): string {
  return runIdOf(now, randomBytes(2).toString('hex'));
}

/** What is asked for: in `--resume web` the word after the option is an image's name: nobody calls one like a run. */
export function askedFor<Flags extends { readonly resume?: true | string }>(
  names: readonly string[],
  flags: Flags,
): { readonly names: readonly string[]; readonly flags: Flags } {
  if (typeof flags.resume !== 'string' || isRunId(flags.resume)) return { names, flags };
  return { names: [flags.resume, ...names], flags: { ...flags, resume: true } };
}
