import { RegildError } from './errors.ts';
import { type BuildPlan, type BuildResult, digestOf, type ExistingVersion, makerOf, RUN_TAG, versionRef } from './model/index.ts';
import type { Context } from './ports.ts';

/**
 * The version that a build gave, as the gallery has it in this moment. Throws VERSION_NOT_FOUND when it is gone, and PREFLIGHT_FAILED when what stands
 * under its name was made by another run or from another plan.
 */
export async function stagedVersion(plan: BuildPlan, build: BuildResult, { ports, run }: Context<'gallery'>): Promise<ExistingVersion> {
  const ref = versionRef({ ...plan, version: build.version });
  const name = `${ref.gallery}/${ref.definition}/${ref.version}`;
  const existing = await ports.gallery.version(ref);
  if (!existing) {
    throw new RegildError('VERSION_NOT_FOUND', `the staged version ${name} does not exist any more`, {
      hint: `it was deleted after the build: build it again with \`regild build ${plan.image}\``,
    });
  }
  if (makerOf(existing.tags, run, plan) === 'this plan') return existing;
  throw new RegildError('PREFLIGHT_FAILED', `the version ${name} is not the one that run ${run.id} built: ${says(existing)}`, {
    hint: `build it again with \`regild build ${plan.image}\`: it takes the next number`,
  });
}

/** Whether the gallery still has the version that a build gave: it may have been deleted since, and a sandbox forgets everything when it ends. */
export async function isStaged(plan: BuildPlan, build: BuildResult, context: Context<'gallery'>): Promise<boolean> {
  return (await ownVersion(plan, build, context)) !== undefined;
}

/** Whether `latest` may still be the version that a build gave. */
export async function isPromoted(plan: BuildPlan, build: BuildResult, context: Context<'gallery'>): Promise<boolean> {
  return (await ownVersion(plan, build, context))?.excludeFromLatest === false;
}

async function ownVersion(plan: BuildPlan, build: BuildResult, { ports, run }: Context<'gallery'>): Promise<ExistingVersion | undefined> {
  const existing = await ports.gallery.version(versionRef({ ...plan, version: build.version }));
  return existing && makerOf(existing.tags, run, plan) === 'this plan' ? existing : undefined;
}

function says({ tags }: ExistingVersion): string {
  const run = tags[RUN_TAG];
  return run === undefined ? 'it does not say who made it' : `it was made by run ${run}, digest ${digestOf(tags)?.slice(0, 8) ?? 'none'}`;
}
