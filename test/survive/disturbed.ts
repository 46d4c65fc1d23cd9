import { join } from 'node:path';
import { loadCatalog } from '../../src/catalog/load.ts';
import { sandboxConnection } from '../../src/commands/connect-clouds.ts';
import { createPorts } from '../../src/commands/wire.ts';
import { runFleet } from '../../src/fleet.ts';
import { type ImageReport, type ImageSpec, ORIGIN_TAGS, RUN_LIFETIME } from '../../src/model/index.ts';
import type { Artifacts, Clock, Context } from '../../src/ports.ts';
import type { FaultEffect } from '../../src/sandbox/faults.ts';
import type { HttpRequest } from '../../src/sandbox/http.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { scenarioSpec } from '../scenarios/walk.ts';

const SCENARIOS = join(import.meta.dirname, '../scenarios');
const START = new Date('2026-11-21T08:15:02.000Z');
const RUN = '20261121t081502-0000';
const HOUR = 3_600_000;

/** The images of a run: one or two scenarios, by either engine. */
export const FLEETS: Readonly<Record<string, readonly ImageSpec[]>> = {
  'one image, image-builder': [scenarioSpec(join(SCENARIOS, 'golden'))],
  'one image, packer': [scenarioSpec(join(SCENARIOS, 'golden'), { engine: 'packer', customize: [] })],
  'a fleet of two': [scenarioSpec(join(SCENARIOS, 'golden')), scenarioSpec(join(SCENARIOS, 'debian-12'))],
};

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

export interface Lived {
  readonly reports: readonly ImageReport[];
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

export async function aWorld(fleet: readonly ImageSpec[]): Promise<World> {
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
  return {
    sandbox,
    walk: async (life) => {
      const { context, state } = await process(life);
      const options = { until: 'publish', resume: life.resume, force: false, concurrency: fleet.length } as const;
      const reports = await runFleet(fleet, context, options).catch((error: unknown) => {
        if (error instanceof Death) return [];
        throw error;
      });
      return { reports, requests: state.requests, files: state.files, died: state.dead };
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

/** The seed that CI sets from the commit. */
export const SEED = Number(globalThis.process.env.REGILD_TEST_SEED ?? 20_261_121);
