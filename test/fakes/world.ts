import { libraryFiles, scriptPath } from '../../src/guest/scripts.ts';
import { type ExistingVersion, sha256, type Tags, type VersionRef } from '../../src/model/index.ts';
import { planDigest } from '../../src/plan/digest.ts';
import type { Context, RunningVm } from '../../src/ports.ts';
import { fakeContext, NOW } from './context.ts';
import { inventoryAnswer } from './inventory-answer.ts';
import { ownFiles } from './own-files.ts';
import { aCheck, aMatch, anAnalysis, aPlan, aSpec, aVersion } from './values.ts';

/** When a run is resumed. */
export const LATER = new Date(NOW.getTime() + 86_400_000);

/** What happens in one process that works on the world. */
export interface Circumstances {
  readonly now?: Date;
  /** When the process started; `now` when absent. */
  readonly started?: Date;
  readonly signal?: AbortSignal;
  /** The process dies right after this, once: `promote`, `replicate`, or `save` and the kind of an artifact. */
  readonly dieAt?: string;
  /** The build takes longer than it may. */
  readonly slowBuild?: boolean;
  readonly onBoot?: () => void;
  readonly onReplicate?: () => void;
  /** Images whose run folder cannot be read, with the error. */
  readonly loadFails?: Readonly<Record<string, Error>>;
}

/** Clouds and a run folder that outlive the processes working on them. */
export interface World {
  readonly started: Date;
  /** What was asked of the clouds, in order. */
  readonly did: string[];
  /** What changed in the gallery, in order. */
  readonly writes: readonly string[];
  /** Temporary resource groups that exist. */
  readonly groups: ReadonlySet<string>;
  /** Deadlines that test VMs were tagged with. */
  readonly deadlines: readonly string[];
  stage(version: string, tags: Tags): void;
  drop(version: string): void;
  context(circumstances: Circumstances): Context;
}

/** A world in which the run `run-1` has planned these images and built none. */
export function aWorld(images: readonly string[]): World {
  const state: State = { did: [], writes: [], groups: new Set(), deadlines: [], versions: new Map(), folder: new Map() };
  for (const [number, image] of images.entries()) {
    for (const artifact of plannedArtifacts(image, number)) save(state, image, artifact);
  }
  return {
    ...state,
    started: NOW,
    stage: (version, tags) => void put(state, version, { tags }),
    drop: (version) => void state.versions.delete(version),
    context: (circumstances) => contextOf(state, circumstances),
  };
}

interface State {
  readonly did: string[];
  readonly writes: string[];
  readonly groups: Set<string>;
  readonly deadlines: string[];
  readonly versions: Map<string, ExistingVersion>;
  readonly folder: Map<string, unknown>;
}

function put({ versions }: State, name: string, change: Partial<ExistingVersion>): ExistingVersion {
  const version = { ...(versions.get(name) ?? aVersion({ id: `/versions/${name}`, name })), ...change };
  versions.set(name, version);
  return version;
}

/** As it looks after a journey through JSON. */
function save({ folder }: State, image: string, artifact: { readonly kind: string }): void {
  folder.set(`${image}/${artifact.kind}`, JSON.parse(JSON.stringify(artifact)));
}

/** The scripts of this world's installation, which are all empty. */
const SCRIPTS = [...libraryFiles('linux'), ...['checks', 'record', 'checks/boots'].map((name) => scriptPath('linux', name))].map(
  (path) => ({
    path,
    sha256: sha256(''),
  }),
);

/** What a run folder holds once an image is planned. */
function plannedArtifacts(image: string, number: number): readonly ({ readonly kind: string } & Readonly<Record<string, unknown>>)[] {
  const common = { schemaVersion: 1, image, issues: [] };
  const files = [{ path: 'template.json', content: TEMPLATE }];
  const draft = aPlan({ image, version: `2026.1121.${number}`, checks: [aCheck('boots', 'block')], guestScripts: SCRIPTS });
  const plan = { ...draft, digest: planDigest(draft) };
  return [
    aSpec({ name: image }),
    { ...anAnalysis(), image },
    { ...aMatch(), image },
    plan,
    { ...common, kind: 'Preflight', checks: [] },
    { ...common, kind: 'RenderedTemplate', engine: 'image-builder', digest: plan.digest, files },
  ];
}

const TEMPLATE = JSON.stringify({ tags: {}, properties: { managedResourceTags: {}, distribute: [{ artifactTags: {} }] } });

