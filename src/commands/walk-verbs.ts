import { Option } from 'commander';
import { exitCodeOf } from '../exit-code.ts';
import type { ExitCode, Report } from '../model/index.ts';
import { renderReport } from '../report/index.ts';
import { annotate } from './annotate.ts';
import type { Io, Verb } from './command.ts';
import { recordFailedStart } from './failed-start.ts';
import { tellJob } from './job-report.ts';
import { afterReading, afterWriting } from './next-steps.ts';
import { type FleetFlags, type LockFlags, type RunFlags, withFleetOptions, withLockOptions, withWriteOptions } from './options.ts';
import { goOn, printAll } from './print.ts';
import { type FleetWork, walkFleet, walkLocked } from './run-fleet.ts';
import { askedFor } from './run-id.ts';

type WriteFlags = FleetFlags & LockFlags & RunFlags & { readonly until?: 'build' | 'validate' | 'publish' };

/** Prints the report, JSON for programs and text for people, and how to go on. */
async function tell(report: Report, next: string | undefined, { json }: Pick<FleetFlags, 'json'>, io: Io): Promise<void> {
  annotate([...report.issues, ...report.images.flatMap(({ issues }) => issues)], io);
  const format = json ? 'json' : 'text';
  await printAll(renderReport(report, format), format, io);
  goOn(next, json, io);
}

/** The same where a job is told too: for the verbs that a CI system runs for their outcome. */
async function tellAll(report: Report, next: string | undefined, flags: Pick<FleetFlags, 'json'>, io: Io): Promise<void> {
  await tell(report, next, flags, io);
  await tellJob(report, io);
}

function readVerb(name: 'analyze' | 'match'): Verb {
  return (program, run) =>
    withFleetOptions(program).action((images: string[], flags: FleetFlags) =>
      run(async (io) => {
        const report = await walkFleet(images, flags, { until: name, force: false, command: name }, io);
        await tell(report, afterReading(name, report, flags), flags, io);
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
      await tellAll(report, afterReading('plan', report, flags), flags, io);
      return exitCodeOf(report);
    }),
  );

/** The whole walk. */
export const buildVerb: Verb = (program, run) =>
  withLockOptions(withWriteOptions(withFleetOptions(program)))
    .addOption(new Option('--until <stage>', 'where to stop').choices(['build', 'validate', 'publish']).default('publish'))
    .action((images: string[], given: WriteFlags) =>
      run((io) => write({ command: 'build', until: given.until ?? 'publish' }, images, given, io)),
    );

function continueVerb(name: 'validate' | 'publish'): Verb {
  return (program, run) =>
    withLockOptions(withWriteOptions(withFleetOptions(program))).action((images: string[], given: WriteFlags) =>
      run((io) => {
        const resume = given.runId === undefined ? { resume: given.resume ?? true } : {};
        return write({ command: name, until: name, continueOnly: true }, images, { ...given, ...resume }, io);
      }),
    );
}

/** validate and publish: continue the run that built these images (or the one of --resume) up to that stage; they never build. */
export const validateVerb = continueVerb('validate');
export const publishVerb = continueVerb('publish');

async function write(
  { command, until, continueOnly }: Pick<FleetWork, 'command' | 'until' | 'continueOnly'>,
  images: readonly string[],
  given: WriteFlags,
  io: Io,
): Promise<ExitCode> {
  const { names, flags } = askedFor(images, given);
  const work = { command, until: flags.dryRun ? 'plan' : until, force: flags.force ?? false, run: flags, continueOnly } as const;
  const report = await walkLocked(names, flags, work, io).catch(async (failure: unknown) => {
    await tellJob(await recordFailedStart(failure, { command, runs: flags.runs, isKept: !flags.dryRun }, io), io);
    throw failure;
  });
  await tellAll(report, flags.dryRun ? afterReading('build', report, flags) : afterWriting(report, flags), flags, io);
  return exitCodeOf(report);
}
