import * as z from 'zod';
import { artifact, list, record } from './schema.ts';

/** What a run that writes sets out to do, saved before anything else of it: a run that was killed is known by it. */
export const RunRecord = artifact('RunRecord', {
  runId: z.string(),
  command: z.string(),
  started: z.iso.datetime(),
  /** Names of the images that it works on. */
  images: list(z.string()),
  clouds: record({ aws: z.string(), azure: z.string(), simulated: z.boolean() }),
});
export type RunRecord = z.infer<typeof RunRecord>;
