import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sandboxConnection } from '../../src/commands/connect-clouds.ts';
import { catalogFor } from '../../src/commands/installation.ts';
import { createPorts } from '../../src/commands/wire.ts';
import { bestPlan, renderTemplate } from '../../src/engines/index.ts';
import { runFleet } from '../../src/fleet.ts';
import { parseManifest } from '../../src/manifest/index.ts';
import { Analysis, type Engine, type ImageReport, type ImageSpec, type ProgressEvent } from '../../src/model/index.ts';
import { makePlan } from '../../src/plan/index.ts';
import type { Artifacts, Clock, Context } from '../../src/ports.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { readSaved } from '../../src/stage.ts';

/** The time in every scenario: artifacts are compared whole, dates included. */
export const SCENARIO_TIME = new Date('2026-11-21T08:15:02.000Z');

/** A run in its own sandbox: hours of virtual time pass in as many requests as are made. */
export interface ScenarioRun {
  readonly sandbox: Sandbox;
  readonly context: Context;
  readonly events: readonly ProgressEvent[];
  readonly saved: ReadonlyMap<string, unknown>;
  /** The ports of a further process, which remembers nothing of the first. */
  readonly connect: () => Promise<Context['ports']>;
}

const HOUR = 3_600_000;

/** The catalog as test/published-program.ts compiled it. */
const catalog = () => catalogFor({ environment: process.env });

/** Time stands still: a pause between two looks is over at once, and a deadline hours away never comes. */
export const SCENARIO_CLOCK: Clock = {
  now: () => SCENARIO_TIME,
  sleep: async (milliseconds, signal) => {
    signal?.throwIfAborted();
    if (milliseconds >= HOUR)
      await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
  },
};

/** Starts a sandbox, connects every real adapter to it, hands both over and takes them down again. */
export async function inSandbox<Result>(
  folder: string,
  options: SandboxOptions,
  use: (run: ScenarioRun) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox({ versions: 'strict', clock: { kind: 'on-poll', step: 600 }, start: SCENARIO_TIME, ...options });
  const connection = { ...(await sandboxConnection(sandbox)), pollMilliseconds: 1 };
  const events: ProgressEvent[] = [];
  const saved = new Map<string, unknown>();
  try {
    const connect = () =>
      createPorts(connection, {
        folder,
        catalog,
        environment: {},
        artifacts: inMemory(saved),
        clock: SCENARIO_CLOCK,
        progress: { emit: (event) => void events.push(event) },
      });
    return await use({ sandbox, events, saved, connect, context: contextOf(await connect(), await catalog()) });
  } finally {
    await connection.close();
  }
}

function contextOf(ports: Context['ports'], catalog: Context['catalog']): Context {
  return {
    ports,
    catalog,
    run: {
      id: '20261121t081502-0000',
      toolVersion: '1.2.3',
      started: SCENARIO_TIME,
      deadline: new Date(SCENARIO_TIME.getTime() + 86_400_000),
      signal: new AbortController().signal,
      clouds: { aws: 'sandbox', azure: 'sandbox', simulated: true },
    },
  };
}

function inMemory(saved: Map<string, unknown>): Artifacts {
  return {
    save: async (image, artifact) => void saved.set(`${image}/${artifact.kind}`, JSON.parse(JSON.stringify(artifact))),
    load: async (image, kind) => saved.get(`${image}/${kind}`),
    saveFiles: async (_image, folder) => folder,
    log: async () => {},
  };
}

/** The image of a scenario's `image.yaml`, with `defaults.yaml` beneath it. Throws when the manifest has problems. */
export function scenarioSpec(folder: string, change: Readonly<Record<string, unknown>> = {}): ImageSpec {
  const name = folder.split('/').at(-1) ?? '';
  const entry = { ...parse(readFileSync(join(folder, 'image.yaml'), 'utf8')), ...change };
  const defaults = parse(readFileSync(join(folder, '../defaults.yaml'), 'utf8'));
  const { specs, issues } = parseManifest(JSON.stringify({ version: 1, defaults, images: { [name]: entry } }), 'images.yaml', {});
  const [spec] = specs;
  if (!spec) throw new Error(issues.map(({ message }) => message).join('; '));
  return spec;
}

/** Walks one image the whole way. */
export async function walk(spec: ImageSpec, { context }: ScenarioRun): Promise<ImageReport> {
  const [report] = await runFleet([spec], context, { until: 'publish', resume: false, force: false, concurrency: 1 });
  if (!report) throw new Error('the fleet gave no report');
  return report;
}

/** The same image rendered by the other engine: every scenario proves both. */
export async function renderWith(engine: Engine, spec: ImageSpec, { match }: ImageReport, context: Context) {
  const analysis = await readSaved(spec.name, 'analyze', Analysis, context.ports.artifacts);
  if (!analysis || !match?.chosen) throw new Error(`${spec.name} was not matched`);
  const plan = await makePlan({ ...spec, engine }, analysis, { ...match, chosen: match.chosen }, context, bestPlan);
  return { plan, template: await renderTemplate(plan, context) };
}
