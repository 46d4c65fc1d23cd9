import * as z from 'zod';
import { ExitCodeSchema } from './exit-code.ts';
import { Issue } from './issue.ts';
import { artifact, list, record } from './schema.ts';

/** What every verb prints with `--json` where it ends before it has a result of its own: a wrong option, a broken manifest, no credentials. */
export const Failure = artifact('Failure', {
  tool: record({ name: z.literal('regild'), version: z.string() }),
  /** What the process ends with. */
  exitCode: ExitCodeSchema,
  /** Everything that was found. */
  issues: list(Issue),
});
export type Failure = z.infer<typeof Failure>;
