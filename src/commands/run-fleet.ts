import { join, resolve } from 'node:path';
import { logGroup } from '../ci/log-groups.ts';
import { ciSystem } from '../ci/system.ts';
import { RegildError, toIssue } from '../errors.ts';
import { type FleetOptions, runFleet } from '../fleet.ts';
import { asRegildError } from '../image-report.ts';
import {
  type ImageReport,
  type ImageSpec,
  type Issue,
  type Report,
  RUN_LIFETIME,
  type Run,
  RunRecord,
  SCHEMA_VERSION,
} from '../model/index.ts';
import type { Artifacts, Context } from '../ports.ts';
import { afterPublication } from './after-publication.ts';
import { chooseRun } from './choose-run.ts';
import type { Io } from './command.ts';
import { createArtifacts, createEventLog, holdingRun, tellAll } from './files.ts';
import { version } from './installation.ts';
import { openLock } from './lock.ts';
import { type Fleet, readFleet } from './manifest.ts';
import { artifactsOfNoRun, keepingNothing } from './no-run.ts';
import { agreedBy, type FleetFlags, type LockFlags, type RunFlags, requireSomebodyToAsk } from './options.ts';
import { type StatedAnswer, statedAnswers, unusedAnswers } from './unused-answers.ts';
import { withPorts } from './wire.ts';

/** What a verb on the fleet wants of the walk. */
export interface FleetWork extends Pick<FleetOptions, 'until' | 'force' | 'lock' | 'continueOnly'> {
  readonly command: string;
  /** The run that a verb works in that writes; absent for one that only reads, which leaves no run behind. */
  readonly run?: RunFlags;
  /** Agreements to changes, of which those that nothing asks for are told. */
  readonly answers?: readonly StatedAnswer[] | undefined;
  /** Where a verb without a run puts what is worked out; absent = nowhere. */
  readonly artifacts?: Artifacts;
}

/** Reads the manifest, walks the images as far as the verb wants, and returns the report. */
export async function walkFleet(names: readonly string[], flags: FleetFlags, work: FleetWork, io: Io): Promise<Report> {
  return walkSpecs(withAnswers(await readFleet(flags.manifest, names, io), flags), flags, work, io);
}

/** `--licence` and `--accept` answer for the images whose entry does not; what the manifest says stands. */
export function withAnswers(fleet: Fleet, { licence, accept }: FleetFlags): Fleet {
  const isWhole = fleet.known.every((name) => fleet.specs.some((spec) => spec.name === name));
  const answers = statedAnswers(accept, fleet.specs, isWhole);
  const specs = fleet.specs.map((spec) => ({ ...spec, licence: spec.licence ?? licence, accept: agreedBy(accept, spec.accept) }));
  return { ...fleet, specs, answers };
}

/** The same with an eye on the lock file beside the manifest, which `--locked` and `--update-lock` are about. */
export async function walkLocked(names: readonly string[], flags: FleetFlags & LockFlags, work: FleetWork, io: Io): Promise<Report> {
  const fleet = withAnswers(await readFleet(flags.manifest, names, io), flags);
  const lock = await openLock(flags, fleet, io);
  const report = await walkSpecs(fleet, flags, { ...work, lock: lock.fleet }, io);
  return withFailure(report, () => lock.save(report.images));
}

/** The same for images that do not come from a manifest. */
export async function walkSpecs(fleet: Fleet, flags: FleetFlags, work: FleetWork, io: Io): Promise<Report> {
  const wiring = { fleet, flags, io, artifacts: work.artifacts ?? keepingNothing(artifactsOfNoRun) };
  const report = await withPorts(wiring, (context, above) =>
    walkRun(fleet.specs, flags, { ...work, answers: fleet.answers }, { context, started: context.run.started, io: above }),
  );
  if (work.run && !work.run.dryRun) sayEnd(report, fleet.specs, work.run.runs, io);
  return report;
}

interface Surroundings {
  readonly context: Context;
  readonly started: Date;
  readonly io: Io;
}

/** One run: chosen, announced, walked, and its report saved where it leaves a folder. */
export async function walkRun(
  specs: readonly ImageSpec[],
  flags: FleetFlags,
  work: FleetWork,
  { context, started, io }: Surroundings,
): Promise<Report> {
  requireSomebodyToAsk(work.run ?? {}, io);
  const images = specs.map(({ name }) => name);
  const { id, resume } = work.run ? await chooseRun(work.run, images, started, io) : { id: context.run.id, resume: false };
  const folder = work.run && resolve(io.folder, work.run.runs, id);
  const leavesRun = work.run !== undefined && !work.run.dryRun;
  const walk = () => walkChosen(specs, flags, work, { context, started, io, id, resume, folder, leavesRun });
  return folder !== undefined && leavesRun ? holdingRun(folder, id, walk) : walk();
}

interface Chosen extends Surroundings {
  readonly id: string;
  readonly resume: boolean;
  /** Of the run; undefined for a verb that leaves none. */
  readonly folder: string | undefined;
  readonly leavesRun: boolean;
}

