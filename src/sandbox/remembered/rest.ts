import * as z from 'zod';
import type { WorldRest } from '../azure/create-world.ts';
import type { ArmErrorBody } from '../azure/errors.ts';
import type { World } from '../azure/world.ts';

const Properties = z.record(z.string(), z.json());

const ErrorBody: z.ZodType<ArmErrorBody> = z.lazy(() =>
  z.object({ code: z.string(), message: z.string(), target: z.string().exactOptional(), details: z.array(ErrorBody).exactOptional() }),
);

const Moment = z.iso.datetime().transform((text) => new Date(text));

const Rest = z.object({
  resources: z.array(z.object({ id: z.string(), body: Properties, hidden: Properties })),
  operations: z.array(
    z.object({
      id: z.string(),
      namespace: z.string(),
      location: z.string(),
      status: z.enum(['InProgress', 'Succeeded', 'Failed', 'Canceled']),
      started: Moment,
      ended: Moment.exactOptional(),
      error: ErrorBody.exactOptional(),
      result: Properties.exactOptional(),
    }),
  ),
  blobs: z.array(z.tuple([z.string(), z.string()])),
  guidsTaken: z.int(),
});

/** Operations that are still answered for: who waits for one asks while it is young. */
const OPERATIONS = 200;

/** What is left of a world, as text; undefined while something in it is under way. */
export function writeRest({ clock, resources, operations, blobs, guidsTaken }: World): string | undefined {
  const ended = clock.isIdle ? operations.allEnded() : undefined;
  if (ended === undefined) return undefined;
  return JSON.stringify({ resources: resources.all(), operations: ended.slice(-OPERATIONS), blobs: [...blobs], guidsTaken: guidsTaken() });
}

/** The world that `writeRest` wrote. Throws for any other text. */
export function readRest(text: string): WorldRest {
  return Rest.parse(JSON.parse(text));
}
