import type { Check } from '../catalog/schema.ts';
import type { CheckLine } from '../guest/answers.ts';
import type { CheckResult } from '../model/index.ts';

/** Joins what was asked with what was answered; a check that did not answer is an error, never a pass. */
export function judgeChecks(checks: readonly Check[], output: readonly CheckLine[]): readonly CheckResult[] {
  const answers = new Map(output.map((line) => [line.id, line]));
  return checks.map(({ id, title, severity }) => {
    const answer = answers.get(id);
    if (!answer) return { id, title, severity, status: 'error', detail: 'the guest gave no answer to this check' };
    return { id, title, severity, status: answer.status, detail: answer.detail };
  });
}
