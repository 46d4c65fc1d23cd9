import { type RegildError, toIssue } from './errors.ts';
import { asRegildError } from './image-report.ts';
import { copyIn, isCopying } from './living/copy.ts';
import { mendGallery } from './living/gallery-settings.ts';
import type { Looked } from './living/look.ts';
import { missingInProduction } from './living/production.ts';
import { isAskedFor } from './living/reasons.ts';
import { mend, mendings, waveToCheck } from './living/reconcile.ts';
import { decideRefresh, type RefreshOptions, type RefreshStep } from './living/refresh.ts';
import { lookAt } from './look.ts';
import { type ImageReport, type ImageSpec, isReconcile, type RefreshItem, type RefreshReport, SCHEMA_VERSION } from './model/index.ts';
import type { Context } from './ports.ts';
import { checkWave } from './wave-check.ts';

export interface CheckOptions extends RefreshOptions {
  readonly concurrency: number;
  /** Is told how each image was found, and when, before anything is done. */
  readonly onLooked?: (looked: readonly Looked[], now: Date) => void;
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
  const steps = await stepsOf(specs, context, options, now);
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
  const steps = await stepsOf(specs, context, options, now);
  return reportOf(await act(steps, context, options), now);
}

async function stepsOf(specs: readonly ImageSpec[], context: Context, options: CheckOptions, now: Date): Promise<readonly RefreshStep[]> {
  const looked = await lookAt(specs, context, options.concurrency);
  options.onLooked?.(looked, now);
  return decideRefresh(looked, options, now);
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
  for (const step of steps) if (!builds(step)) mended.push([step, await reconcile(step, context, options)]);
  const runs = Map.groupBy(steps.filter(builds), ({ run }) => run);
  const built: (readonly [RefreshStep, RefreshItem])[] = [];
  for (const [run, members] of runs) built.push(...(await rebuild(members, run, context, options)));
  const items = new Map([...mended, ...built]);
  return steps.flatMap((step) => items.get(step) ?? []);
}

function builds({ action }: RefreshStep): boolean {
  return action === 'rebuild' || action === 'continue';
}

async function rebuild(
  steps: readonly RefreshStep[],
  run: string | undefined,
  context: Context,
  options: RefreshFleetOptions,
): Promise<readonly (readonly [RefreshStep, RefreshItem])[]> {
  const { runId, images } = await options.walk(
    steps.map(({ looked }) => looked.wish.spec),
    run,
  );
  const items: (readonly [RefreshStep, RefreshItem])[] = [];
  for (const step of steps) {
    const report = images.find(({ image }) => image === step.looked.wish.spec.name);
    const { outcome = 'failed', issues = [] } = report ?? {};
    const { changes, failure } = outcome === 'cancelled' ? { changes: [] } : await mendBeside(step, outcome, context, options);
    items.push([
      step,
      itemOf(step, { run: runId, outcome: failure ? 'failed' : outcome, changes, issues: [...issues, ...issuesOf(step, failure)] }),
    ]);
  }
  return items;
}

/** What a rebuild leaves to be mended: how the gallery is set and shared; and where it brought no version, everything that is due of the ones there are. */
async function mendBeside(step: RefreshStep, outcome: string, context: Context, options: RefreshFleetOptions): Promise<Mended> {
  const { wish, actual } = step.looked;
  const made = outcome === 'published' || outcome === 'unchanged';
  if (made) return collected(async (changes) => void changes.push(...(await mendGallery(wish, actual, context, options.reasons))));
  if (!step.drifts.some(isReconcile)) return { changes: [] };
  return collected(async (changes) => {
    // A build takes hours: who uses a region is asked again.
    const [again = step.looked] = await lookAt([wish.spec], context, 1);
    await mendAll(again, context, options, changes);
  });
}

async function reconcile(step: RefreshStep, context: Context, options: RefreshFleetOptions): Promise<RefreshItem> {
  if (step.action !== 'reconcile') return itemOf(step, { outcome: outcomeOf(step) });
  const { changes, failure } = await collected((done) => mendAll(step.looked, context, options, done));
  return itemOf(step, { outcome: outcomeAfter(failure), changes, issues: issuesOf(step, failure) });
}

/** What was changed, and what ended it. */
interface Mended {
  readonly changes: readonly string[];
  readonly failure?: RegildError | undefined;
}

/** Keeps what was changed also where something fails after it. */
async function collected(mending: (changes: string[]) => Promise<void>): Promise<Mended> {
  const changes: string[] = [];
  try {
    await mending(changes);
    return { changes };
  } catch (error) {
    return { changes, failure: asRegildError(error) };
  }
}

/** Mends everything of an image that may be mended and is asked for; the first failure ends it for this image. */
async function mendAll(
  { wish, actual }: Looked,
  context: Context,
  { reasons }: Pick<RefreshFleetOptions, 'reasons'>,
  changes: string[],
): Promise<void> {
  const missing = isCopying(wish.spec) && wish.spec.copyOf.automatic ? missingInProduction(actual) : undefined;
  if (isCopying(wish.spec) && missing !== undefined && isAskedFor('production-behind', reasons)) {
    await copyIn(wish.spec, missing, context);
    changes.push(`version ${missing.name} was copied into production`);
  }
  changes.push(...(await mendGallery(wish, actual, context, reasons)));
  const { versions, said, stopped } = await checkedFirst({ wish, actual }, context, reasons);
  changes.push(...said);
  for (const mending of mendings(wish, { ...actual, versions }, context.ports.clock.now(), reasons)) {
    context.run.signal.throwIfAborted();
    const ref = { ...wish.spec.target, version: mending.version.name };
    changes.push(...(await mend(ref, mending, context, wish.spec.name)));
  }
  // What stops the rollout stops nothing else.
  if (stopped) throw stopped;
}

/** The versions as they are once the wave before the one that is due was checked, where that is wanted. */
async function checkedFirst(
  { wish, actual }: Pick<Looked, 'wish' | 'actual'>,
  context: Context,
  reasons: RefreshFleetOptions['reasons'],
): Promise<{
  readonly versions: Looked['actual']['versions'];
  readonly said: readonly string[];
  readonly stopped?: RegildError | undefined;
}> {
  const { versions } = actual;
  const wave = waveToCheck(wish, actual, context.ports.clock.now(), reasons);
  if (wave === undefined) return { versions, said: [] };
  const { version, stopped } = await checkWave(wish.spec, wave.version, wave.next, context);
  if (stopped) return { versions: versions.map((one) => (one.name === version.name ? version : one)), said: [], stopped };
  return { versions, said: [`version ${version.name} passed its checks in ${wave.next.check.regions.join(', ')}`] };
}

function outcomeAfter(failure: RegildError | undefined): string {
  if (failure === undefined) return 'reconciled';
  return failure.code === 'CANCELLED' ? 'cancelled' : 'failed';
}

function issuesOf({ looked }: RefreshStep, failure: RegildError | undefined): RefreshItem['issues'] {
  return failure === undefined ? [] : [toIssue(failure, looked.wish.spec.name)];
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
  const issues = [...looked.issues, ...(end.issues ?? [])];
  return { image: looked.wish.spec.name, action, run, drifts, held, changes: [], ...end, issues };
}
