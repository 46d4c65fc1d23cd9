import * as z from 'zod';
import { Drifts } from './drift.ts';
import { Issue } from './issue.ts';
import { artifact, list, record } from './schema.ts';

/** What a refresh does about one image. */
export const RefreshItem = record({
  image: z.string(),
  /** `continue`: a run that was lost is gone on with. `wait`: something is due and must wait. */
  action: z.enum(['rebuild', 'continue', 'reconcile', 'wait', 'none']),
  /** The run that is gone on with, or that the image was built in. */
  run: z.string().optional(),
  drifts: Drifts,
  /** Why nothing is done although something differs: beyond `--max`, not a `--reason`, a run that is at work. */
  held: z.string().optional(),
  /** How it ended; `due` where nothing was to be done yet. */
  outcome: z.string(),
  /** What was changed on versions that exist. */
  changes: list(z.string()),
  issues: list(Issue),
});
export type RefreshItem = z.infer<typeof RefreshItem>;

/** What a refresh found and did, the most urgent image first. */
export const RefreshReport = artifact('RefreshReport', { at: z.iso.datetime(), items: list(RefreshItem) });
export type RefreshReport = z.infer<typeof RefreshReport>;
