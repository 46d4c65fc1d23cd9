import { Option } from 'commander';
import { statusOf } from '../living/status.ts';
import { lookAt } from '../look.ts';
import { ExitCode, type FleetStatus, SCHEMA_VERSION } from '../model/index.ts';
import { renderStatus, STATUS_FORMATS, type StatusFormat } from '../report/status/index.ts';
import type { Verb } from './command.ts';
import { withFleet } from './living.ts';
import { afterStatus } from './next-steps.ts';
import { type FleetFlags, withFleetOptions } from './options.ts';
import { goOn, print } from './print.ts';

/** How each image of the manifest stands: its versions, who uses them, what is due and why. */
export const statusVerb: Verb = (program, run) =>
  withFleetOptions(program)
    .addOption(new Option('--format <format>', 'how to print it').choices([...STATUS_FORMATS]).default('text'))
    .action((images: string[], flags: FleetFlags & { readonly format: StatusFormat }) =>
      run(async (io) => {
        const status = await withFleet(images, flags, io, async (context, { specs }): Promise<FleetStatus> => {
          const now = context.ports.clock.now();
          const looked = await lookAt(specs, context, flags.concurrency);
          return {
            kind: 'FleetStatus',
            schemaVersion: SCHEMA_VERSION,
            at: now.toISOString(),
            images: looked.map((one) => statusOf(one, now)),
          };
        });
        const format = flags.json ? 'json' : flags.format;
        print(renderStatus(status, format), format, io);
        goOn(afterStatus(status, flags), flags.json, io);
        return ExitCode.ok;
      }),
    );
