import * as z from 'zod';
import { RegionState } from './gallery-version.ts';
import { Stage } from './stages.ts';

const about = { at: z.iso.datetime(), image: z.string() };
const ended = { ...about, stage: Stage, milliseconds: z.number().nonnegative() };

/** What a run's log keeps of the way of an image, as far as a picture is made of it; other lines of a log are none of these. */
export const LoggedEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stage-started'), ...about, stage: Stage }),
  z.object({ kind: z.literal('replication'), ...about, regions: z.array(RegionState).readonly() }),
  z.object({ kind: z.literal('stage-finished'), ...ended, resumed: z.boolean() }),
  z.object({ kind: z.literal('stage-failed'), ...ended }),
]);
export type LoggedEvent = Readonly<z.infer<typeof LoggedEvent>>;
