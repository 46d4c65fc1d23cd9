import type { LockEntry } from './lock.ts';

/** One thing that is not as the lock file has it. */
export interface Drift {
  readonly what: 'asked source' | 'asked base' | 'AMI' | 'base' | 'generation' | 'digest';
  readonly was: string;
  readonly is: string;
}

const FIELDS: readonly { readonly what: Drift['what']; readonly of: (entry: LockEntry) => string }[] = [
  { what: 'asked source', of: ({ asked }) => asked.source },
  { what: 'asked base', of: ({ asked }) => asked.base },
  { what: 'AMI', of: amiText },
  { what: 'base', of: ({ base }) => base.urn },
  { what: 'generation', of: ({ base }) => base.generation },
];

/** A digest holds AMI and base too: when one of these differs, that the digest does says nothing more. */
const IN_DIGEST: readonly Drift['what'][] = ['AMI', 'base', 'generation'];

/** Every difference between what the lock has and what was resolved; their times are none. */
export function compareEntries(locked: LockEntry, resolved: LockEntry): readonly Drift[] {
  const drifts = FIELDS.flatMap(({ what, of }) => (of(locked) === of(resolved) ? [] : [{ what, was: of(locked), is: of(resolved) }]));
  if (locked.digest === resolved.digest || drifts.some(({ what }) => IN_DIGEST.includes(what))) return drifts;
  return [...drifts, { what: 'digest', was: locked.digest, is: resolved.digest }];
}

function amiText({ ami: { id, name, region, created } }: LockEntry): string {
  return [id, name === undefined ? undefined : JSON.stringify(name), `in ${region}`, created && `of ${created}`].filter(Boolean).join(' ');
}
