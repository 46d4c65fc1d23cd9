import type { Issue } from '../model/index.ts';
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

/** One image as the lock has it and as it was resolved; absent where the lock has no entry, or the walk ended before there was a plan. */
export interface Compared {
  readonly image: string;
  readonly locked: LockEntry | undefined;
  readonly resolved: LockEntry | undefined;
}

/**
 * What a lock file has to say about an image. Held to the lock (`strict`) everything that does not fit is an error, else a warning; an image that was
 * not resolved for a reason of its own is said by that reason, and only keeps a strict fleet from starting.
 */
export function lockIssues({ image, locked, resolved }: Compared, file: string, strict: boolean): readonly Issue[] {
  const severity = strict ? 'error' : 'warning';
  const update = `take it over with \`regild plan ${image} --update-lock\``;
  if (locked === undefined) {
    return [
      {
        severity,
        code: 'LOCK_MISSING',
        message: `${file} has no entry for ${image}`,
        hint: `add it with \`regild plan ${image} --update-lock\``,
        image,
      },
    ];
  }
  if (resolved === undefined) {
    if (!strict) return [];
    const message = `${image} cannot be planned from what ${file} has: AMI ${locked.ami.id}, base ${locked.base.urn}`;
    return [
      {
        severity,
        code: 'LOCK_UNRESOLVED',
        message,
        hint: `mend the other problem of the image, or resolve it anew with \`regild plan ${image} --update-lock\``,
        image,
      },
    ];
  }
  return compareEntries(locked, resolved).map((drift) => ({
    severity,
    code: 'LOCK_DRIFT',
    message: driftText(drift, file),
    hint: strict ? `put it back, or ${update}` : `${update}, or build with \`--locked\` what the file has`,
    image,
  }));
}

/** Codes whose cure is another source or base, which a pinned image does not take from the manifest. */
const PINNED: readonly Issue['code'][] = [
  'AMI_NOT_FOUND',
  'BASE_INVALID',
  'BASE_UNFIT',
  'BASE_NOT_SOLD',
  'BASE_UNCATALOGUED',
  'VERSION_UNLISTED',
];

/** An issue of an image that is held to its entry of the lock file: where the source or the base is at fault, that is mended in the lock file alone. */
export function tellPinned(issue: Issue, file: string): Issue {
  if (!PINNED.includes(issue.code)) return issue;
  return { ...issue, hint: `${file} pins it: resolve it anew with \`regild plan ${issue.image} --update-lock\`` };
}

function driftText({ what, was, is }: Drift, file: string): string {
  switch (what) {
    case 'asked source':
    case 'asked base':
      return `the manifest asks for the ${what.slice('asked '.length)} ${is}, but ${file} was made for ${was}`;
    case 'digest':
      return `the plan is another one than ${file} has (digest ${short(is)} instead of ${short(was)}): recipe, wishes, catalog or guest scripts changed`;
    default:
      return `the ${what} is ${is}, but ${file} has ${was}`;
  }
}

function short(digest: string): string {
  return `${digest.slice(0, 12)}…`;
}
