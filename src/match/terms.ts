import type { Candidate, Issue } from '../model/index.ts';
import { formatUrn } from '../model/index.ts';

/** What stands in the way of a base with a purchase plan: terms not accepted, or nobody allowed to ask. */
export function termsIssue(candidate: Candidate, accepted: boolean | undefined, subscription: string): readonly Issue[] {
  if (accepted === true || candidate.plan === undefined) return [];
  const hint = `az vm image terms accept --urn ${formatUrn(candidate.urn)} --subscription ${subscription}`;
  const plan = `${candidate.plan.publisher}:${candidate.plan.product}:${candidate.plan.name}`;
  if (accepted === undefined) {
    return [
      {
        severity: 'warning',
        code: 'TERMS_UNKNOWN',
        message: `this account may not ask whether the terms of plan ${plan} are accepted`,
        hint,
      },
    ];
  }
  return [
    {
      severity: 'error',
      code: 'TERMS_NOT_ACCEPTED',
      message: `subscription ${subscription} has not accepted the terms of plan ${plan}`,
      hint,
    },
  ];
}
