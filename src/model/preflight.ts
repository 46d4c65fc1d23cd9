import * as z from 'zod';
import { Issue } from './issue.ts';
import { artifact, list, record } from './schema.ts';

/** What the Azure side says about a plan before anything that costs money is made: every question asked, with its answer. */
export const Preflight = artifact('Preflight', {
  image: z.string(),
  checks: list(record({ id: z.string(), title: z.string(), status: z.enum(['pass', 'warn', 'fail', 'unknown']), detail: z.string() })),
  issues: list(Issue),
});
export type Preflight = z.infer<typeof Preflight>;
