import type { BuildPlan, ExistingVersion, RenderedTemplate } from '../../src/model/index.ts';
import { SCHEMA_VERSION } from '../../src/model/index.ts';
import type { Context, Gallery, ImageBuilder, Packer } from '../../src/ports.ts';
import { fakeAssets } from './fixtures.ts';

export interface Fakes {
  readonly imageBuilder?: Partial<ImageBuilder>;
  readonly packer?: Partial<Packer>;
  readonly gallery?: Partial<Gallery>;
  readonly version?: ExistingVersion;
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
  const imageBuilder: ImageBuilder = {
    build: call('template.build', 'built-id'),
    buildLog: async () => undefined,
    cancel: call('template.cancel', undefined),
    remove: call('template.remove', undefined),
    ...fakes.imageBuilder,
  };
  const packer: Packer = {
    kind: 'program',
    version: async () => '1.16.0',
    build: call('packer.build', 'artifact-id'),
    ...fakes.packer,
  };
  const times = ['2026-11-21T08:15:02.000Z', '2026-11-21T09:15:02.000Z'];
  const ports: Partial<Context['ports']> = {
    assets: fakeAssets(),
    imageBuilder,
    packer,
    clock: { now: () => new Date(times.shift() ?? 0), sleep: fakes.sleep ?? (() => new Promise(() => {})) },
    progress: { emit: (event) => void calls.push(event) },
  };
  const context = {
    ports: {
      ...ports,
      gallery: { version: async () => fakes.version, removeVersion: call('gallery.removeVersion', undefined), ...fakes.gallery },
      artifacts: { saveFiles: call('saveFiles', '/run/folder'), log: call('log', undefined) },
    },
    run: {
      id: '20261121t081502-3f9a',
      started: new Date('2026-11-21T08:15:02Z'),
      deadline: new Date('2026-11-22T08:15:02Z'),
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
