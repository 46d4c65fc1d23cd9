import * as z from 'zod';
import { Engine } from './image-spec.ts';
import { Issue } from './issue.ts';
import { artifact, list } from './schema.ts';
import { TriedPlace } from './shortage.ts';

/** A staged gallery version: in the build region only, excluded from latest. */
export const BuildResult = artifact('BuildResult', {
  image: z.string(),
  engine: Engine,
  /** Version of Packer, or of the API of Image Builder; absent where nothing was run. */
  engineVersion: z.string().optional(),
  runId: z.string(),
  /** ARM resource id of the staged gallery version. */
  versionId: z.string(),
  version: z.string(),
  /** Sizes that the build VM was not made of for want of room, in order; absent = the planned one was taken. */
  tried: list(TriedPlace).optional(),
  started: z.iso.datetime(),
  finished: z.iso.datetime(),
  /** True when the clouds are simulated: no guest was really built. */
  simulated: z.boolean(),
  issues: list(Issue),
});
export type BuildResult = z.infer<typeof BuildResult>;
