import type { BuildPlan, ExistingVersion, OnError, RenderedTemplate, VmSize } from '../../src/model/index.ts';
import { SCHEMA_VERSION } from '../../src/model/index.ts';
import type { Claims, Context, Gallery, ImageBuilder, Leftovers, Packer } from '../../src/ports.ts';
import { fakeAssets } from './fixtures.ts';

/** What the gallery has once an engine has built. */
const BUILT: ExistingVersion = {
  id: 'built-id',
  name: '2026.1121.1',
  location: 'westeurope',
  excludeFromLatest: true,
  provisioningState: 'Succeeded',
  published: undefined,
  targetRegions: [],
  replication: [],
  excludedRegions: [],
  safety: { blockDeletionBeforeEndOfLife: false, allowDeletionOfReplicatedLocations: false },
  tags: { 'regild-run': '20261121t081502-3f9a', 'regild-digest': 'd'.repeat(64) },
};

export interface Fakes {
  /** By default nobody else builds. */
  readonly claims?: Partial<Claims>;
  readonly imageBuilder?: Partial<ImageBuilder>;
  readonly packer?: Partial<Packer>;
  readonly gallery?: Partial<Gallery>;
  readonly version?: ExistingVersion;
  readonly leftovers?: Partial<Leftovers>;
  /** What the command line says of machines in which something failed. */
  readonly onError?: OnError;
  /** Sizes of the location, asked where there is no room for the first. */
  readonly sizes?: readonly VmSize[];
  readonly signal?: AbortSignal;
  /** By default no pause ever ends, and so no limit is reached. */
  readonly sleep?: Context['ports']['clock']['sleep'];
}

/** A context in which everything that an engine does is written down in `calls`, in order; ports that are not faked are missing. */
export function fakeContext(fakes: Fakes = {}): { readonly context: Context; readonly calls: readonly unknown[] } {
  const calls: unknown[] = [];
  const call =
    <Result>(name: string, result: Result) =>
    async (...given: readonly unknown[]) => {
      calls.push([name, ...given.filter((one) => typeof one !== 'object' || one === null || !('signal' in one))]);
      return result;
    };
  let built = false;
  const building =
    <Given extends readonly unknown[]>(build: (...given: Given) => Promise<string>) =>
    async (...given: Given) => {
      const id = await build(...given);
      built = true;
      return id;
    };
  const imageBuilder: ImageBuilder = {
    buildLog: async () => undefined,
    cancel: call('template.cancel', undefined),
    remove: call('template.remove', undefined),
    api: '2025-10-01',
    ...fakes.imageBuilder,
    build: building(fakes.imageBuilder?.build ?? call('template.build', 'built-id')),
  };
  const packer: Packer = {
    kind: 'program',
    version: async () => '1.16.0',
    plugin: async () => '2.6.3',
    init: async () => {},
    ...fakes.packer,
    build: building(fakes.packer?.build ?? call('packer.build', 'artifact-id')),
  };
  const times = ['2026-11-21T08:15:02.000Z', '2026-11-21T09:15:02.000Z'];
  const claims: Claims = { take: async () => undefined, release: async () => {}, ...fakes.claims };
  const ports: Partial<Context['ports']> = {
    claims,
    assets: fakeAssets(),
    imageBuilder,
    packer,
    clock: { now: () => new Date(times.shift() ?? 0), sleep: fakes.sleep ?? (() => new Promise(() => {})) },
    progress: { emit: (event) => void calls.push(event) },
  };
  const context = {
    ports: {
      ...ports,
      gallery: {
        version: async () => (built ? BUILT : fakes.version),
        removeVersion: call('gallery.removeVersion', undefined),
        ...fakes.gallery,
      },
      subscription: { sizes: async () => fakes.sizes ?? [] },
      leftovers: fakes.leftovers,
      artifacts: { saveFiles: call('saveFiles', '/run/folder'), log: call('log', undefined) },
    },
    run: {
      id: '20261121t081502-3f9a',
      started: new Date('2026-11-21T08:15:02Z'),
      deadline: new Date('2026-11-22T08:15:02Z'),
      ...(fakes.onError && { onError: fakes.onError }),
      signal: fakes.signal ?? new AbortController().signal,
      clouds: { aws: 'sandbox', azure: 'sandbox', simulated: true },
    },
  } as unknown as Context;
  return { context, calls };
}

/** A rendered template with these files. */
export function rendered(plan: BuildPlan, files: RenderedTemplate['files']): RenderedTemplate {
  return {
    kind: 'RenderedTemplate',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    engine: plan.engine,
    digest: plan.digest,
    files,
    issues: [],
  };
}
