import { RegildError } from '../errors.ts';
import type { BuildPlan, BuildResult, Engine as EngineName, Issue, PlanDraft, RenderedTemplate } from '../model/index.ts';
import { blocks, SCHEMA_VERSION, versionRef } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { endingWith, type TimeLimit, withTimeLimit } from '../time-limit.ts';
import type { BuildPort, Engine } from './engine.ts';
import { imageBuilder } from './image-builder/index.ts';
import { packer } from './packer/index.ts';
import { findVersion } from './staged.ts';

export { whileClaimed } from './claim.ts';
export { requireAlone } from './under-way.ts';

const ENGINES: Readonly<Record<EngineName, Engine>> = { packer, 'image-builder': imageBuilder };

/**
 * Of plans that differ in their engine only, the one whose engine can do the most: the fewest errors among its losses. Of equals it is the managed
 * service, for which nothing has to be installed. The reason is what the other cannot do.
 */
export function bestPlan(plans: readonly PlanDraft[]): PlanDraft {
  const judged = plans
    .map((plan) => ({ plan, lacks: ENGINES[plan.engine].losses(plan).filter(blocks) }))
    .toSorted((a, b) => a.lacks.length - b.lacks.length || Number(b.plan.engine === SERVICE) - Number(a.plan.engine === SERVICE));
  const [best, ...others] = judged;
  if (best === undefined) throw new RegildError('INTERNAL', 'no engine is planned with');
  return {
    ...best.plan,
    engineReason: reasonFor(
      best.lacks,
      others.flatMap(({ lacks }) => lacks),
    ),
  };
}

const SERVICE: EngineName = 'image-builder';

function reasonFor(lacks: readonly Issue[], ofOthers: readonly Issue[]): string {
  if (lacks.length > 0) return 'no engine can do all of the plan';
  return ofOthers.length === 0
    ? 'both can do all of the plan, and the service needs nothing installed'
    : ofOthers.map(({ message }) => message).join('; ');
}

/** The plan as its engine's files, with everything the engine cannot express as issues. Reads templates and scripts, writes nothing. */
export async function renderTemplate(plan: BuildPlan, context: Context<'packer' | 'assets'>): Promise<RenderedTemplate> {
  const engine = ENGINES[plan.engine];
  return {
    kind: 'RenderedTemplate',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    engine: engine.name,
    digest: plan.digest,
    files: await engine.render(plan, context.ports.assets),
    issues: [...engine.losses(plan), ...simulatedEngine(plan, context)],
  };
}

/** Throws RUN_NOT_FOUND unless this run has staged the plan's version already: for verbs that continue and never build. */
export async function requireStaged(plan: BuildPlan, context: Context<'gallery'>): Promise<void> {
  const found = await findVersion(versionRef(plan), plan, context);
  if (found.kind === 'whole') return;
  throw new RegildError('RUN_NOT_FOUND', `run ${context.run.id} has built no version of ${plan.image} that could be continued`, {
    hint: `build it with \`regild build ${plan.image}\``,
  });
}

/** What the engine needs on this machine, before the first write. Throws BUILD_FAILED or PACKER_MISSING. */
export async function readyEngine(plan: BuildPlan, template: RenderedTemplate, context: Context<BuildPort>): Promise<void> {
  await ENGINES[plan.engine].ready?.(plan, template, context);
}

/** Said before anything is built: in the sandbox even the program that the plan names is not there. */
function simulatedEngine({ engine, image }: BuildPlan, { ports }: Context<'packer'>): readonly Issue[] {
  if (engine !== 'packer' || ports.packer.kind === 'program') return [];
  return [
    {
      severity: 'warning',
      code: 'PACKER_SIMULATED',
      message: 'packer is not run in the sandbox, where no VM boots that it could work in: the version that it makes is simulated',
      hint: '`regild render` writes the folder that packer is given outside of the sandbox',
      image,
    },
  ];
}

function buildLimit({ image, build }: BuildPlan): TimeLimit {
  const passed = () =>
    new RegildError('TIMED_OUT', `the build of ${image} took longer than ${build.timeoutMinutes} minutes`, {
      hint: 'go on with --resume: what was reached is kept; or raise `build.timeoutMinutes`',
    });
  return { milliseconds: build.timeoutMinutes * 60_000, passed };
}

/**
 * Builds the staged gallery version; one that this run has staged already is taken as it is. Throws PREFLIGHT_FAILED when another run took the
 * version's name, BUILD_FAILED, TIMED_OUT or CANCELLED.
 */
export async function buildImage(plan: BuildPlan, template: RenderedTemplate, context: Context<BuildPort>): Promise<BuildResult> {
  const { clock } = context.ports;
  const started = clock.now().toISOString();
  const engine = ENGINES[plan.engine];
  const { versionId, issues, tried } = await withTimeLimit(buildLimit(plan), context, (signal) =>
    engine.build(plan, template, endingWith(signal, context)),
  );
  return {
    kind: 'BuildResult',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    engine: plan.engine,
    engineVersion: await engine.version(context.ports),
    runId: context.run.id,
    versionId,
    version: plan.version,
    ...(tried.length > 0 && { tried }),
    started,
    finished: clock.now().toISOString(),
    simulated: context.run.clouds.simulated,
    issues,
  };
}
