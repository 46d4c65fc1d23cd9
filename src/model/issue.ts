import * as z from 'zod';
import { type IssueCode, isIssueCode } from './codes/index.ts';
import { record } from './schema.ts';
import { Severity } from './severity.ts';

/** A place in a file, 1-based, as editors count. */
export const Place = record({ file: z.string(), line: z.number().int(), column: z.number().int() });
export type Place = z.infer<typeof Place>;

/** A code of `codes/`: stable, scripts match on it. */
export const Code = z.custom<IssueCode>((value) => typeof value === 'string' && isIssueCode(value), { error: 'no code of an issue' });

/** Expected trouble as data: one lowercase sentence with the wrong value in it, and a hint that says what to change. */
export const Issue = record({
  severity: Severity,
  /** Stable: scripts match on it. */
  code: Code,
  message: z.string().min(1),
  hint: z.string().optional(),
  /** Name of the image in `images.yaml`; absent where the issue concerns the whole file. */
  image: z.string().optional(),
  place: Place.optional(),
  /** The document or rule that the judgement rests on. */
  source: z.string().optional(),
});
export type Issue = z.infer<typeof Issue>;

/** True when the image cannot go on: an error, or a question without an answer. */
export function blocks(issue: Issue): boolean {
  return issue.severity === 'error' || issue.severity === 'question';
}
