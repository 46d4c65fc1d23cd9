import { DEADLINE_TAG, DIGEST_TAG, ORIGIN_TAGS, ownTags, placeOfShape, RUN_TAG, type Tags, testGroupName } from '../../../model/index.ts';
import type { TestVmRequest } from '../../../ports.ts';
import { armPath } from '../connection/arm-path.ts';

/** Where a test VM stands: a resource group of its own, so that deleting the group deletes everything. */
export interface TestPlace {
  readonly subscription: string;
  readonly location: string;
  readonly group: string;
  /** Path of the group below the ARM endpoint. */
  readonly groupPath: string;
  readonly vm: string;
  /** Id of the subnet that the plan names for its location; undefined when a network must be made. */
  readonly givenSubnet: string | undefined;
  readonly tags: Tags;
}

export const NETWORK = { name: 'vnet-regild-test', subnet: 'default', range: '10.255.255.0/28' } as const;

/** Names and tags for a request. `suffix` keeps a repeated attempt away from a group that is still being deleted. */
export function testPlace({ plan, shape, runId, deadline }: TestVmRequest, suffix: string): TestPlace {
  const { location, subnet } = placeOfShape(plan, shape);
  const group = testGroupName(runId, plan.image, suffix);
  return {
    subscription: plan.subscription,
    location,
    group,
    groupPath: armPath`/subscriptions/${plan.subscription}/resourcegroups/${group}`,
    vm: 'regild-test',
    givenSubnet: subnet,
    tags: { ...ownTags(plan), [RUN_TAG]: runId, [DEADLINE_TAG]: deadline, [DIGEST_TAG]: plan.digest, [ORIGIN_TAGS.image]: plan.image },
  };
}
