import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runFleet } from '../../src/fleet.ts';
import { stateOf } from '../../src/living/versions.ts';
import { parseManifest } from '../../src/manifest/index.ts';
import { type ImageSpec, ORIGIN_TAGS, type RefreshItem, RUN_LIFETIME, runIdOf } from '../../src/model/index.ts';
import type { Context, Ports } from '../../src/ports.ts';
import { retire, revoke } from '../../src/published.ts';
import { refreshFleet } from '../../src/refresh.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { sweep } from '../../src/sweep/index.ts';
import { Watch } from './fleet-watch.ts';
import { inSandbox, type ScenarioRun } from './walk.ts';

/** How long a fleet lives, and how large it is. */
export interface Life {
  readonly seed: number;
  readonly images: number;
  /** In steps of two weeks. */
  readonly fortnights: number;
  /** How likely a runner is killed in a step, from 0 to 1. */
  readonly deaths: number;
}

/** What happened, counted. */
export interface Lived {
  readonly built: number;
  readonly mended: number;
  readonly killed: number;
  readonly quiet: number;
  readonly retired: number;
  readonly revoked: number;
  readonly checks: number;
  /** Everything that must never be, in words. Empty = the fleet lived well. */
  readonly wrong: readonly string[];
}

/** Scenarios that images are made like. */
const KINDS = ['golden', 'debian-12', 'rhel-9', 'ubuntu-2204', 'amazon-linux-2023'];
const GOLDEN = { region: 'eu-west-1', pattern: /^web-golden-/ };
const FORTNIGHT = 14 * 86_400;
const START = new Date('2026-11-21T08:15:02.000Z');

/**
 * Lets a fleet live in the sandbox's virtual time: every four weeks its bases are released, now and then its AMI is made anew; a region comes and one goes, a bad
 * version is revoked, a base is deprecated, and runners are killed wherever the seed says. Each fortnight what is due is done, by a new runner that knows nothing
 * of the last one, and everything that must hold is looked at.
 */
export async function liveThrough({ seed, images, fortnights, deaths }: Life): Promise<Lived> {
  const folder = join(import.meta.dirname, 'golden');
  const watch = new Watch();
  const options = { start: START, onExchange: watch.onExchange.bind(watch) } as const;
  return inSandbox(folder, options, async (run) => {
    const fleet = new Fleet(run, { chance: random(seed), deaths, watch });
    for (let step = 0; step < fortnights; step++) await fleet.fortnight(step, fortnights, manifestOf(images, step / fortnights));
    return fleet.lived();
  });
}

