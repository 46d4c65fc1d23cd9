import { inProduction } from '../living/production.ts';
import type { Context } from '../ports.ts';
import type { Io } from './command.ts';
import { type Fleet, readFleet } from './manifest.ts';
import { artifactsOfNoRun, keepingNothing } from './no-run.ts';
import type { FleetFlags } from './options.ts';
import { withPorts } from './wire.ts';

/** Hands the ports to a verb that acts on published images and keeps no run folder of its own. */
export async function withFleet<Result>(
  names: readonly string[],
  flags: Pick<FleetFlags, 'manifest' | 'sandbox' | 'json' | 'cache'>,
  io: Io,
  use: (context: Context, fleet: Fleet, io: Io) => Promise<Result>,
): Promise<Result> {
  const fleet = await readFleet(flags.manifest, names, io, inProduction);
  const artifacts = keepingNothing(artifactsOfNoRun);
  return withPorts({ fleet, flags, io, artifacts }, (context, above) => use(context, fleet, above));
}
