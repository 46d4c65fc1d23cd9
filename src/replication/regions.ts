import type { ExistingVersion, RegionState, TargetRegion } from '../model/index.ts';

/** True when every wanted region holds the version. */
export function isComplete(wanted: readonly TargetRegion[], states: readonly RegionState[]): boolean {
  return failedRegions(wanted, states).length === 0;
}

/** True when nothing works on the version and its target regions are the wanted ones with as many replicas: a region says nothing of their number. */
export function isSettled(
  wanted: readonly TargetRegion[],
  { provisioningState, targetRegions }: Pick<ExistingVersion, 'provisioningState' | 'targetRegions'>,
): boolean {
  const key = (regions: readonly TargetRegion[]) => JSON.stringify(regions.map(({ name, replicas }) => [name, replicas]).sort());
  return provisioningState === 'Succeeded' && key(wanted) === key(targetRegions);
}

/** The wanted regions that do not hold the version, with what is known of each. */
export function failedRegions(wanted: readonly TargetRegion[], states: readonly RegionState[]): readonly RegionState[] {
  return wanted
    .map(({ name }): RegionState => states.find((state) => state.name === name) ?? { name, state: 'Unknown', progress: 0 })
    .filter(({ state }) => state !== 'Completed');
}

/**
 * The target sets to send, in order. Azure takes only complete sets and does not retry a region that failed,
 * so a failed one is first left out and then asked for again; regions that hold the version stay in both.
 * Source: shared-image-galleries, "Updating resources".
 */
export function nextReplication(wanted: readonly TargetRegion[], states: readonly RegionState[]): readonly (readonly TargetRegion[])[] {
  const failed = new Set(states.filter(({ state }) => state === 'Failed').map(({ name }) => name));
  const without = wanted.filter(({ name }) => !failed.has(name));
  return without.length === wanted.length || without.length === 0 ? [wanted] : [without, wanted];
}
