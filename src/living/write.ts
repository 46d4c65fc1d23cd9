import { RegildError, toIssue } from '../errors.ts';
import type { ExistingVersion, ImageSpec, Issue, VersionAction } from '../model/index.ts';
import type { Context } from '../ports.ts';
import type { VersionWrite } from './latest-change.ts';
import type { Retained } from './retention.ts';

/** What became of a write. */
export interface Written {
  readonly action: VersionAction;
  readonly issues: readonly Issue[];
}

/** Does writes in their order, or only says them; the first failure ends it, for what comes after relies on what came before. */
export async function writeAll(
  spec: ImageSpec,
  writes: readonly VersionWrite[],
  context: Context<'gallery' | 'progress'>,
  dryRun: boolean,
): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const write of writes) {
    const done = dryRun ? { action: actionOf(spec, write, 'due'), issues: [] } : await writeOne(spec, write, context);
    written.push(done);
    if (done.action.outcome === 'failed') break;
  }
  return written;
}

async function writeOne(spec: ImageSpec, write: VersionWrite, { ports, run }: Context<'gallery' | 'progress'>): Promise<Written> {
  const ref = { ...spec.target, version: write.version.name };
  try {
    run.signal.throwIfAborted();
    if (write.replicate) {
      const states = await ports.gallery.replicate(ref, write.replicate, { signal: run.signal });
      const failed = states.filter(({ state }) => state === 'Failed').map(({ name }) => name);
      if (failed.length > 0)
        throw new RegildError('PUBLISH_FAILED', `version ${ref.version} of ${spec.name} did not replicate to ${failed.join(', ')}`, {
          hint: 'run the command again',
        });
    }
    await ports.gallery.setVersion(ref, write.change);
    return { action: actionOf(spec, write, 'done'), issues: [] };
  } catch (error) {
    if (!(error instanceof RegildError)) throw error;
    return { action: actionOf(spec, write, 'failed'), issues: [toIssue(error, spec.name)] };
  }
}

/** What a write is in a report. */
export function actionOf(
  { name, target }: ImageSpec,
  { version, action, regions, reason }: VersionWrite,
  outcome: VersionAction['outcome'],
): VersionAction {
  return { image: name, definition: `${target.gallery}/${target.definition}`, version: version.name, action, regions, reason, outcome };
}

/** Size of the disk times replicas: what a version takes at most, for the service keeps only what is written. */
export function gibibytesOf({ sizeGiB, targetRegions }: ExistingVersion): number | undefined {
  return sizeGiB === undefined ? undefined : sizeGiB * targetRegions.reduce((sum, { replicas }) => sum + replicas, 0);
}

/** Deletes what is to go, each by itself: one that fails stops no other. What stays is said with its reason. */
export async function removeAll(
  spec: ImageSpec,
  retained: readonly Retained[],
  context: Context<'gallery'>,
  dryRun: boolean,
): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (const { version, action, reason } of retained) {
    const said = {
      ...actionOf(spec, { version, action, reason, change: {} }, action === 'keep' ? 'kept' : 'due'),
      gibibytes: gibibytesOf(version),
    };
    written.push(action === 'keep' || dryRun ? { action: said, issues: [] } : await removeOne(spec, version, said, context));
  }
  return written;
}

async function removeOne(
  spec: ImageSpec,
  { name }: ExistingVersion,
  action: VersionAction,
  { ports, run }: Context<'gallery'>,
): Promise<Written> {
  try {
    run.signal.throwIfAborted();
    await ports.gallery.removeVersion({ ...spec.target, version: name });
    return { action: { ...action, outcome: 'done' }, issues: [] };
  } catch (error) {
    if (!(error instanceof RegildError)) throw error;
    return { action: { ...action, outcome: 'failed' }, issues: [toIssue(error, spec.name)] };
  }
}
