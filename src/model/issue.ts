import { z } from 'zod';
import { record } from './schema.ts';

/** `error` stops the image, `question` stops it until the user answers, `warning` and `info` are shown and go on. */
export const Severity = z.enum(['error', 'question', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/** A place in a file, 1-based, as editors count. */
export const Place = record({ file: z.string(), line: z.number().int(), column: z.number().int() });
export type Place = z.infer<typeof Place>;

/** Expected trouble as data: one lowercase sentence with the wrong value in it, and a hint that says what to change. */
export const Issue = record({
  severity: Severity,
  /** UPPER_SNAKE_CASE, stable: scripts match on it. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
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
