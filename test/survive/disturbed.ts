import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadCatalog } from '../../src/catalog/load.ts';
import type { Io } from '../../src/commands/command.ts';
import { sandboxConnection } from '../../src/commands/connect-clouds.ts';
import { createArtifacts } from '../../src/commands/files.ts';
import { createPorts } from '../../src/commands/wire.ts';
import { RegildError } from '../../src/errors.ts';
import { ORIGIN_TAGS, RUN_LIFETIME, RUN_TAG } from '../../src/model/index.ts';
import type { Context } from '../../src/ports.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import type { Change } from '../scenarios/planted/bodies.ts';
import { asProcess } from './mortal-files.ts';
import { build, type Ended, type Process, RUN, SCENARIOS, type Task } from './tasks.ts';
import { virtualClock } from './virtual-clock.ts';
import { type Fate, type Place, Witness } from './witness.ts';

const START = new Date('2026-11-21T08:15:02.000Z');

export interface Life extends Fate {
  /** A process that goes on with what the one before left. */
  readonly goesOn: boolean;
  readonly run?: string;
  /** What it is sent instead of answers. */
  readonly change?: Change;
}

export interface Lived extends Ended {
  readonly places: readonly Place[];
}

/** Versions by definition, each with what it is made from and whether it is promoted; and what else carries the tag of a run. */
export interface EndState {
  readonly versions: readonly string[];
  readonly left: readonly string[];
}

/** A sandbox and a folder for the runs of one task. */
export interface World {
  /** Does the task as a process of its own; or walks other images. */
  readonly walk: (life: Life, fleet?: Task['fleet']) => Promise<Lived>;
  /** What there is in the cloud when everything had its time. */
  readonly state: () => Promise<EndState>;
  /** What a further world goes on from. */
  readonly rest: () => Before;
  readonly close: () => Promise<void>;
}

/** What there was before a task, and when it begins. */
interface Before {
  readonly rest?: string;
  readonly start: Date;
}

const made = new Map<Task['before'], Promise<Before>>();

/** A world in which there is what the task needs: it is made once, and every world of the task goes on from it. */
export async function aWorld(task: Task): Promise<World> {
  const before = made.get(task.before) ?? beginning(task);
  made.set(task.before, before);
  return worldAfter(await before, task);
}

async function beginning(task: Task): Promise<Before> {
  if (task.before.length === 0) return { start: START };
  const world = await worldAfter({ start: START }, { ...task, work: build });
  for (const { run, fleet } of task.before) {
    const { well, said } = await world.walk({ goesOn: false, run }, fleet);
    if (!well) throw new Error(`what there was before is not fine: ${said}`);
  }
  const rest = world.rest();
  await world.close();
  return rest;
}

async function worldAfter(before: Before, { fleet, work, hoursLater = 0, isFreeToNumber }: Task): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'regild-disturbed-'));
  const catalog = await loadCatalog();
  let witness: Witness | undefined;
  let change: Change | undefined;
  const sandbox = await startSandbox({
    ...{ versions: 'strict', clock: { kind: 'on-poll', step: 600 }, ...before },
    onExchange: (exchange) => witness?.answered(exchange),
    changed: (request, response) => change?.(request, response) ?? response,
  });
  const connection = { ...(await sandboxConnection(sandbox)), pollMilliseconds: 1, retryMilliseconds: 1 };
  Object.assign(sandbox.faults, { take: (request: Parameters<Witness['take']>[0]) => witness?.take(request) });

  const begin = async (life: Life): Promise<Process & { readonly seen: Witness }> => {
    const started = new Date(START.getTime() + (life.goesOn ? 60_000 + hoursLater * 3_600_000 : 0));
    const clock = virtualClock(started, () => seen.requireLife());
    const seen = new Witness(life, folder, clock.pass);
    const { signal } = new AbortController();
    const ports = await createPorts(connection, {
      ...{ folder: SCENARIOS, catalog: async () => catalog, environment: {}, clock, signal },
      ...{ progress: { emit: () => {} }, artifacts: createArtifacts(join(folder, 'nowhere')) },
    });
    const run = {
      ...{ id: life.run ?? RUN, toolVersion: '1.2.3', started, signal },
      ...{ deadline: new Date(started.getTime() + RUN_LIFETIME), clouds: { aws: 'sandbox', azure: 'sandbox', simulated: true } },
    };
    return { context: { ports, catalog, run } satisfies Context, io: ioOf(folder, signal, started), seen };
  };
  return {
    walk: async (life, images = fleet) => {
      if (life.goesOn) sandbox.clock.advance(hoursLater * 3_600);
      const { seen, ...process } = await begin(life);
      witness = seen;
      change = life.change;
      const ended = await asProcess(seen, () => work(images, process)).catch((error: unknown) => {
        if (seen.isDead || error instanceof RegildError || isFull(error)) return { well: false, said: String(error) };
        throw error;
      });
      await untilStill(seen);
      return { ...ended, places: seen.places };
    },
    state: async () => {
      witness = undefined;
      change = undefined;
      sandbox.clock.advance(48 * 3600);
      return endState(fleet, (await begin({ goesOn: true })).context, isFreeToNumber);
    },
    rest: () => {
      let rest = sandbox.rest();
      for (; rest === undefined; rest = sandbox.rest()) sandbox.clock.advance(600);
      return { rest, start: sandbox.clock.now() };
    },
    close: async () => {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the verb says in words where its process ends: the folder that a run is to have cannot be made. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

/** Until a dead process tries nothing any more: what it still asked for in the life of the next one would be taken for that one's. */
async function untilStill(seen: Witness): Promise<void> {
  if (!seen.isDead) return;
  for (let before = -1; before !== seen.attempts; ) {
    before = seen.attempts;
    await wait(20);
  }
}

function ioOf(folder: string, signal: AbortSignal, started: Date): Io {
  const silent = () => true;
  return {
    ...{ folder, signal, environment: {}, out: silent, tell: silent, now: () => started },
    ...{ interactive: false, color: false, diagnostics: { write: silent } as unknown as NodeJS.WriteStream },
  };
}

async function endState(fleet: Task['fleet'], { ports }: Context, isFreeToNumber: true | undefined): Promise<EndState> {
  const { gallery, leftovers } = ports;
  const targets = [...new Map(fleet.map(({ target }) => [target.definition, target])).values()];
  const versions = await Promise.all(
    targets.map(async (target) =>
      (await gallery.versions(target))
        .toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
        .map(({ name, tags, excludeFromLatest, provisioningState, targetRegions }, index) => {
          const regions = targetRegions.map((region) => region.name).toSorted();
          const made = [tags[ORIGIN_TAGS.ami], tags['regild-digest'], ...(isFreeToNumber ? [] : [tags[RUN_TAG]])].join(' ');
          const number = isFreeToNumber ? `#${index + 1}` : name;
          return `${target.definition} ${number} ${provisioningState} ${excludeFromLatest ? 'staged' : 'latest'} ${regions.join('+')} ${made}`;
        }),
    ),
  );
  const subscriptions = [...new Set(fleet.map(({ target }) => target.subscription))];
  const left = await Promise.all(
    subscriptions.flatMap((subscription) => [leftovers.groups(subscription), leftovers.resources(subscription)]),
  );
  return {
    versions: versions.flat().toSorted(),
    left: left.flat().flatMap(({ name, deleting }) => (deleting ? [] : [name])),
  };
}
