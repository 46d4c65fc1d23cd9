import { type BuildPlan, DIGEST_TAG, digestOf, type ExistingVersion, type Issue } from '../model/index.ts';

/** Says when a promoted version with this digest exists already, so that nothing needs to be built; one that is only staged may never have passed a check. */
export function unchanged(plan: Pick<BuildPlan, 'image' | 'digest'>, versions: readonly ExistingVersion[]): readonly Issue[] {
  const same = versions.find((version) => digestOf(version.tags) === plan.digest && !version.excludeFromLatest);
  if (!same) return [];
  return [
    {
      severity: 'info',
      code: 'UNCHANGED',
      message: `version ${same.name} was already built from the same AMI, base and recipe (tag ${DIGEST_TAG})`,
      hint: 'use --force to build it again',
      image: plan.image,
    },
  ];
}
