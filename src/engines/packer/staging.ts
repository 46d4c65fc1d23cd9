import {
  type BuildPlan,
  capturedVersion,
  type Issue,
  type RegionState,
  runTags,
  stagedStorage,
  type VersionRef,
  versionRef,
} from '../../model/index.ts';
import type { Context } from '../../ports.ts';
import type { Built } from '../engine.ts';
import { findVersion, unlessStaged } from '../staged.ts';

/**
 * Captures into the staging definition, copies the version from there to the wanted definition, and deletes it. After an abort the copy goes on in
 * Azure and needs its source: a resumed run takes both up, and a sweep deletes what nobody takes up.
 */
export async function copyFromStaging(
  plan: BuildPlan,
  capture: () => Promise<unknown>,
  context: Context<'gallery' | 'clock' | 'progress'>,
): Promise<Omit<Built, 'tried'>> {
  const from = capturedVersion(plan);
  try {
    const versionId = await unlessStaged(versionRef(plan), plan, context, async () => {
      await capture();
      return copy(plan, from, context);
    });
    return { versionId, issues: await removeStaged(plan, from, context) };
  } catch (error) {
    if (!context.run.signal.aborted) await removeStaged(plan, from, context);
    throw error;
  }
}

async function copy(plan: BuildPlan, from: VersionRef, { ports, run }: Context<'gallery' | 'progress'>): Promise<string> {
  const to = versionRef(plan);
  const note = (text: string) => ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text });
  note(`copying ${from.definition} to ${to.definition}`);
  const wanted = {
    location: plan.location,
    storage: stagedStorage(plan),
    excludeFromLatest: true,
    tags: { ...plan.tags, ...runTags(run, plan) },
  };
  const onUpdate = (regions: readonly RegionState[]) =>
    note(regions.map(({ name, progress }) => `copying: ${name} ${progress} %`).join(', '));
  return (await ports.gallery.copyVersion(from, to, wanted, { signal: run.signal, onUpdate })).id;
}

/** Deletes this run's version in the staging definition, if it is there. */
async function removeStaged(plan: BuildPlan, ref: VersionRef, context: Context<'gallery' | 'progress'>): Promise<readonly Issue[]> {
  try {
    const { kind } = await findVersion(ref, plan, context);
    if (kind !== 'none' && kind !== 'foreign') await context.ports.gallery.removeVersion(ref);
    return [];
  } catch (error) {
    const message = `version ${ref.version} of ${ref.gallery}/${ref.definition} could not be deleted: ${error instanceof Error ? error.message : String(error)}`;
    context.ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text: message });
    const hint = 'regild sweep deletes it when its deadline has passed';
    return [{ severity: 'warning', code: 'VERSION_LEFT', message, hint, image: plan.image }];
  }
}
