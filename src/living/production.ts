import type { Drift, ExistingVersion, ImageSpec } from '../model/index.ts';
import { newestVersionFirst, PRODUCTION_SUFFIX } from '../model/index.ts';
import { currentVersion, latestAnywhere, stateOf } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/**
 * The versions of an image in its production gallery, as an image of its own: every verb on published versions works on it by the name `web@production`. None
 * where the manifest names no production gallery. Its versions are copies of those that passed the tests in the image's own gallery.
 */
export function inProduction(spec: ImageSpec): readonly ImageSpec[] {
  const { production, ...rest } = spec;
  if (production === undefined) return [];
  const { target, regions, rollout, sharing, automatic } = production;
  return [
    { ...rest, name: `${spec.name}${PRODUCTION_SUFFIX}`, target, regions, rollout, sharing, copyOf: { target: spec.target, automatic } },
  ];
}

/** The version that production lacks: the newest that is `latest` where it was tested; undefined where production has it, took it back, or is newer. */
export function missingInProduction({ versions, origin = [] }: Pick<Actual, 'versions' | 'origin'>): ExistingVersion | undefined {
  const tested = latestAnywhere(origin).find((version) => stateOf(version) === 'released');
  if (tested === undefined) return undefined;
  const known = versions.find(({ name }) => name === tested.name);
  if (known !== undefined) return isUnfinishedCopy(known) ? tested : undefined;
  const current = currentVersion(versions);
  return current === undefined || newestVersionFirst(tested.name, current.name) < 0 ? tested : undefined;
}

/** A copy that was begun and never let into `latest`: what makes it is cut short and can be repeated. */
function isUnfinishedCopy(version: ExistingVersion): boolean {
  return ['staged', 'busy', 'failed'].includes(stateOf(version));
}

/** What production waits for: a version is copied when the manifest says so, or somebody does. */
export function productionDrifts({ spec }: Wish, actual: Actual): readonly Drift[] {
  if (spec.copyOf === undefined) return [];
  const missing = missingInProduction(actual);
  if (missing === undefined) return [];
  const { gallery, definition } = spec.copyOf.target;
  const reason = `version ${missing.name} passed its tests in ${gallery}/${definition} and is not in ${spec.target.gallery}/${spec.target.definition}`;
  const drift: Drift = { kind: 'production-behind', reason, version: missing.name };
  return [spec.copyOf.automatic ? drift : { ...drift, held: `\`regild promote ${spec.name}\` copies it` }];
}
