import { RegildError } from '../errors.ts';
import { type BuildPlan, type ExistingVersion, makerOf, RUN_TAG, type VersionRef } from '../model/index.ts';
import type { Context } from '../ports.ts';

type Made = Pick<BuildPlan, 'digest'>;

/** A version as a build finds it: not there, made by this run from this plan (whole, on its way, broken), from another plan, or by somebody else. */
export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'whole'; readonly id: string }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'foreign'; readonly run: string | undefined };

/** Pause between two looks at a version that is on its way. */
const POLL_MILLISECONDS = 15_000;

/**
 * Makes a version and gives its id; one that this run has made already, before it was cut short, is taken as it is. What is broken of this run's is
 * deleted, before and after. The version is read again when it is made: what stands under its name must be what was planned. Throws PREFLIGHT_FAILED
 * when somebody else took the name since it was planned.
 */
export async function unlessStaged(
  ref: VersionRef,
  plan: Made,
  context: Context<'gallery' | 'clock'>,
  make: () => Promise<unknown>,
): Promise<string> {
  const found = await findVersion(ref, plan, context);
  if (found.kind === 'whole') return found.id;
  refuseOthers(ref, found);
  if (found.kind === 'broken') await context.ports.gallery.removeVersion(ref);
  try {
    await make();
  } catch (error) {
    // After an abort there is no time, and what is on its way may yet become whole: a resumed run takes it up.
    if (!context.run.signal.aborted) await afterFailure(ref, plan, context, error);
    throw error;
  }
  return requireMade(ref, plan, context);
}

/** Waits while a version is being made or changed, and says how it stands then. */
export async function untilSettled(
  ref: VersionRef,
  plan: Made,
  context: Context<'gallery' | 'clock'>,
): Promise<Exclude<Found, { readonly kind: 'unfinished' }>> {
  const { ports, run } = context;
  for (;;) {
    const found = await findVersion(ref, plan, context);
    if (found.kind !== 'unfinished') return found;
    await ports.clock.sleep(POLL_MILLISECONDS, run.signal);
  }
}

/** What there is under the name of a version. */
export async function findVersion(ref: VersionRef, plan: Made, { ports, run }: Context<'gallery'>): Promise<Found> {
  const version = await ports.gallery.version(ref);
  if (!version) return { kind: 'none' };
  switch (makerOf(version.tags, run, plan)) {
    case 'this plan':
      return ownVersion(version);
    case 'another plan':
      return { kind: 'outdated' };
    case 'others':
      return { kind: 'foreign', run: version.tags[RUN_TAG] };
  }
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

/** An engine that ended well may have delivered under a name that somebody else took in the meantime. */
async function requireMade(ref: VersionRef, plan: Made, context: Context<'gallery' | 'clock'>): Promise<string> {
  const made = await untilSettled(ref, plan, context);
  refuseOthers(ref, made);
  if (made.kind === 'whole') return made.id;
  const state = made.kind === 'none' ? 'does not exist' : 'is broken';
  throw new RegildError('BUILD_FAILED', `the build ended well, but version ${ref.version} of ${ref.gallery}/${ref.definition} ${state}`, {
    hint: 'build it again with --resume',
  });
}

/** Removes what is broken; a name that was taken while it was made is why the engine failed. Any other failure here is less than the one that led to it. */
async function afterFailure(ref: VersionRef, plan: Made, context: Context<'gallery'>, failure: unknown): Promise<void> {
  const found = await findVersion(ref, plan, context).catch(() => undefined);
  if (found && failure instanceof RegildError && failure.code === 'BUILD_FAILED') refuseOthers(ref, found, failure);
  // Its deadline is on it: a sweep finds it.
  if (found?.kind === 'broken') await context.ports.gallery.removeVersion(ref).catch(() => undefined);
}

function refuseOthers({ gallery, definition, version }: VersionRef, found: Found, cause?: unknown): void {
  if (found.kind !== 'foreign' && found.kind !== 'outdated') return;
  const by =
    found.kind === 'outdated' ? 'by this run from another recipe' : found.run === undefined ? 'by somebody else' : `by run ${found.run}`;
  throw new RegildError('PREFLIGHT_FAILED', `version ${version} of ${gallery}/${definition} was made ${by} since it was planned`, {
    hint: 'run the command again without --resume: it plans the next number',
    cause,
  });
}
