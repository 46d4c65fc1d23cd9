import * as z from 'zod';
import type { PlannedResource, PolicyObjection } from '../../ports.ts';
import { armPath } from './connection/arm-path.ts';
import type { AzureConnection } from './connection/index.ts';
import { ifAnswered, understood } from './errors/index.ts';

/** API version of Microsoft.PolicyInsights. Source: checkPolicyRestrictions.json of 2023-03-01. */
const POLICY_INSIGHTS = '2023-03-01';

const Policy = z.object({ policyDefinitionId: z.string().default(''), policyAssignmentId: z.string().default('') });
const Answer = z.object({
  fieldRestrictions: z
    .array(
      z.object({
        field: z.string().default(''),
        restrictions: z
          .array(z.object({ result: z.string().default(''), policyEffect: z.string().default(''), policy: Policy.optional() }))
          .default([]),
      }),
    )
    .default([]),
  contentEvaluationResult: z
    .object({
      policyEvaluations: z
        .array(
          z.object({
            policyInfo: Policy,
            evaluationResult: z.string().default(''),
            effectDetails: z.object({ policyEffect: z.string().default('') }).optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

/** What Azure Policy would deny of a resource that is to be made, in a group or in a group that is to be made too; undefined where it may not be asked. */
export async function readPolicies(
  connection: AzureConnection,
  subscription: string,
  resourceGroup: string | undefined,
  resource: PlannedResource,
): Promise<readonly PolicyObjection[] | undefined> {
  const scope =
    resourceGroup === undefined ? `/subscriptions/${subscription}` : `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
  const root =
    resourceGroup === undefined
      ? armPath`/subscriptions/${subscription}`
      : armPath`/subscriptions/${subscription}/resourceGroups/${resourceGroup}`;
  const attempt = { doing: 'ask what policies say of the plan', action: 'Microsoft.PolicyInsights/checkPolicyRestrictions/read', scope };
  const { apiVersion, ...resourceContent } = resource;
  const body = { resourceDetails: { resourceContent, apiVersion } };
  const path = `${root}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
  const answer = await ifAnswered(attempt, async () => (await connection.arm()).post(path, POLICY_INSIGHTS, body));
  return answer === undefined ? undefined : objections(understood(Answer, answer, attempt));
}

/** Each policy once; the fields that it wants of a resource are known for some. */
function objections({ fieldRestrictions, contentEvaluationResult }: z.infer<typeof Answer>): readonly PolicyObjection[] {
  const denied = (contentEvaluationResult?.policyEvaluations ?? [])
    .filter(
      ({ evaluationResult, effectDetails }) =>
        /^noncompliant$/i.test(evaluationResult) && /^deny$/i.test(effectDetails?.policyEffect ?? 'deny'),
    )
    .map(({ policyInfo }) => nameOf(policyInfo));
  const wanted = fieldRestrictions.flatMap(({ field, restrictions }) =>
    restrictions
      .filter(({ result, policyEffect }) => /^(?:required|deny)$/i.test(result) && /^(?:deny)?$/i.test(policyEffect))
      .map(({ policy }) => ({ policy: policy === undefined ? '' : nameOf(policy), field })),
  );
  return [...new Set(denied)].map((policy) => ({
    policy,
    fields: wanted.filter((one) => one.policy === policy).map(({ field }) => field),
  }));
}

function nameOf({ policyAssignmentId, policyDefinitionId }: z.infer<typeof Policy>): string {
  return (policyAssignmentId || policyDefinitionId).split('/').at(-1) ?? '';
}
