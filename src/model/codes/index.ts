import { ANALYZE_CODES } from './analyze.ts';
import { DEPLOY_CODES } from './deploy.ts';
import { ENGINES_CODES } from './engines.ts';
import type { CodeEntry } from './entry.ts';
import { ERROR_CODES } from './errors.ts';
import { LOCK_CODES } from './lock.ts';
import { MANIFEST_CODES } from './manifest.ts';
import { MATCH_CODES } from './match.ts';
import { PLAN_CODES } from './plan.ts';
import { PREFLIGHT_CODES } from './preflight.ts';
import { VALIDATE_CODES } from './validate.ts';

/** Every code that an issue can have, by where it comes from; scripts match on them, so one is never renamed. `docs/reference/codes.md` is written from it. */
export const ISSUE_CODES = {
  ...ERROR_CODES,
  ...MANIFEST_CODES,
  ...LOCK_CODES,
  ...ANALYZE_CODES,
  ...MATCH_CODES,
  ...PLAN_CODES,
  ...PREFLIGHT_CODES,
  ...ENGINES_CODES,
  ...VALIDATE_CODES,
  ...DEPLOY_CODES,
} as const satisfies Record<string, CodeEntry>;
export type IssueCode = keyof typeof ISSUE_CODES;

/** True when a text is the code of an issue. */
export function isIssueCode(text: string): text is IssueCode {
  return Object.hasOwn(ISSUE_CODES, text);
}
