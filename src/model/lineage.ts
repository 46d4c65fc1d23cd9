import * as z from 'zod';
import { StatusVersion } from './image-status.ts';
import { Issue } from './issue.ts';
import { artifact, list, record } from './schema.ts';

/** A gallery version with everything that it was made from and everything that stands on it. */
export const LineageVersion = record({
  image: z.string(),
  version: z.string(),
  id: z.string(),
  state: StatusVersion.unwrap().shape.state,
  /** The AMI and its region; absent for versions that regild did not make. */
  ami: record({ id: z.string(), region: z.string().optional() }).optional(),
  /** What the AMI was made from, nearest first; absent where EC2 does not tell. */
  ancestors: list(z.string()).optional(),
  base: z.string().optional(),
  run: z.string().optional(),
  /** ARM id of the version that this one is a copy of. */
  copiedFrom: z.string().optional(),
  /** What is kept of it: where, what built it (`image-builder 2025-10-01, regild 1.2.0`), and who signed its provenance; absent where nothing is. */
  record: record({
    place: z.string(),
    builtBy: z.string().optional(),
    signedBy: list(z.string()),
    inventory: z.boolean(),
  }).optional(),
  regions: list(record({ name: z.string(), latest: z.boolean() })),
  /** Machines that run it; absent where Azure may not be asked. */
  users: list(
    record({ kind: z.enum(['virtual-machine', 'scale-set']), id: z.string(), name: z.string(), location: z.string() }),
  ).optional(),
});
export type LineageVersion = z.infer<typeof LineageVersion>;

/** Where the versions of images come from, and who runs them: of all, or of those that stand on one AMI, base or version. */
export const Lineage = artifact('Lineage', {
  of: z.string().optional(),
  versions: list(LineageVersion),
  /** What could not be found out. */
  issues: list(Issue),
});
export type Lineage = z.infer<typeof Lineage>;
