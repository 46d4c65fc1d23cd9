import { join } from 'node:path';
import { loadCatalog } from '../../src/catalog/load.ts';
import { sandboxConnection } from '../../src/commands/connect-clouds.ts';
import { createPorts } from '../../src/commands/wire.ts';
import { RegildError } from '../../src/errors.ts';
import { runFleet } from '../../src/fleet.ts';
import { type ImageSpec, ORIGIN_TAGS, RUN_LIFETIME } from '../../src/model/index.ts';
import type { Artifacts, Clock, Context } from '../../src/ports.ts';
import { rollback } from '../../src/published.ts';
import { refreshFleet } from '../../src/refresh.ts';
import type { FaultEffect } from '../../src/sandbox/faults.ts';
import type { HttpRequest } from '../../src/sandbox/http.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { scenarioSpec } from '../scenarios/walk.ts';

const SCENARIOS = join(import.meta.dirname, '../scenarios');
const START = new Date('2026-11-21T08:15:02.000Z');
const RUN = '20261121t081502-0000';
const HOUR = 3_600_000;

/** What is disturbed, and what there was before it. */
export interface Task {
  readonly fleet: readonly ImageSpec[];
  /** Runs that nothing disturbs, one after the other. */
  readonly before: readonly { readonly run: string; readonly fleet: readonly ImageSpec[] }[];
  readonly work: (fleet: readonly ImageSpec[], context: Context, resume: boolean) => Promise<Ended>;
}

/** Whether it ended as it was to, and what was said. */
export interface Ended {
  readonly well: boolean;
  readonly said: string;
}

const golden = (own: Readonly<Record<string, unknown>> = {}) => scenarioSpec(join(SCENARIOS, 'golden'), own);
const FIRST = { run: '20261121t080000-0001', fleet: [golden()] };
const SECOND = { run: '20261121t080100-0002', fleet: [golden({ customize: [] })] };

/** Builds by either engine, of one image or two, and what is done to versions that exist. */
export const TASKS: Readonly<Record<string, Task>> = {
  'one image, image-builder': { fleet: [golden()], before: [], work: build },
  'one image, packer': { fleet: [golden({ engine: 'packer', customize: [] })], before: [], work: build },
  'a fleet of two': { fleet: [golden(), scenarioSpec(join(SCENARIOS, 'debian-12'))], before: [], work: build },
  'a refresh that mends': { fleet: [golden({ regions: ['northeurope', 'uksouth'] })], before: [FIRST], work: refresh },
  'a rollback': { fleet: [golden()], before: [FIRST, SECOND], work: putBack },
};