async function walkChosen(
  specs: readonly ImageSpec[],
  flags: FleetFlags,
  work: FleetWork,
  { context, started, io, id, resume, folder, leavesRun }: Chosen,
): Promise<Report> {
  const images = specs.map(({ name }) => name);
  const own =
    folder === undefined ? context : inRun(context, { id, started, artifacts: artifactsIn(folder, leavesRun), onError: work.run?.onError });
  if (leavesRun) await announce({ id, images, resume, command: work.command }, own, io);
  const walking = leavesRun && folder !== undefined ? loggedIn(folder, own) : own;
  const { until, force, lock, continueOnly, answers = [] } = work;
  const reports = await folded(`regild ${work.command}: ${images.join(', ')}`, id, io, () =>
    runFleet(specs, walking, { until, force, resume, continueOnly, concurrency: flags.concurrency, lock }),
  );
  const finished = context.ports.clock.now();
  const report = toReport({
    id,
    command: work.command,
    started,
    finished,
    clouds: context.run.clouds,
    images: reports,
    issues: unusedAnswers(answers, reports),
  });
  const saved = await withFailure(report, () => own.ports.artifacts.save('.', report));
  return saved;
}

/** In the log of a CI system, what happens until the result is folded under a title. */
async function folded<Result>(
  title: string,
  id: string,
  { environment, diagnostics, now }: Io,
  work: () => Promise<Result>,
): Promise<Result> {
  const system = ciSystem(environment);
  if (system === undefined) return work();
  const { start, end } = logGroup(title, id, system, now());
  diagnostics.write(start);
  try {
    return await work();
  } finally {
    diagnostics.write(end(now()));
  }
}

/** What was done is told also where it cannot be written down; that it could not be is told with it. */
async function withFailure(report: Report, save: () => Promise<void>): Promise<Report> {
  try {
    await save();
    return report;
  } catch (error) {
    const failure = asRegildError(error);
    return { ...report, issues: [...report.issues, ...failure.issues, toIssue(failure)] };
  }
}

function artifactsIn(folder: string, leavesRun: boolean): Artifacts {
  const artifacts = createArtifacts(folder);
  return leavesRun ? artifacts : keepingNothing(artifacts);
}

/** The same clouds, worked with as another run. */
function inRun(
  context: Context,
  { id, started, artifacts, onError }: Pick<Run, 'id' | 'started' | 'onError'> & { readonly artifacts: Artifacts },
): Context {
  const run = { ...context.run, id, started, onError, deadline: new Date(started.getTime() + RUN_LIFETIME) };
  return { ...context, run, ports: { ...context.ports, artifacts } };
}

/** The same, with what happens kept in the run's folder: when what was reached can be read afterwards. */
function loggedIn(folder: string, context: Context): Context {
  const { clock, progress } = context.ports;
  return { ...context, ports: { ...context.ports, progress: tellAll(progress, createEventLog(join(folder, 'events.jsonl'), clock)) } };
}

interface Announced {
  readonly id: string;
  readonly command: string;
  readonly images: readonly string[];
  readonly resume: boolean;
}

/** Before anything else: what the run sets out to do, in its folder, and on the diagnostics how to go on when it is killed. */
async function announce({ id, command, images, resume }: Announced, { run, ports }: Context, io: Io): Promise<void> {
  const before = RunRecord.safeParse(await ports.artifacts.load('.', 'RunRecord')).data;
  if (before) requireSameCloud(before, run);
  const record: RunRecord = {
    kind: 'RunRecord',
    schemaVersion: SCHEMA_VERSION,
    runId: id,
    command: before?.command ?? command,
    started: before?.started ?? run.started.toISOString(),
    images: [...new Set([...(before?.images ?? []), ...images])],
    clouds: run.clouds,
  };
  await ports.artifacts.save('.', record);
  io.diagnostics.write(`run         ${id}${resume ? ', continued' : ''}; cut short, it goes on with \`regild build --resume ${id}\`\n`);
}

/** What a folder tells of one cloud is not true of another. AWS's name is an address that may change; where the image is made may not. */
function requireSameCloud({ runId, clouds }: RunRecord, run: Context['run']): void {
  if (clouds.azure === run.clouds.azure && clouds.simulated === run.clouds.simulated) return;
  throw new RegildError('RUN_NOT_FOUND', `run ${runId} was made in the cloud ${clouds.azure}, and this is ${run.clouds.azure}`, {
    hint: 'continue it where it was made, or start one here without --resume',
  });
}

/** Where a run left what it did, and what its images still want. Said once nothing is drawn any more: what is written into a live list is drawn over. */
export function sayEnd({ runId, images, command }: Report, specs: readonly ImageSpec[], runs: string, io: Io): void {
  io.diagnostics.write(`run folder  ${join(runs, runId)}\n`);
  const published = images.flatMap(({ image, outcome }) => (outcome === 'published' ? [image] : []));
  // A refresh shares by itself what it publishes; what it publishes is copied by the next one.
  const wait = specs.filter(({ name, production }) => published.includes(name) && (command !== 'refresh' || production !== undefined));
  const next = wait.flatMap(afterPublication);
  for (const line of next) io.diagnostics.write(`next        ${line}\n`);
}

interface ReportParts {
  readonly id: string;
  readonly command: string;
  readonly started: Date;
  readonly finished: Date;
  readonly clouds: Report['clouds'];
  readonly images: readonly ImageReport[];
  readonly issues: readonly Issue[];
}

function toReport({ id, command, started, finished, clouds, images, issues }: ReportParts): Report {
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
    issues,
  };
}
