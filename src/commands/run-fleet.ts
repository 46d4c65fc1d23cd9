import { join, resolve } from 'node:path';
import { createArtifacts, listRuns } from '../adapters/artifacts.ts';
import { RegildError } from '../errors.ts';
import { type FleetOptions, runFleet } from '../fleet.ts';
import { type ImageReport, type Report, SCHEMA_VERSION } from '../model/index.ts';
import type { Io } from './command.ts';
import { openLock } from './lock.ts';
import { type Fleet, readFleet } from './manifest.ts';
import type { FleetFlags, LockFlags } from './options.ts';
import { askedFor, newRunId } from './run-id.ts';
import { version } from './version.ts';
import { withPorts } from './wire.ts';

/** What a verb on the fleet wants of the walk. */
export interface FleetWork extends Pick<FleetOptions, 'until' | 'force' | 'lock'> {
  readonly command: string;
}

/** Reads the manifest, walks the images as far as the verb wants, saves and returns the report. */
export async function walkFleet(names: readonly string[], flags: FleetFlags, work: FleetWork, io: Io): Promise<Report> {
  const asked = askedFor(names, flags);
  return walkSpecs(withLicence(await readFleet(flags.manifest, asked.names, io), flags), asked.flags, work, io);
}

/** `--licence` answers for the images whose entry does not; what the manifest says stands. */
function withLicence(fleet: Fleet, { licence }: FleetFlags): Fleet {
  return { ...fleet, specs: fleet.specs.map((spec) => ({ ...spec, licence: spec.licence ?? licence })) };
}

/** The same with an eye on the lock file beside the manifest, which `--locked` and `--update-lock` are about. */
export async function walkLocked(names: readonly string[], flags: FleetFlags & LockFlags, work: FleetWork, io: Io): Promise<Report> {
  const asked = askedFor(names, flags);
  const fleet = withLicence(await readFleet(flags.manifest, asked.names, io), flags);
  const lock = await openLock(flags, fleet, io);
  const report = await walkSpecs(fleet, asked.flags, { ...work, lock: lock.fleet }, io);
  await lock.save(report.images);
  return report;
}

/** The same for images that do not come from a manifest. */
export async function walkSpecs(fleet: Fleet, flags: FleetFlags, work: FleetWork, io: Io): Promise<Report> {
  const { until, force, command, lock } = work;
  const started = new Date();
  const id = await runId(flags, started, io);
  const artifacts = createArtifacts(resolve(io.folder, flags.runs, id));
  return withPorts({ fleet, flags, io, runId: id, started, artifacts }, async (context) => {
    const resume = flags.resume !== undefined;
    const images = await runFleet(fleet.specs, context, { until, force, resume, concurrency: flags.concurrency, lock });
    const report = toReport({ id, command, started, finished: context.ports.clock.now(), clouds: context.run.clouds, images });
    await artifacts.save('.', report);
    io.diagnostics.write(`run folder  ${join(flags.runs, id)}\n`);
    return report;
  });
}

async function runId(flags: FleetFlags, now: Date, io: Io): Promise<string> {
  if (flags.resume === undefined) return newRunId(now);
  const known = await listRuns(resolve(io.folder, flags.runs));
  const wanted = flags.resume === true ? known.at(-1) : flags.resume;
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  throw new RegildError(
    'RUN_NOT_FOUND',
    wanted === undefined ? `there is no run in ${flags.runs} to resume` : `there is no run ${wanted} in ${flags.runs}`,
    {
      hint: known.length ? `the last ones are ${known.slice(-3).join(', ')}` : 'start one without --resume',
    },
  );
}

interface ReportParts {
  readonly id: string;
  readonly command: string;
  readonly started: Date;
  readonly finished: Date;
  readonly clouds: Report['clouds'];
  readonly images: readonly ImageReport[];
}

function toReport({ id, command, started, finished, clouds, images }: ReportParts): Report {
  return {
    kind: 'Report',
    schemaVersion: SCHEMA_VERSION,
    runId: id,
    tool: { name: 'regild', version },
    command,
    started: started.toISOString(),
    finished: finished.toISOString(),
    clouds,
    images,
    issues: [],
  };
}
