import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArtifacts } from '../../../src/adapters/artifacts.ts';
import { createConsole } from '../../../src/adapters/console/index.ts';
import { createEventLog, tellAll } from '../../../src/adapters/event-log.ts';
import { sandboxConnection } from '../../../src/commands/connect-clouds.ts';
import { printFailure } from '../../../src/commands/failure.ts';
import { catalogFor } from '../../../src/commands/installation.ts';
import { redactedIo } from '../../../src/commands/redacted-io.ts';
import { createPorts } from '../../../src/commands/wire.ts';
import { runFleet } from '../../../src/fleet.ts';
import { type Engine, type ImageReport, type Report, SCHEMA_VERSION } from '../../../src/model/index.ts';
import type { Progress } from '../../../src/ports.ts';
import { REPORT_FORMATS, renderExplanation, renderReport } from '../../../src/report/index.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { pointedAt } from '../../commands/command-line.ts';
import { fakeIo } from '../../commands/fake-io.ts';
import { answer } from '../../commands/in-process.ts';
import { virtualClock } from '../../survive/virtual-clock.ts';
import { SCENARIO_TIME, scenarioSpec } from '../walk.ts';
import type { Change } from './bodies.ts';
import { type Field, withTexts } from './field.ts';

/** A world in which one image is published, and what its clouds answer can be changed. */
export interface ChangedWorld {
  /** Walks with answers as `change` has them; gives everything that was printed, saved or thrown. */
  readonly left: (walk: Walk, change: Change) => Promise<string>;
  readonly close: () => Promise<void>;
}

export type Walk = (world: Standing) => Promise<readonly string[]>;

interface Standing {
  readonly sandbox: Sandbox;
  readonly folder: string;
}

const GOLDEN = join(import.meta.dirname, '../golden');
const MANIFEST = 'images.yaml';

/** Answers as they are. */
const UNCHANGED: Change = (_, response) => response;

/** Answers whose texts `say` has its way with, told of the field. */
export function saying(say: (field: Field, text: string) => string): Change {
  return (request, response) => withTexts(request, response, say);
}

/** Starts it, and publishes the golden image once. */
export async function changedWorld(): Promise<ChangedWorld> {
  const state = { change: UNCHANGED };
  const changed: Change = (request, response) => state.change(request, response);
  const sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 600 }, start: SCENARIO_TIME, changed });
  const left = async (walk: Walk, change: Change) => {
    const folder = await mkdtemp(join(tmpdir(), 'regild-changed-'));
    state.change = change;
    try {
      const printed = await walk({ sandbox, folder });
      return [...printed, ...(await filesBelow(folder))].join('\n');
    } finally {
      state.change = UNCHANGED;
      await rm(folder, { recursive: true, force: true });
    }
  };
  const first = await left(building('image-builder'), UNCHANGED);
  if (!first.includes('published')) throw new Error(`the first build did not end well: ${first}`);
  return { left, close: () => sandbox.close() };
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const own = entries.filter((entry) => entry.isFile() && ![MANIFEST, 'ca.pem'].includes(entry.name));
  return Promise.all(own.map(async (entry) => `${entry.name}\n${await readFile(join(entry.parentPath, entry.name), 'utf8')}`));
}

/** A build by an engine to its end, in the same process: told as it goes, saved in a run folder, reported in every format. */
function building(engine: Engine, faults: readonly Fault[] = []): Walk {
  return async ({ sandbox, folder }) => {
    sandbox.faults.add(...faults);
    const heard = fakeIo(folder);
    const { io, end } = redactedIo(heard.io);
    const console = await createConsole({ stream: io.diagnostics, mode: 'lines', color: false });
    const run = { ...RUN, id: `20261121t081502-${engine === 'packer' ? '0001' : '0002'}` };
    try {
      const context = { ...(await contextIn(sandbox, join(folder, run.id), console)), run };
      const spec = scenarioSpec(GOLDEN, engine === 'packer' ? { engine, customize: [] } : { engine });
      const images = await runFleet([spec], context, { until: 'publish', resume: false, force: true, concurrency: 1 });
      const report = reportOf(run.id, images);
      await context.ports.artifacts.save('.', report);
      for (const format of REPORT_FORMATS)
        for (const piece of renderReport(report, format)) io.out(piece, format === 'json' ? 'json' : 'text');
      for (const { analysis, match, plan } of images) if (analysis) io.tell(renderExplanation(analysis, match, plan));
    } catch (error) {
      printFailure(error, io, true);
    } finally {
      sandbox.faults.clear();
      console.close();
      end();
    }
    return [heard.stdout(), heard.stderr()];
  };
}

