import { Option } from 'commander';
import type { ExitCode } from '../errors.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { FleetOptions } from '../fleet.ts';
import type { Report } from '../model/index.ts';
import { renderReport } from '../report/index.ts';
import type { Io, Verb } from './command.ts';
import { type FleetFlags, type LockFlags, withFleetOptions, withLockOptions, withWriteOptions } from './options.ts';
import { walkFleet, walkLocked } from './run-fleet.ts';
import { withSwallowedFlags } from './swallowed-flags.ts';

type WriteFlags = FleetFlags &
  LockFlags & { readonly dryRun?: true; readonly force?: true; readonly until?: 'build' | 'validate' | 'publish' };

/** Prints the report: JSON for programs, text for people. */
function print(report: Report, flags: FleetFlags, io: Io): void {
  io.out(flags.json ? renderReport(report, 'json') : renderReport(report, 'text'));
}

function readVerb(name: 'analyze' | 'match'): Verb {
  return (program, run) =>
    withFleetOptions(program).action((images: string[], flags: FleetFlags) =>
      run(async (io) => {
        const report = await walkFleet(images, flags, { until: name, force: false, command: name }, io);
        print(report, flags, io);
        return exitCodeOf(report);
      }),
    );
}

/** analyze and match: what the AMI is, and which base can carry it. */
export const analyzeVerb = readVerb('analyze');
export const matchVerb = readVerb('match');

/** The whole half that only reads. */
export const planVerb: Verb = (program, run) =>
  withLockOptions(withFleetOptions(program)).action((images: string[], flags: FleetFlags & LockFlags) =>
    run(async (io) => {
      const report = await walkLocked(images, flags, { until: 'plan', force: false, command: 'plan' }, io);
      print(report, flags, io);
      return exitCodeOf(report);
    }),
  );

/** The whole walk. */
export const buildVerb: Verb = (program, run) =>
  withLockOptions(withWriteOptions(withFleetOptions(program)))
    .addOption(new Option('--until <stage>', 'where to stop').choices(['build', 'validate', 'publish']).default('publish'))
    .action((images: string[], given: WriteFlags) => run((io) => write('build', given.until ?? 'publish', images, given, io)));

function continueVerb(name: 'validate' | 'publish'): Verb {
  return (program, run) =>
    withLockOptions(withWriteOptions(withFleetOptions(program))).action((images: string[], given: WriteFlags) =>
      run((io) => write(name, name, images, { ...given, resume: given.resume ?? true }, io)),
    );
}

/** validate and publish: continue the last run (or the one of --resume) up to that stage. */
export const validateVerb = continueVerb('validate');
export const publishVerb = continueVerb('publish');

async function write(
  command: string,
  until: FleetOptions['until'],
  images: readonly string[],
  given: WriteFlags,
  io: Io,
): Promise<ExitCode> {
  const flags = withSwallowedFlags(given, io);
  const report = await walkLocked(images, flags, { until: flags.dryRun ? 'plan' : until, force: flags.force ?? false, command }, io);
  print(report, flags, io);
  return exitCodeOf(report);
}