/** The manifest at a moment of the life, from 0 to 1: a region comes after a third, one goes after two. */
function manifestOf(images: number, moment: number): readonly ImageSpec[] {
  const regions = ['northeurope', ...(moment < 2 / 3 ? ['westeurope'] : []), ...(moment < 1 / 3 ? [] : ['uksouth'])];
  const defaults = {
    ...parse(readFileSync(join(import.meta.dirname, 'defaults.yaml'), 'utf8')),
    regions,
    refresh: { every: '60d' },
    retention: { keep: 3 },
  };
  const entries = Array.from({ length: images }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? 'golden';
    const { regions: _regions, ...entry } = parse(readFileSync(join(import.meta.dirname, kind, 'image.yaml'), 'utf8'));
    return [`${kind}-${index}`, entry];
  });
  const { specs, issues } = parseManifest(JSON.stringify({ version: 1, defaults, images: Object.fromEntries(entries) }), 'images.yaml', {});
  if (specs.length !== images) throw new Error(issues.map(({ message }) => message).join('; '));
  return specs;
}

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Fleet {
  readonly #sandbox: Sandbox;
  /** Of who looks on. */
  readonly #context: Context;
  readonly #connect: ScenarioRun['connect'];
  readonly #chance: () => number;
  readonly #deaths: number;
  readonly #watch: Watch;
  #runs = 0;
  readonly #count = { built: 0, mended: 0, killed: 0, quiet: 0, retired: 0, revoked: 0 };

  constructor(
    { sandbox, context, connect }: ScenarioRun,
    { chance, deaths, watch }: { readonly chance: () => number; readonly deaths: number; readonly watch: Watch },
  ) {
    this.#deaths = deaths;
    this.#watch = watch;
    this.#sandbox = sandbox;
    this.#context = context;
    this.#connect = connect;
    this.#chance = chance;
  }

  lived(): Lived {
    return { ...this.#count, ...this.#watch.found() };
  }

  /** The world changes, a runner may be killed, the next one does what is due until nothing is, and old versions go. */
  async fortnight(step: number, all: number, specs: readonly ImageSpec[]): Promise<void> {
    await this.#world(step, all, specs);
    if (this.#chance() < this.#deaths) await this.#killedRunner(specs);
    await this.#untilQuiet(specs, step);
    await this.#retire(specs);
    await this.#look(specs, `fortnight ${step}`, this.#sandbox.clock.now());
    await this.#choose(specs);
    this.#sandbox.clock.advance(FORTNIGHT);
  }

  async #world(step: number, all: number, specs: readonly ImageSpec[]): Promise<void> {
    if (step > 0 && step % 2 === 0) for (const base of await this.#bases(specs)) this.#release(base);
    if (step > 0 && this.#chance() < 0.4) this.#ami(step);
    if (step === Math.floor(all / 2)) await this.#revoke(specs);
    if (step === Math.floor((all * 3) / 4)) await this.#deprecate(specs);
  }

  /** A context of a new process, whose run has an id of its own. */
  async #process(): Promise<Context> {
    const ports = await this.#connect();
    const { clock } = this.#sandbox;
    const now = clock.now();
    this.#runs += 1;
    const own: Partial<Ports> = {
      clock: { ...ports.clock, now: () => clock.now() },
      versionUsers: { of: async () => this.#watch.users },
      testVm: {
        withVm: async (request, wait, use) => {
          const result = await ports.testVm.withVm(request, wait, use);
          this.#watch.wasTested(request.versionId);
          return result;
        },
      },
    };
    const all = { ...ports, ...own };
    const id = runIdOf(now, this.#runs.toString(16).padStart(4, '0'));
    return {
      ...this.#context,
      ports: all,
      run: { ...this.#context.run, id, started: now, deadline: new Date(now.getTime() + RUN_LIFETIME) },
    };
  }

  async #refresh(specs: readonly ImageSpec[], context: Context): Promise<readonly RefreshItem[]> {
    const walk = async (due: readonly ImageSpec[], run: string | undefined) => {
      const own = run === undefined ? context : { ...context, run: { ...context.run, id: run } };
      const images = await runFleet(due, own, { until: 'publish', resume: false, force: true, concurrency: 4 });
      return { runId: own.run.id, images };
    };
    return (await refreshFleet(specs, context, { concurrency: 4, dryRun: false, walk })).items;
  }

  /** Dies at a call to a port that the seed names, if it makes as many: nothing that it does after that is done, not even its cleanup. */
  async #killedRunner(specs: readonly ImageSpec[]): Promise<void> {
    const context = await this.#process();
    const left = { calls: Math.floor(this.#chance() * 30 * specs.length) };
    const items = await this.#refresh(specs, { ...context, ports: mortal(context.ports, left) }).catch(() => []);
    this.#tally(items);
    if (left.calls > 0) return;
    this.#count.killed += 1;
    await this.#look(specs, 'right after a runner was killed');
  }

  #tally(items: readonly RefreshItem[]): void {
    this.#count.built += items.filter(({ outcome }) => outcome === 'published').length;
    this.#count.mended += items.filter(({ outcome }) => outcome === 'reconciled').length;
  }

  /** Runners come until one finds nothing to do; what a killed one holds is waited for. */
  async #untilQuiet(specs: readonly ImageSpec[], step: number): Promise<void> {
    let last: readonly string[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const before = this.#watch.writes;
      const items = await this.#refresh(specs, await this.#process());
      this.#tally(items);
      for (const { image, outcome } of items) if (outcome === 'failed') this.#watch.accuse(`fortnight ${step}: ${image} failed`);
      last = items.flatMap(({ image, action, outcome, issues, drifts }) =>
        action === 'none' ? [] : [[image, action, outcome, ...drifts.map(({ kind }) => kind), ...issues.map(({ code }) => code)].join(' ')],
      );
      const acted = items.some(({ action }) => action !== 'none' && action !== 'wait');
      if (!acted && this.#watch.writes !== before) this.#watch.accuse(`fortnight ${step}: nothing was due and something was written`);
      if (!acted && !items.some(isHeldByRunner)) {
        this.#count.quiet += 1;
        return;
      }
      await this.#look(specs, `fortnight ${step}, turn ${turn}`);
      // A runner that was killed holds its image until it cannot be alive any more.
      if (!acted) this.#sandbox.clock.advance(86_400);
    }
    this.#watch.accuse(`fortnight ${step}: it never became quiet: ${last.join('; ')}`);
  }

  async #retire(specs: readonly ImageSpec[]): Promise<void> {
    const context = await this.#process();
    const { actions } = await retire(specs, context, { dryRun: false });
    this.#count.retired += actions.filter(({ outcome }) => outcome === 'done').length;
    const scope = {
      subscriptions: [...new Set(specs.map(({ target }) => target.subscription))],
      definitions: specs.map(({ target }) => target),
    };
    await sweep(scope, { staged: true, dryRun: false }, context.ports, {});
  }

  /** What must hold whenever nobody is at work. */
  #look(specs: readonly ImageSpec[], when: string, settled?: Date): Promise<void> {
    return this.#watch.look(specs, this.#context.ports.gallery, when, settled);
  }

  /** One more machine runs a version in one of its regions; those of before are gone or stay. */
  async #choose(specs: readonly ImageSpec[]): Promise<void> {
    const stay = this.#watch.users.filter(() => this.#chance() < 0.7);
    const [spec] = specs.toSorted(() => this.#chance() - 0.5);
    const versions = spec ? await this.#context.ports.gallery.versions(spec.target) : [];
    const fit = versions.filter((version) => stateOf(version) === 'released');
    const version = fit[Math.floor(this.#chance() * fit.length)];
    const region = version?.targetRegions[Math.floor(this.#chance() * version.targetRegions.length)];
    if (version === undefined || region === undefined) {
      this.#watch.nowUsedBy(stay);
      return;
    }
    const name = `vm-${this.#runs}`;
    const definition = version.id.split('/').slice(0, -2).join('/');
    const machine = {
      kind: 'virtual-machine',
      id: `/machines/${name}`,
      name,
      location: region.name,
      definition,
      version: version.id,
    } as const;
    this.#watch.nowUsedBy([...stay, machine]);
  }

  /** Exact bases of the current versions, once each. */
  async #bases(specs: readonly ImageSpec[]): Promise<readonly string[]> {
    const tags = await Promise.all(
      specs.map(async ({ target }) =>
        (await this.#context.ports.gallery.versions(target)).map((version) => version.tags[ORIGIN_TAGS.base] ?? ''),
      ),
    );
    return [...new Set(tags.flat().map((urn) => urn.split(':').slice(0, 3).join(':')))].filter((urn) => urn !== '');
  }

  #release(base: string): void {
    const [publisher = '', offer = '', sku = ''] = base.split(':');
    const day = this.#sandbox.clock.now().toISOString().slice(0, 10).replaceAll('-', '');
    this.#sandbox.change({ kind: 'base-released', publisher, offer, sku, version: `99.0.${day}` });
  }

  #ami(step: number): void {
    const id = step.toString(16).padStart(17, '0');
    const made = this.#sandbox.clock.now().toISOString();
    this.#sandbox.change({
      kind: 'ami-made',
      region: GOLDEN.region,
      like: 'web-golden-2026-10-01',
      ami: { ImageId: `ami-${id}`, Name: `web-golden-${made.slice(0, 10)}`, CreationDate: made },
    });
  }

  async #revoke(specs: readonly ImageSpec[]): Promise<void> {
    const [spec] = specs;
    const versions = spec ? await this.#context.ports.gallery.versions(spec.target) : [];
    const bad = versions.filter((version) => stateOf(version) === 'released').at(-1);
    if (spec === undefined || bad === undefined) return;
    await revoke(spec, specs, await this.#process(), { version: bad.name, reason: 'key in the image', cascade: true, dryRun: false });
    this.#count.revoked += 1;
  }

  async #deprecate(specs: readonly ImageSpec[]): Promise<void> {
    const [publisher = '', offer = '', sku = ''] = (await this.#bases(specs))[0]?.split(':') ?? [];
    const time = new Date(this.#sandbox.clock.now().getTime() + 90 * 86_400_000).toISOString();
    this.#sandbox.change({
      kind: 'base-deprecated',
      publisher,
      offer,
      sku,
      deprecation: { state: 'ScheduledForDeprecation', time, alternative: { type: 'None', value: '' } },
    });
  }
}

/** Whether an image waits for a run that may still be at work. */
function isHeldByRunner({ action, drifts }: RefreshItem): boolean {
  return action === 'wait' && drifts.some(({ kind }) => kind === 'build-running');
}

/** Ports of a process that ends after so many calls: what is called then is never answered with success. */
function mortal(ports: Ports, left: { calls: number }): Ports {
  const ofPort = (port: object): object =>
    new Proxy(port, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== 'function') return found;
        return (...given: readonly unknown[]) => {
          left.calls -= 1;
          if (left.calls > 0) return found.apply(target, given);
          return Promise.reject(new Error('the runner was killed'));
        };
      },
    });
  const quiet: readonly string[] = ['clock', 'progress', 'assets', 'artifacts'];
  return new Proxy(ports, {
    get: (target, name) => {
      const port: unknown = Reflect.get(target, name);
      return typeof port === 'object' && port !== null && !quiet.includes(String(name)) ? ofPort(port) : port;
    },
  });
}