async function build(fleet: readonly ImageSpec[], context: Context, resume: boolean): Promise<Ended> {
  const reports = await runFleet(fleet, context, { until: 'publish', resume, force: false, concurrency: fleet.length });
  const errors = reports.flatMap(({ outcome, issues }) => [
    outcome,
    ...issues.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`),
  ]);
  return { well: reports.length > 0 && reports.every(({ outcome }) => outcome === 'published'), said: errors.join(' | ') };
}

async function refresh(fleet: readonly ImageSpec[], context: Context): Promise<Ended> {
  const walk = async () => ({ runId: context.run.id, images: [] });
  const reasons = ['regions-differ'] as const;
  const { items } = await refreshFleet(fleet, context, { concurrency: fleet.length, dryRun: false, walk, reasons });
  return { well: items.every(({ outcome }) => outcome === 'reconciled' || outcome === 'unchanged'), said: JSON.stringify(items) };
}

async function putBack(fleet: readonly ImageSpec[], context: Context): Promise<Ended> {
  const done = await Promise.all(
    fleet.map((spec) => rollback(spec, context, { to: '2026.1121.0', reason: 'it does not boot', dryRun: false })),
  );
  return { well: done.every(({ issues }) => issues.every(({ severity }) => severity !== 'error')), said: JSON.stringify(done) };
}

/** The process that asks dies, before the cloud acts or after. */
export interface Kill {
  readonly kind: 'kill';
  readonly after: boolean;
}

/** What happens to a request of a run: undefined = nothing. `number` counts from 1. */
export type Disturbance = (request: HttpRequest, number: number) => FaultEffect | Kill | undefined;

/** A run in a sandbox of its own, and what came of it. */
export interface World {
  readonly sandbox: Sandbox;
  /** Walks the images as a process of its own does; with `resume` it goes on with what the one before saved. */
  readonly walk: (life: Life) => Promise<Lived>;
  /** What there is in the cloud when everything had its time. */
  readonly state: () => Promise<EndState>;
  readonly close: () => Promise<void>;
}

export interface Life {
  readonly resume: boolean;
  readonly run?: string;
  readonly disturb?: Disturbance;
  /** The process dies before its so manieth change of a file, or right after it; a half stands for "after". */
  readonly dieAtFile?: number;
}

export interface Lived extends Ended {
  readonly requests: number;
  readonly files: number;
  readonly died: boolean;
}

/** Versions by definition, each with what it is made from and whether it is promoted; and what else carries the tag of a run. */
export interface EndState {
  readonly versions: readonly string[];
  readonly left: readonly string[];
}

/** Ends a process in the moment: nothing that it asks for from then on happens. */
class Death extends Error {
  override name = 'Death';
}

export async function aWorld({ fleet, before, work }: Task): Promise<World> {
  const sandbox = await startSandbox({ versions: 'strict', clock: { kind: 'on-poll', step: 600 }, start: START });
  const connection = { ...(await sandboxConnection(sandbox)), pollMilliseconds: 1, retryMilliseconds: 1 };
  const saved = new Map<string, unknown>();
  const catalog = await loadCatalog();
  const process = async (life: Life) => {
    const state = { requests: 0, files: 0, dead: false };
    const die = () => {
      state.dead = true;
      throw new Death('killed');
    };
    const clock = virtualClock(state, die);
    const take = (request: HttpRequest): FaultEffect | undefined => {
      if (state.dead) return { kind: 'disconnect' };
      state.requests += 1;
      clock.pass();
      const effect = life.disturb?.(request, state.requests);
      if (effect?.kind === 'kill') state.dead = true;
      return effect?.kind === 'kill' ? { kind: effect.after ? 'lose-answer' : 'disconnect' } : effect;
    };
    Object.assign(sandbox.faults, { take });
    const ports = await createPorts(connection, {
      folder: SCENARIOS,
      catalog: async () => catalog,
      environment: {},
      artifacts: mortal(saved, state, life.dieAtFile, die),
      clock,
      progress: { emit: () => {} },
    });
    const signal = new AbortController().signal;
    // A run that goes on has started later than its id says.
    const started = new Date(START.getTime() + (life.resume ? 60_000 : 0));
    const clouds = { aws: 'sandbox', azure: 'sandbox', simulated: true };
    const run = {
      id: life.run ?? RUN,
      toolVersion: '1.2.3',
      started,
      deadline: new Date(START.getTime() + RUN_LIFETIME),
      signal,
      clouds,
    };
    return { context: { ports, catalog, run } satisfies Context, state };
  };
  for (const { run, fleet: earlier } of before) {
    const { context } = await process({ resume: false, run });
    const { well, said } = await build(earlier, context, false);
    if (!well) throw new Error(`what there was before is not fine: ${said}`);
  }
  saved.clear();
  return {
    sandbox,
    walk: async (life) => {
      const { context, state } = await process(life);
      const ended = await work(fleet, context, life.resume).catch((error: unknown) => {
        if (error instanceof Death || error instanceof RegildError) return { well: false, said: error.message };
        throw error;
      });
      return { ...ended, requests: state.requests, files: state.files, died: state.dead };
    },
    state: async () => {
      const { context } = await process({ resume: false });
      sandbox.clock.advance(48 * 3600);
      return endState(fleet, context);
    },
    close: () => sandbox.close(),
  };
}

/** A run folder in memory that its process can die at. */
function mortal(
  saved: Map<string, unknown>,
  state: { files: number; readonly dead: boolean },
  dieAt: number | undefined,
  die: () => never,
): Artifacts {
  const changing = (change: () => void) => {
    if (state.dead) die();
    state.files += 1;
    if (dieAt === state.files) die();
    change();
    if (dieAt === state.files + 0.5) die();
  };
  return {
    save: async (image, artifact) => changing(() => void saved.set(`${image}/${artifact.kind}`, JSON.parse(JSON.stringify(artifact)))),
    load: async (image, kind) => saved.get(`${image}/${kind}`),
    saveFiles: async (_image, folder) => {
      changing(() => {});
      return folder;
    },
    log: async () => changing(() => {}),
  };
}

/** Time passes with every request and every pause, which is over at once; who sleeps for hours is woken when they have passed. */
function virtualClock(state: { readonly dead: boolean }, die: () => never): Clock & { readonly pass: () => void } {
  let now = START.getTime();
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const pass = () => {
    now += PAUSE;
    for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
  };
  return {
    pass,
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      if (state.dead) die();
      signal?.throwIfAborted();
      if (milliseconds < HOUR) {
        await new Promise((resolve) => setImmediate(resolve));
        return pass();
      }
      await new Promise<void>((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: () => done(resolve) };
        const done = (end: () => void) => {
          sleepers.delete(sleeper);
          end();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => done(() => reject(signal.reason)), { once: true });
      });
    },
  };
}

/** How long a request, or a pause between two looks, takes; milliseconds. */
const PAUSE = 60_000;

async function endState(fleet: readonly ImageSpec[], { ports }: Context): Promise<EndState> {
  const { gallery, leftovers } = ports;
  const targets = [...new Map(fleet.map(({ target }) => [target.definition, target])).values()];
  const versions = await Promise.all(
    targets.map(async (target) => (await gallery.versions(target)).map((version) => ({ definition: target.definition, version }))),
  );
  const subscriptions = [...new Set(fleet.map(({ target }) => target.subscription))];
  const left = await Promise.all(
    subscriptions.flatMap((subscription) => [leftovers.groups(subscription), leftovers.resources(subscription)]),
  );
  return {
    versions: versions
      .flat()
      .map(({ definition, version: { name, tags, excludeFromLatest, provisioningState, targetRegions } }) => {
        const regions = targetRegions.map((region) => region.name).toSorted();
        const made = `${tags[ORIGIN_TAGS.ami]} ${tags['regild-digest']} ${tags['regild-run']}`;
        return `${definition} ${name} ${provisioningState} ${excludeFromLatest ? 'staged' : 'latest'} ${regions.join('+')} ${made}`;
      })
      .toSorted(),
    left: left.flat().flatMap(({ name, deleting }) => (deleting ? [] : [name])),
  };
}

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Which places are tried; always the same in CI. */
export const SEED = Number(globalThis.process.env.REGILD_DISTURBANCES_SEED ?? 20_261_121);
