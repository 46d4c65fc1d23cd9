import { ExitCode, type ImageSpec } from '../model/index.ts';
import type { Verb } from './command.ts';
import { readFleet } from './manifest.ts';
import { artifactsOfNoRun } from './no-run.ts';
import { type FleetFlags, withFleetOptions } from './options.ts';
import { newRunId } from './run-id.ts';
import { type ImageStatus, statusOf, statusText } from './status-text.ts';
import { withPorts } from './wire.ts';

/** What the gallery holds for each image of the manifest. */
export const statusVerb: Verb = (program, run) =>
  withFleetOptions(program).action((images: string[], flags: FleetFlags) =>
    run(async (io) => {
      const fleet = await readFleet(flags.manifest, images, io);
      const started = new Date();
      const wiring = { fleet, flags, io, runId: newRunId(started), started, artifacts: artifactsOfNoRun };
      const statuses = await withPorts(wiring, ({ ports }) =>
        Promise.all(
          fleet.specs.map(
            async (spec: ImageSpec): Promise<ImageStatus> => statusOf(spec, await ports.gallery.versions({ ...spec.target })),
          ),
        ),
      );
      io.out(flags.json ? `${JSON.stringify(statuses, null, 2)}\n` : statusText(statuses));
      return ExitCode.ok;
    }),
  );
