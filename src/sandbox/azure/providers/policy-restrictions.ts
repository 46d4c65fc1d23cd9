import * as z from 'zod';
import type { HttpResponse, JsonObject } from '../../http.ts';
import { readBody } from '../body.ts';
import { textAt } from '../json-path.ts';
import { brokenPolicies, policyInfo } from '../policy.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';

const VERSIONS = ['2020-07-01', '2022-03-01', '2023-03-01'];
const Request = z.object({
  resourceDetails: z.object({ resourceContent: z.record(z.string(), z.unknown()), apiVersion: z.string().optional() }),
});

/** Microsoft.PolicyInsights checkPolicyRestrictions, after the description of 2023-03-01: what policies say of a resource before it is made. */
export function policyRestrictionRoutes(): readonly Route[] {
  const below = 'providers/Microsoft.PolicyInsights/checkPolicyRestrictions';
  return [
    {
      method: 'POST',
      path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/${below}`,
      versions: VERSIONS,
      handle: check,
    },
    { method: 'POST', path: `/subscriptions/{subscriptionId}/${below}`, versions: VERSIONS, handle: check },
  ];
}

function check(call: Call, world: World): HttpResponse {
  const content = readBody(call, Request).resourceDetails.resourceContent as JsonObject;
  const broken = brokenPolicies(textAt(content, 'type') ?? '', content, world);
  const policyEvaluations = broken.map((policy) => ({
    policyInfo: policyInfo(policy, world),
    evaluationResult: 'NonCompliant',
    effectDetails: { policyEffect: 'Deny' },
  }));
  const fieldRestrictions = broken.flatMap(({ requiredTag, ...policy }) =>
    requiredTag === undefined
      ? []
      : [{ field: `tags.${requiredTag}`, restrictions: [{ result: 'Required', policyEffect: 'Deny', policy: policyInfo(policy, world) }] }],
  );
  return { status: 200, body: { fieldRestrictions, contentEvaluationResult: { policyEvaluations } } };
}
