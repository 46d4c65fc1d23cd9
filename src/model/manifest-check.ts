import * as z from 'zod';
import { Issue } from './issue.ts';
import { artifact, list } from './schema.ts';

/** What `regild check` found in a manifest. */
export const ManifestCheck = artifact('ManifestCheck', {
  /** The manifest, as it was named. */
  file: z.string(),
  /** Images that were looked at. */
  images: list(z.string()),
  /** In the order of the file. */
  issues: list(Issue),
});
export type ManifestCheck = z.infer<typeof ManifestCheck>;
