import { toIssue } from './errors.ts';
import { asRegildError } from './image-report.ts';
import { copyIn, isCopying } from './living/copy.ts';
import { mendGallery } from './living/gallery-settings.ts';
import { missingInProduction } from './living/production.ts';
import { mend, mendings } from './living/reconcile.ts';
import { decideRefresh, type RefreshOptions, type RefreshStep } from './living/refresh.ts';
import { lookAt } from './look.ts';
import { type ImageReport, type ImageSpec, type RefreshItem, type RefreshReport, SCHEMA_VERSION } from './model/index.ts';
import type { Context } from './ports.ts';

export interface CheckOptions extends RefreshOptions {
  readonly concurrency: number;
}

export interface RefreshFleetOptions extends CheckOptions {
  /** Find out what is due and do nothing. */
  readonly dryRun: boolean;
  /** Takes images through the whole walk in one run: the one that is named, else a new one. */
  readonly walk: (
    specs: readonly ImageSpec[],
    run: string | undefined,
  ) => Promise<{ readonly runId: string; readonly images: readonly ImageReport[] }>;
}

/** Says what is due for each image, the most urgent first, and changes nothing. */
export async function checkFleet(specs: readonly ImageSpec[], context: Context, options: CheckOptions): Promise<RefreshReport> {
  const now = context.ports.clock.now();
  const steps = decideRefresh(await lookAt(specs, context, options.concurrency), options, now);
  return reportOf(
    steps.map((step) => itemOf(step, { outcome: outcomeOf(step) })),
    now,
  );
}

/**
 * Does what is due for each image, and nothing else: versions that exist are mended first, then what must be built again is built, the most urgent first. A
 * failure of one image stops no other. Safe to repeat: what was done is not due any more.
 */
export async function refreshFleet(specs: readonly ImageSpec[], context: Context, options: RefreshFleetOptions): Promise<RefreshReport> {
  if (options.dryRun) return checkFleet(specs, context, options);
  const now = context.ports.clock.now();
  const steps = decideRefresh(await lookAt(specs, context, options.concurrency), options, now);
  return reportOf(await act(steps, context, options), now);
}

function reportOf(items: readonly RefreshItem[], now: Date): RefreshReport {
  return { kind: 'RefreshReport', schemaVersion: SCHEMA_VERSION, at: now.toISOString(), items };
}

/** Whether there is something to do. */
export function isDue({ items }: RefreshReport): boolean {
  return items.some(({ outcome }) => outcome === 'due');
}

async function act(steps: readonly RefreshStep[], context: Context, options: RefreshFleetOptions): Promise<readonly RefreshItem[]> {
  const mended: (readonly [RefreshStep, RefreshItem])[] = [];
  for (const step of steps) if (!builds(step)) mended.push([step, await reconcile(step, context)]);
  const runs = Map.groupBy(steps.filter(builds), ({ run }) => run);
  const built: (readonly [RefreshStep, RefreshItem])[] = [];
  for (const [run, members] of runs) built.push(...(await rebuild(members, run, options)));
  const items = new Map([...mended, ...built]);
  return steps.flatMap((step) => items.get(step) ?? []);
}

function builds({ action }: RefreshStep): boolean {
  return action === 'rebuild' || action === 'continue';
}

async function rebuild(
  steps: readonly RefreshStep[],
  run: string | undefined,
  { walk }: RefreshFleetOptions,
): Promise<readonly (readonly [RefreshStep, RefreshItem])[]> {
  const { runId, images } = await walk(
    steps.map(({ looked }) => looked.wish.spec),
    run,
  );
  return steps.map((step) => {
    const report = images.find(({ image }) => image === step.looked.wish.spec.name);
    return [step, itemOf(step, { run: runId, outcome: report?.outcome ?? 'failed', issues: report?.issues ?? [] })] as const;
  });
}

/** Mends every version of an image that may be mended; the first failure ends it for this image. */
async function reconcile(step: RefreshStep, context: Context): Promise<RefreshItem> {
  const { wish, actual } = step.looked;
  const changes: string[] = [];
  if (step.action !== 'reconcile') return itemOf(step, { outcome: outcomeOf(step) });
  try {
    const missing = isCopying(wish.spec) && wish.spec.copyOf.automatic ? missingInProduction(actual) : undefined;
    if (isCopying(wish.spec) && missing !== undefined) {
      await copyIn(wish.spec, missing, context);
      changes.push(`version ${missing.name} was copied into production`);
    }
    changes.push(...(await mendGallery(wish, actual, context)));
    for (const mending of mendings(wish, actual, context.ports.clock.now())) {
      context.run.signal.throwIfAborted();
      const ref = { ...wish.spec.target, version: mending.version.name };
      changes.push(...(await mend(ref, mending, context, wish.spec.name)));
    }
    return itemOf(step, { outcome: 'reconciled', changes });
  } catch (error) {
    const failure = asRegildError(error);
    return itemOf(step, {
      outcome: failure.code === 'CANCELLED' ? 'cancelled' : 'failed',
      changes,
      issues: [toIssue(failure, wish.spec.name)],
    });
  }
}

function outcomeOf({ action }: RefreshStep): string {
  switch (action) {
    case 'none':
      return 'unchanged';
    case 'wait':
      return 'waiting';
    default:
      return 'due';
  }
}

function itemOf(step: RefreshStep, end: Pick<RefreshItem, 'outcome'> & Partial<RefreshItem>): RefreshItem {
  const { looked, action, run, drifts, held } = step;
  return { image: looked.wish.spec.name, action, run, drifts, held, changes: [], issues: [], ...end };
}
