import * as z from 'zod';
import { Issue } from './issue.ts';
import { Tags } from './machine.ts';
import { artifact, list, record } from './schema.ts';

export const RegionState = record({
  name: z.string(),
  state: z.enum(['Unknown', 'Replicating', 'Completed', 'Failed']),
  /** Percent, 0 to 100. */
  progress: z.number().min(0).max(100),
  detail: z.string().optional(),
});
export type RegionState = z.infer<typeof RegionState>;

/** A published version: replicated to every region that was asked for and, when promoted, what `latest` resolves to. */
export const GalleryVersion = artifact('GalleryVersion', {
  image: z.string(),
  versionId: z.string(),
  version: z.string(),
  promoted: z.boolean(),
  regions: list(RegionState),
  tags: Tags,
  simulated: z.boolean(),
  issues: list(Issue),
});
export type GalleryVersion = z.infer<typeof GalleryVersion>;