/** Milliseconds. */
const BUILD_LIMIT = aPlan().build.timeoutMinutes * 60_000;

function contextOf(state: State, circumstances: Circumstances): Context {
  const { now = NOW, started = now, signal = new AbortController().signal, slowBuild = false, loadFails = {} } = circumstances;
  let dieAt = circumstances.dieAt;
  const mayDie = (point: string) => {
    if (point !== dieAt) return;
    dieAt = undefined;
    throw new Error('killed');
  };
  const run = { id: 'run-1', started, deadline: new Date(started.getTime() + 86_400_000), signal };
  const { promise: building, resolve: startBuilding } = Promise.withResolvers<void>();
  const fake = fakeContext({
    clock: { now: () => now, sleep: (milliseconds) => (slowBuild && milliseconds === BUILD_LIMIT ? building : new Promise(() => {})) },
    subscription: { sizes: async () => [], quotas: async () => [] },
    assets: {
      ...ownFiles(async (path) => (path.startsWith('packer-templates/') ? TEMPLATE : '')),
      user: async () => undefined,
      userFile: async () => undefined,
    },
    artifacts: {
      load: async (image, kind) => {
        if (loadFails[image]) throw loadFails[image];
        return state.folder.get(`${image}/${kind}`);
      },
      saveFiles: async (_image, folder) => folder,
      save: async (image, artifact) => {
        mayDie(`save ${artifact.kind}`);
        save(state, image, artifact);
      },
    },
    claims: { take: async () => undefined, release: async () => {} },
    imageBuilder: {
      api: '2025-10-01',
      build: async ({ name }, body, wait) => {
        state.did.push(`build ${name.split('-')[1]}`);
        startBuilding();
        if (slowBuild) await untilAborted(wait.signal);
        const { version } = [...state.folder.values()].find((one) => isPlanOf(one, name.split('-')[1] ?? '')) ?? aPlan();
        state.writes.push(`${version} staged`);
        return put(state, version, { tags: (body as { readonly tags: Tags }).tags }).id;
      },
      cancel: async () => {},
      remove: async () => {},
    },
    gallery: {
      ensureGallery: async () => 'existed',
      definition: async () => ({}) as never,
      settleDefinition: async () => true,
      version: async ({ version }) => state.versions.get(version),
      versions: async () => [...state.versions.values()],
      removeVersion: async ({ version }) => void state.versions.delete(version),
      replicate: async (ref, regions, wait) => {
        state.did.push('replicate');
        state.writes.push(`${ref.version} replicated`);
        const replication = regions.map(({ name }) => ({ name, state: 'Completed' as const, progress: 100 }));
        put(state, ref.version, { targetRegions: regions, replication });
        circumstances.onReplicate?.();
        if (wait.signal?.aborted) throw wait.signal.reason;
        mayDie('replicate');
        return replication;
      },
      setVersion: async ({ version }: VersionRef, change) => {
        mayDie('promote');
        state.did.push('promote');
        const before = JSON.stringify(state.versions.get(version));
        const { safety: _, ...set } = change;
        const after = put(state, version, JSON.parse(JSON.stringify(set)));
        if (JSON.stringify(after) !== before) state.writes.push(`${version} promoted`);
        return after;
      },
    },
    testVm: {
      withVm: async (request, wait, use) => {
        const group = `rg-regild-${request.runId}-${request.plan.image}-${request.shape.vmSize}`;
        state.groups.add(group);
        state.deadlines.push(request.deadline);
        try {
          state.did.push(`boot ${request.shape.vmSize}`);
          circumstances.onBoot?.();
          wait.signal?.throwIfAborted();
          return await use(VM);
        } finally {
          state.groups.delete(group);
        }
      },
    },
  });
  return { ...fake, run: { ...fake.run, ...run } };
}

const VM: RunningVm = {
  name: 'regild-test',
  secondsToReady: 60,
  run: async (script) => inventoryAnswer(script) ?? { stdout: 'regild-check\tboots\tpass\t\n', stderr: '' },
  restart: async () => undefined,
  serialLog: async () => undefined,
};

function isPlanOf(artifact: unknown, image: string): artifact is { readonly version: string } {
  const { kind, image: of } = artifact as { readonly kind?: string; readonly image?: string };
  return kind === 'BuildPlan' && of === image;
}

async function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}
