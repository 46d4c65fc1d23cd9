import { RegildError } from '../errors.ts';
import { type ExistingVersion, RUN_TAG, type VersionRef } from '../model/index.ts';
import type { Context } from '../ports.ts';

/** A version as a build finds it: not there, made by this run (whole, on its way, broken), or made by somebody else. */
export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly id: string }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'foreign'; readonly run: string | undefined };

/** Pause between two looks at a version that is on its way. */
const POLL_MILLISECONDS = 15_000;

/**
 * Makes a version and gives its id; one that this run has made already, before it was cut short, is taken as it is. What is broken of this run's is
 * deleted, before and after. Throws PREFLIGHT_FAILED when somebody else took the name since it was planned.
 */
export async function unlessStaged(ref: VersionRef, context: Context, make: () => Promise<string>): Promise<string> {
  const found = await findVersion(ref, context);
  if (found.kind === 'whole') return found.id;
  if (found.kind === 'foreign') throw taken(ref, found.run);
  if (found.kind === 'broken') await context.ports.gallery.removeVersion(ref);
  try {
    return await make();
  } catch (error) {
    // After an abort there is no time, and what is on its way may yet become whole: a resumed run takes it up.
    if (!context.run.signal.aborted) await removeBroken(ref, context);
    throw error;
  }
}

/** Waits while a version is being made or changed. */
export async function untilSettled(ref: VersionRef, context: Context): Promise<void> {
  const { ports, run } = context;
  while ((await findVersion(ref, context)).kind === 'unfinished') await ports.clock.sleep(POLL_MILLISECONDS, run.signal);
}

/** What there is under the name of a version. */
export async function findVersion(ref: VersionRef, { ports, run }: Context): Promise<Found> {
  const version = await ports.gallery.version(ref);
  if (!version) return { kind: 'none' };
  // The deadline is no part of whose it is: a resumed run has another one.
  return version.tags[RUN_TAG] === run.id ? ownVersion(version) : { kind: 'foreign', run: version.tags[RUN_TAG] };
}

function ownVersion({ id, provisioningState }: ExistingVersion): Found {
  switch (provisioningState) {
    case 'Succeeded':
      return { kind: 'whole', id };
    case 'Failed':
      return { kind: 'broken' };
    default:
      return { kind: 'unfinished' };
  }
}

/** The failure that led here is the one to report, so no other leaves. */
async function removeBroken(ref: VersionRef, context: Context): Promise<void> {
  try {
    if ((await findVersion(ref, context)).kind === 'broken') await context.ports.gallery.removeVersion(ref);
  } catch {
    // Its deadline is on it: a sweep finds it.
  }
}

function taken({ gallery, definition, version }: VersionRef, run: string | undefined): RegildError {
  const by = run === undefined ? 'by somebody else' : `by run ${run}`;
  return new RegildError('PREFLIGHT_FAILED', `version ${version} of ${gallery}/${definition} was made ${by} since it was planned`, {
    hint: 'run the command again without --resume: it plans the next number',
  });
}
