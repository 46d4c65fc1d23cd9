import { join } from 'node:path';
import type { Io } from '../../src/commands/command.ts';
import type { FleetFlags } from '../../src/commands/options.ts';
import { walkRun } from '../../src/commands/run-fleet.ts';
import type { ImageReport, ImageSpec, Issue, Report } from '../../src/model/index.ts';
import type { Context } from '../../src/ports.ts';
import { rollback } from '../../src/published.ts';
import { refreshFleet } from '../../src/refresh.ts';
import { scenarioSpec } from '../scenarios/walk.ts';

/** Where the files are that images name. */
export const SCENARIOS = join(import.meta.dirname, '../scenarios');
export const RUN = '20261121t081502-0000';

/** What is disturbed, and what there was before it. */
export interface Task {
  readonly fleet: readonly ImageSpec[];
  /** Runs that nothing disturbs, one after the other. */
  readonly before: readonly { readonly run: string; readonly fleet: readonly ImageSpec[] }[];
  readonly work: (fleet: readonly ImageSpec[], process: Process) => Promise<Ended>;
  /** After so many hours the next process goes on: a refresh takes a run for lost when it cannot be alive any more. */
  readonly hoursLater?: number;
  /** A process that goes on may do so as another run, on another day: versions are compared by their order. */
  readonly isFreeToNumber?: true;
}

/** What a process works with. */
export interface Process {
  readonly context: Context;
  readonly io: Io;
}

/** Whether it ended as it was to, and what was said. */
export interface Ended {
  readonly well: boolean;
  readonly said: string;
}

const golden = (own: Readonly<Record<string, unknown>> = {}) => scenarioSpec(join(SCENARIOS, 'golden'), own);
const debian = (own: Readonly<Record<string, unknown>> = {}) => scenarioSpec(join(SCENARIOS, 'debian-12'), own);
const FIRST = { run: '20261121t080000-0001', fleet: [golden()] };
const SECOND = { run: '20261121t080100-0002', fleet: [golden({ customize: [] })] };
/** Of a build that is to end somewhere. */
const REACHED: readonly ImageReport['outcome'][] = ['built', 'validated', 'published'];
const EDITED = golden({ customize: [{ packages: ['nginx'] }] });

/** Builds by either engine, of one image or two, and what is done to versions that exist. */
export const TASKS: Readonly<Record<string, Task>> = {
  'one image, image-builder': { fleet: [golden()], before: [], work: build },
  'one image, packer': { fleet: [golden({ engine: 'packer', customize: [] })], before: [], work: build },
  'a fleet of two, an engine for each': { fleet: [golden(), debian({ engine: 'packer' })], before: [], work: build },
  'a refresh that mends': { fleet: [golden({ regions: ['northeurope', 'uksouth'] })], before: [FIRST], work: refresh },
  'a refresh that rebuilds': { fleet: [EDITED], before: [FIRST], work: refresh, hoursLater: 96, isFreeToNumber: true },
  'a rollback': { fleet: [golden()], before: [FIRST, SECOND], work: putBack },
};

/** As `regild build` does, in a run folder of files. */
export async function build(fleet: readonly ImageSpec[], process: Process): Promise<Ended> {
  const run = { runs: 'runs', runId: process.context.run.id };
  const report = await walked(fleet, process, { command: 'build', force: false, run });
  return { ...endOf(report), well: report.images.length > 0 && report.images.every(({ outcome }) => outcome === 'published') };
}

/** The same by three verbs, each a process of its own. */
export async function inParts(fleet: readonly ImageSpec[], process: Process): Promise<Ended> {
  const run = { runs: 'runs', runId: process.context.run.id };
  const parts = [
    { command: 'build', until: 'build' },
    { command: 'validate', until: 'validate', continueOnly: true },
    { command: 'publish', until: 'publish', continueOnly: true },
  ] as const;
  const ends: Ended[] = [];
  for (const part of parts)
    if (ends.every(({ well }) => well)) ends.push(endOf(await walked(fleet, process, { force: false, run, ...part })));
  return { well: ends.length === parts.length && ends.every(({ well }) => well), said: ends.map(({ said }) => said).join(' | ') };
}

async function refresh(fleet: readonly ImageSpec[], process: Process): Promise<Ended> {
  const { context } = process;
  const reports: ImageReport[] = [];
  const walk = async (specs: readonly ImageSpec[], runId: string | undefined) => {
    const run = { runs: 'runs', ...(runId !== undefined && { runId }) };
    const report = await walked(specs, process, { command: 'refresh', force: true, run });
    reports.push(...report.images);
    return report;
  };
  const reasons = ['regions-differ', 'recipe-changed'] as const;
  const { items } = await refreshFleet(fleet, context, { concurrency: fleet.length, dryRun: false, walk, reasons });
  // What could not be asked in an outage holds a drift back, which the next refresh mends.
  const well = items.every(
    ({ outcome, held, drifts }) =>
      ['reconciled', 'published', 'unchanged'].includes(outcome) &&
      [held, ...drifts.map((drift) => drift.held)].every((why) => why === undefined),
  );
  return { well, said: JSON.stringify([items, reports.flatMap(({ issues }) => told(issues))]) };
}

async function putBack(fleet: readonly ImageSpec[], { context }: Process): Promise<Ended> {
  const done = await Promise.all(
    fleet.map((spec) => rollback(spec, context, { to: '2026.1121.0', reason: 'it does not boot', dryRun: false })),
  );
  return { well: done.every(({ issues }) => issues.every(({ severity }) => severity !== 'error')), said: JSON.stringify(done) };
}

type Work = Pick<Parameters<typeof walkRun>[2], 'command' | 'force' | 'run' | 'continueOnly'> & {
  readonly until?: 'build' | 'validate' | 'publish';
};

function walked(fleet: readonly ImageSpec[], { context, io }: Process, work: Work) {
  const flags: FleetFlags = { manifest: 'images.yaml', accept: [], concurrency: fleet.length, cache: false };
  return walkRun(fleet, flags, { until: 'publish', ...work }, { context, started: context.run.started, io });
}

function endOf({ images, issues }: Pick<Report, 'images' | 'issues'>): Ended {
  const errors = [...images.flatMap(({ outcome, issues: own }) => [outcome, ...told(own)]), ...told(issues)];
  return { well: images.length > 0 && images.every(({ outcome }) => REACHED.includes(outcome)), said: errors.join(' | ') };
}

function told(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap(({ severity, code, message }) => (severity === 'error' ? [`${code} ${message}`] : []));
}
