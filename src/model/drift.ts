import * as z from 'zod';
import { list, record } from './schema.ts';

/** Drifts that only a new version mends, the most urgent first. */
export const REBUILD_DRIFTS = [
  'revoked',
  'base-deprecated',
  'never-published',
  'too-old',
  'ami-changed',
  'recipe-changed',
  'base-newer',
] as const;

/** Drifts that are mended on the versions that exist. */
export const RECONCILE_DRIFTS = [
  'production-behind',
  'regions-differ',
  'replicas-differ',
  'tags-differ',
  'end-of-life-differs',
  'safety-differs',
  'soft-delete-differs',
  'sharing-differs',
  'rollout-pending',
] as const;

/** Drifts that are shown: another verb, a person or the next rebuild deals with them. */
export const SHOWN_DRIFTS = [
  'rollout-stopped',
  'storage-differs',
  'too-many-versions',
  'staged-left',
  'build-running',
  'revoked-in-use',
  'support-ends',
] as const;

export const DriftKind = z.enum([...REBUILD_DRIFTS, ...RECONCILE_DRIFTS, ...SHOWN_DRIFTS]);
export type DriftKind = z.infer<typeof DriftKind>;

/** One property that is another than it was. */
export const Changed = record({
  what: z.string(),
  /** Absent where there was none. */
  before: z.string().optional(),
  /** Absent where there is none any more. */
  after: z.string().optional(),
});
export type Changed = z.infer<typeof Changed>;

/** One way in which what is there differs from what is wished. */
export const Drift = record({
  kind: DriftKind,
  /** One sentence, with names, times and numbers. */
  reason: z.string(),
  /** The version that it is about; absent where it is about the image. */
  version: z.string().optional(),
  /** In what two AMIs differ, where both could be looked up. */
  changes: list(Changed).optional(),
  /** Why nothing is done about it yet; absent where it is due. */
  held: z.string().optional(),
  /** When that ends (ISO 8601), where it is known. */
  heldUntil: z.iso.datetime().optional(),
});
export type Drift = z.infer<typeof Drift>;

export const Drifts = list(Drift);

/** Whether the drift makes a rebuild due. */
export function isRebuild({ kind, held }: Drift): boolean {
  return held === undefined && REBUILD_DRIFTS.some((one) => one === kind);
}

/** Whether the drift can be mended on the versions that exist. */
export function isReconcile({ kind, held }: Drift): boolean {
  return held === undefined && RECONCILE_DRIFTS.some((one) => one === kind);
}
