import * as z from 'zod';
import { Issue } from './issue.ts';
import { Parity } from './parity.ts';
import { artifact, list, record } from './schema.ts';

/** What is compared of two versions, in the order of the report. */
export const DiffArea = z.enum(['origin', 'machine', 'definition', 'step', 'component', 'check', 'script', 'placement', 'tag']);
export type DiffArea = z.infer<typeof DiffArea>;

/** One thing that is not the same in two versions; absent on the side that does not have it. */
export const DiffChange = record({ area: DiffArea, item: z.string(), before: z.string().optional(), after: z.string().optional() });

/** One side of a comparison. `record`: where what was kept of it lies; absent where nothing was. */
export const DiffSide = record({ version: z.string(), id: z.string(), record: z.string().optional() });

/** How two versions of an image differ, older first. */
export const VersionDiff = artifact('VersionDiff', {
  image: z.string(),
  before: DiffSide,
  after: DiffSide,
  changes: list(DiffChange),
  /** What is in them, where an inventory of both was kept. */
  inventory: Parity.optional(),
  issues: list(Issue),
});
export type VersionDiff = z.infer<typeof VersionDiff>;
