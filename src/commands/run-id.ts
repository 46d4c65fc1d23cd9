import { randomBytes } from 'node:crypto';
import { isRunId } from '../model/index.ts';

/** An id that sorts by time and fits folder names, tags and Azure resource names: 20261121t081502-3f9a. */
export function newRunId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase();
  return `${time}-${randomBytes(2).toString('hex')}`;
}

/** What is asked for: in `--resume web` the word after the option is an image's name: nobody calls one like a run. */
export function askedFor<Flags extends { readonly resume?: true | string }>(
  names: readonly string[],
  flags: Flags,
): { readonly names: readonly string[]; readonly flags: Flags } {
  if (typeof flags.resume !== 'string' || isRunId(flags.resume)) return { names, flags };
  return { names: [flags.resume, ...names], flags: { ...flags, resume: true } };
}
