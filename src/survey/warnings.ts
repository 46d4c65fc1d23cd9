import { warningCode } from '../analyze/warning-codes.ts';
import type { Judged } from './judged.ts';

/** The survey's warnings for an AMI: sorted, each once. Issues that the survey has no code for are left out. */
export function warningsOf({ analysis, match }: Pick<Judged, 'analysis' | 'match'>): readonly string[] {
  const codes = [...analysis.issues, ...match.issues].flatMap(({ code }) => warningCode(code) ?? []);
  return [...new Set(codes)].sort();
}
