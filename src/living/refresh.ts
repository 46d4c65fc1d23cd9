import { type Drift, type DriftKind, digestOf, isRebuild, isReconcile, mayBeAlive, RUN_TAG } from '../model/index.ts';
import { compare, urgency } from './compare.ts';
import type { Looked } from './look.ts';
import { isAskedFor } from './reasons.ts';
import { stateOf } from './versions.ts';

export interface RefreshOptions {
  /** Rebuilds at most; undefined = as many as are due. */
  readonly max?: number | undefined;
  /** Only drifts of these kinds count; undefined = all. */
  readonly reasons?: readonly DriftKind[] | undefined;
}

/** What is to be done about an image. */
export interface RefreshStep {
  readonly looked: Looked;
  readonly action: 'rebuild' | 'continue' | 'reconcile' | 'wait' | 'none';
  /** The run to go on with. */
  readonly run?: string | undefined;
  readonly drifts: readonly Drift[];
  readonly held?: string | undefined;
}

/** One step for each image, the most urgent first; all causes of an image are one rebuild, and a run that is at work is left to it. */
export function decideRefresh(
  looked: readonly Looked[],
  { max = Number.POSITIVE_INFINITY, reasons }: RefreshOptions,
  now: Date,
): readonly RefreshStep[] {
  const steps = looked
    .map((one) => decide(one, reasons, now))
    .toSorted((one, other) => first(one) - first(other) || (one.looked.wish.spec.name < other.looked.wish.spec.name ? -1 : 1));
  const builds = steps.filter(({ action }) => action === 'rebuild' || action === 'continue');
  const beyond = new Set(builds.slice(max));
  return steps.map((step) => (beyond.has(step) ? withoutRebuild(step, `--max ${max} is reached`) : step));
}

function first({ drifts }: RefreshStep): number {
  return Math.min(Number.POSITIVE_INFINITY, ...drifts.map(urgency));
}

function decide(looked: Looked, reasons: readonly DriftKind[] | undefined, now: Date): RefreshStep {
  const all = compare(looked.wish, looked.actual, now);
  const drifts = all.filter(({ kind }) => isAskedFor(kind, reasons));
  const step = { looked, drifts } as const;
  const running = all.find(({ kind }) => kind === 'build-running');
  if (drifts.some(isRebuild)) {
    if (running) return withoutRebuild(step, running.reason);
    if (looked.wish.plan === undefined) return withoutRebuild(step, UNPLANNED);
    const run = lostRun(looked, now);
    return run === undefined ? { ...step, action: 'rebuild' } : { ...step, action: 'continue', run };
  }
  // What a build would bring is not known, so nobody can say that none is due. The production half of an image is copied, and has no plan.
  if (looked.wish.plan === undefined && looked.wish.spec.copyOf === undefined) return withoutRebuild(step, UNPLANNED);
  if (drifts.some(isReconcile)) return { ...step, action: 'reconcile' };
  return { ...step, action: drifts.some(({ held }) => held !== undefined) ? 'wait' : 'none' };
}

const UNPLANNED = 'it could not be planned; its issues say why';

/** What holds a rebuild back holds nothing else back: the versions that exist are mended all the same. */
function withoutRebuild({ looked, drifts }: Pick<RefreshStep, 'looked' | 'drifts'>, held: string): RefreshStep {
  return { looked, drifts, action: drifts.some(isReconcile) ? 'reconcile' : 'wait', held };
}

/** The run that a lost runner leaves: of a staged version of this very plan, or of a build that was begun. */
function lostRun({ wish, actual }: Looked, now: Date): string | undefined {
  const staged = actual.versions.filter(
    (version) => ['staged', 'busy'].includes(stateOf(version)) && digestOf(version.tags) === wish.plan?.digest,
  );
  const lost = [...staged, ...actual.builds.filter(({ deleting }) => !deleting)].filter(({ tags }) => !mayBeAlive(tags, now));
  return lost.map(({ tags }) => tags[RUN_TAG]).find((run) => run !== undefined);
}
