import { type Drift, DriftKind } from '../model/index.ts';
import { galleryDrifts } from './gallery-settings.ts';
import { placementDrifts } from './placement.ts';
import { productionDrifts } from './production.ts';
import { rebuildDrifts } from './rebuild.ts';
import { retentionDrifts } from './retention.ts';
import { shownDrifts } from './shown.ts';
import { held } from './timing.ts';
import { currentVersion } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** Everything in which an image differs from what is wished, the most urgent first. Pure: the same wish, gallery and time give the same drifts. */
export function compare(wish: Wish, actual: Actual, now: Date): readonly Drift[] {
  const rebuild = held(rebuildDrifts(wish, actual, now), wish.spec, currentVersion(actual.versions), now);
  const drifts = [
    ...rebuild,
    ...productionDrifts(wish, actual),
    ...galleryDrifts(wish, actual),
    ...placementDrifts(wish, actual, now),
    ...retentionDrifts(wish, actual, now),
    ...shownDrifts(wish, actual, now),
  ];
  return drifts.toSorted((one, other) => urgency(one) - urgency(other));
}

/** Smaller is more urgent: what holds nothing back comes before what does. */
export function urgency({ kind, held: waits }: Drift): number {
  return DriftKind.options.indexOf(kind) + (waits === undefined ? 0 : DriftKind.options.length);
}
