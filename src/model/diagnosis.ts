import * as z from 'zod';
import { artifact, list, record } from './schema.ts';

/** One thing that regild needs, and whether it is there. */
export const Checkup = record({
  /** Stable: scripts match on it. */
  id: z.enum(['manifest', 'run-folder', 'git', 'proxy', 'aws', 'azure', 'resource-group', 'providers', 'rights', 'packer']),
  title: z.string(),
  /** `warn`: it works without; `unknown`: it could not be asked. */
  status: z.enum(['pass', 'warn', 'fail', 'unknown']),
  detail: z.string(),
  /** What mends it; absent where nothing has to be mended. */
  hint: z.string().optional(),
  /** What mending it costs; absent where nothing has to be mended. */
  cost: z.string().optional(),
});
export type Checkup = z.infer<typeof Checkup>;

/** What `regild doctor` found of this machine and of both clouds. */
export const Diagnosis = artifact('Diagnosis', {
  checkups: list(Checkup),
  /** Files that `--fix` changed, as paths below the working folder. */
  fixed: list(z.string()),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