const RUN = {
  toolVersion: '1.2.3',
  started: SCENARIO_TIME,
  deadline: new Date(SCENARIO_TIME.getTime() + 86_400_000),
  signal: new AbortController().signal,
  clouds: { aws: 'sandbox', azure: 'sandbox', simulated: true },
} as const;

async function contextIn(sandbox: Sandbox, folder: string, progress: Progress) {
  const clock = virtualClock(SCENARIO_TIME, () => {});
  const connection = { ...(await sandboxConnection(sandbox)), pollMilliseconds: 1, retryMilliseconds: 1 };
  const catalog = await catalogFor({ environment: process.env });
  const ports = await createPorts(connection, {
    folder: GOLDEN,
    catalog: async () => catalog,
    environment: {},
    artifacts: createArtifacts(folder),
    clock,
    progress: tellAll(progress, createEventLog(join(folder, 'events.jsonl'), clock)),
  });
  return { ports, catalog };
}

function reportOf(runId: string, images: readonly ImageReport[]): Report {
  const at = SCENARIO_TIME.toISOString();
  return {
    kind: 'Report',
    schemaVersion: SCHEMA_VERSION,
    runId,
    tool: { name: 'regild', version: '1.2.3' },
    command: 'build',
    started: at,
    finished: at,
    clouds: RUN.clouds,
    images,
    issues: [],
  };
}

const IMAGE = `version: 1
images:
  golden:
    source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }
    carryTags: all
    target: { subscription: 5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
    build: { identity: /subscriptions/5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }
    regions: [northeurope, westeurope]
`;

/** Calls of the command line, each for people and for programs, with `-v`. */
function calling(...words: readonly string[]): Walk {
  return async ({ sandbox, folder }) => {
    await writeFile(join(folder, MANIFEST), IMAGE);
    await writeFile(join(folder, 'ca.pem'), sandbox.caPem);
    const environment = pointedAt(sandbox, join(folder, 'ca.pem'));
    const said: string[] = [];
    // For people in a job of GitHub's, which is told by commands and a page too; for programs on a machine of one's own.
    const job = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_OUTPUT: join(folder, 'outputs') };
    for (const { own, more } of [
      { own: [], more: job },
      { own: ['--json'], more: {} },
    ]) {
      const { stdout, stderr } = await answer([...words, ...own], { folder, environment: { ...environment, ...more } });
      said.push(stdout, stderr);
    }
    return said;
  };
}

const FAILED = { kind: 'fail-operation', code: 'Failed', message: 'it failed' } as const;
const NO_BOOT = { kind: 'fail-operation', code: 'OSProvisioningTimedOut', message: 'the machine does not answer' } as const;

/** Everything that regild does with what clouds say. */
export const WALKS = {
  'a build by Image Builder': building('image-builder'),
  'a build by Packer': building('packer'),
  'a build that fails': building('image-builder', [{ match: { method: 'POST', path: '**/imageTemplates/*/run' }, effect: FAILED }]),
  'a test VM that fails': building('image-builder', [
    { match: { method: 'POST', path: '**/runCommand' }, times: 9, effect: { kind: 'fail-checks', ids: ['azl-14'] } },
  ]),
  'a test VM that does not boot': building('image-builder', [
    { match: { method: 'PUT', path: '**/virtualMachines/*' }, times: 9, effect: NO_BOOT },
  ]),
  plan: calling('plan', '--no-cache', '-v'),
  explain: calling('explain', '--no-cache', '-v'),
  refresh: calling('refresh', '--no-cache', '-v'),
  status: calling('status', '--no-cache', '-v'),
  survey: calling('survey', '--region', 'eu-west-1', '-v'),
  inspect: calling('inspect', 'ami-064b0f5e3937918bf', '--region', 'eu-west-1', '-v'),
  lineage: calling('lineage', '-v'),
  sweep: calling('sweep', '--dry-run', '-v'),
  doctor: calling('doctor', '-v'),
} as const satisfies Readonly<Record<string, Walk>>;
