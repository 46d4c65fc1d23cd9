import * as z from 'zod';
import { Issue } from './issue.ts';
import { artifact, list, record } from './schema.ts';

/** One thing done to one version, or not done, and why. */
export const VersionAction = record({
  image: z.string(),
  /** `gallery/definition`. */
  definition: z.string(),
  version: z.string(),
  action: z.enum(['copy', 'check', 'promote', 'withdraw', 'revoke', 'end', 'delete', 'keep']),
  /** Where; absent = everywhere. */
  regions: list(z.string()).optional(),
  reason: z.string(),
  /** `due`: it would be done without `--dry-run`. */
  outcome: z.enum(['done', 'due', 'kept', 'failed']),
  /** Replicas × size of the disk: what it keeps at most, or frees. */
  gibibytes: z.number().optional(),
});
export type VersionAction = z.infer<typeof VersionAction>;

/** What promote, rollback, revoke or retire did to the versions of images, and who runs those that are no longer to be used. */
export const VersionActions = artifact('VersionActions', {
  verb: z.enum(['promote', 'rollback', 'revoke', 'retire']),
  at: z.iso.datetime(),
  actions: list(VersionAction),
  users: list(
    record({
      image: z.string(),
      version: z.string(),
      kind: z.enum(['virtual-machine', 'scale-set']),
      id: z.string(),
      name: z.string(),
      location: z.string(),
    }),
  ),
  /** What to do next, one sentence each. */
  advice: list(z.string()),
  issues: list(Issue),
});
export type VersionActions = z.infer<typeof VersionActions>;
