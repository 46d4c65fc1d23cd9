import { randomBytes } from 'node:crypto';
import { isRunId, runIdOf, runTime } from '../model/index.ts';

/**
 * The id of a run that starts at a time, for example 20261121t081502-3f9a. Ids are how runs are put in order: where another clock made one of those that
 * are known later than that, it is taken for a second later than the last.
 */
export function newRunId(now: Date, known: readonly string[] = []): string {
  const times = known.flatMap((id) => runTime(id)?.getTime() ?? []);
  return runIdOf(new Date(Math.max(now.getTime(), ...times.map((time) => time + 1000))), randomBytes(2).toString('hex'));
}

/** What is asked for: in `--resume web` the word after the option is an image's name: nobody calls one like a run. */
export function askedFor<Flags extends { readonly resume?: true | string }>(
  names: readonly string[],
  flags: Flags,
): { readonly names: readonly string[]; readonly flags: Flags } {
  if (typeof flags.resume !== 'string' || isRunId(flags.resume)) return { names, flags };
  return { names: [flags.resume, ...names], flags: { ...flags, resume: true } };
}
