import type { DriftKind } from '../model/index.ts';

/** Whether drifts of a kind are acted on: those of `--reason`, or all where none is named. */
export function isAskedFor(kind: DriftKind, reasons: readonly DriftKind[] | undefined): boolean {
  return reasons?.includes(kind) ?? true;
}
