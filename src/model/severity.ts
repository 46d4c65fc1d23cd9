import * as z from 'zod';

/** `error` stops the image, `question` stops it until the user answers, `warning` and `info` are shown and go on. */
export const Severity = z.enum(['error', 'question', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;
