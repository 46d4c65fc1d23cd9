import { resolve } from 'node:path';
import { createAssets } from '../adapters/assets.ts';
import { createSnapshots } from '../adapters/aws/ebs.ts';
import { createEc2 } from '../adapters/aws/ec2.ts';
import { createInventory } from '../adapters/aws/inventory.ts';
import { createManagedInstances } from '../adapters/aws/managed-instances.ts';
import { createBlobs } from '../adapters/azure/blobs.ts';
import { createClaims } from '../adapters/azure/claims.ts';
import { createCredential } from '../adapters/azure/connection/credential.ts';
import { connectAzure } from '../adapters/azure/connection/index.ts';
import type { OperationLimits } from '../adapters/azure/connection/operation-limit.ts';
import { createGallery } from '../adapters/azure/gallery/index.ts';
import { simulatedPacker } from '../adapters/azure/gallery/simulated-packer.ts';
import { createImageBuilder } from '../adapters/azure/image-builder/index.ts';
import { createLeftovers } from '../adapters/azure/leftovers/index.ts';
import { cached } from '../adapters/azure/marketplace/cached.ts';
import { diskCache } from '../adapters/azure/marketplace/disk-cache.ts';
import { createMarketplace } from '../adapters/azure/marketplace/index.ts';
import { createSubscription } from '../adapters/azure/subscription.ts';
import { createTestVm } from '../adapters/azure/test-vm/index.ts';
import { createVersionUsers } from '../adapters/azure/version-users.ts';
import { clockAhead, systemClock } from '../adapters/clock.ts';
import { askOnTerminal, NOBODY } from '../adapters/console/ask.ts';
import { type ConsoleProgress, createConsole } from '../adapters/console/index.ts';
import { createEventLog, tellAll } from '../adapters/event-log.ts';
import { withoutOtherIdentities } from '../adapters/packer/environment.ts';
import { createPacker } from '../adapters/packer/index.ts';
import { createSigner } from '../adapters/signer.ts';
import { createSsh, SIMULATED_SSH } from '../adapters/ssh.ts';
import type { Catalog } from '../catalog/schema.ts';
import { type ImageSpec, RUN_LIFETIME } from '../model/index.ts';
import type { Artifacts, Context, Operator, Ports, Progress } from '../ports.ts';
import { visible } from '../report/encode.ts';
import type { SurveyPorts } from '../survey/index.ts';
import { movesCursor } from '../terminal/surface.ts';
import { cacheFolder } from './cache-folder.ts';
import { chooseClouds, onlyAws, simulatedClouds } from './clouds.ts';
import type { Io } from './command.ts';
import { type Connection, connectClouds, withAws } from './connect-clouds.ts';
import { createContents } from './contents.ts';
import { catalogFor, installation, version } from './installation.ts';
import type { Fleet } from './manifest.ts';
import { artifactsOfNoRun } from './no-run.ts';
import type { FleetFlags } from './options.ts';
import { newRunId } from './run-id.ts';

export interface Wiring {
  readonly fleet: Fleet;
  readonly flags: Pick<FleetFlags, 'sandbox' | 'json' | 'cache' | 'events'>;
  readonly io: Io;
  readonly artifacts: Artifacts;
}

/**
 * Connects every port, hands the context to `use`, and takes everything down again. What `use` says on the diagnostics that it is handed stands above what is
 * drawn there.
 */
export async function withPorts<Result>(wiring: Wiring, use: (context: Context, io: Io) => Promise<Result>): Promise<Result> {
  const { fleet, flags, io } = wiring;
  const clouds = chooseClouds(fleet.specs, flags.sandbox ?? false, io.environment);
  // First: a catalog that cannot be read must not leave a sandbox listening, which would keep the process alive.
  const catalog = await catalogFor(io);
  // So too for a file that cannot be begun.
  const log = flags.events === undefined ? undefined : createEventLog(resolve(io.folder, flags.events), systemClock);
  const connection = await connectClouds(clouds, io.environment, { io });
  if (connection.names.simulated) io.diagnostics.write(`sandbox     ${simulatedClouds(connection.names)}\n`);
  const clock = clockAhead(connection.ahead);
  const started = clock.now();
  const progress = await createConsole({
    stream: io.diagnostics,
    mode: io.interactive && movesCursor(io.environment) ? 'live' : 'lines',
    color: io.color,
  });
  try {
    const context: Context = {
      ports: await createPorts(connection, {
        folder: fleet.folder,
        catalog: async () => catalog,
        environment: io.environment,
        cache: cacheFolder({ wanted: flags.cache, clouds: clouds.kind, simulated: connection.names.simulated }, io),
        artifacts: wiring.artifacts,
        clock,
        progress: log === undefined ? progress : tellAll(progress, log),
        operator: operatorOf(io, progress),
        signal: io.signal,
        limits: longestLimits(fleet.specs),
      }),
      catalog,
      run: {
        id: newRunId(started),
        toolVersion: version,
        started,
        deadline: new Date(started.getTime() + RUN_LIFETIME),
        signal: io.signal,
        clouds: connection.names,
      },
    };
    return await use(context, { ...io, diagnostics: sayingAbove(io.diagnostics, progress) });
  } finally {
    progress.close();
    await connection.close();
  }
}

/** The same stream, but what is written to it is said by who draws on it. */
function sayingAbove(stream: Io['diagnostics'], progress: ConsoleProgress): Io['diagnostics'] {
  const write = (text: string) => {
    progress.say(text);
    return true;
  };
  return Object.create(stream, { write: { value: write } });
}

/** The images of a fleet share one connection: what one of them allows, all do. */
function longestLimits(specs: readonly ImageSpec[]): OperationLimits | undefined {
  if (specs.length === 0) return undefined;
  const longest = (kind: keyof OperationLimits) => Math.max(...specs.map(({ timeouts }) => timeouts[kind]));
  return { operation: longest('operation'), replication: longest('replication') };
}

/** Questions are asked where a person watches, and standard input is theirs. */
function operatorOf({ interactive, input, diagnostics, signal }: Io, { view }: ConsoleProgress): Operator {
  return interactive && input !== undefined ? askOnTerminal({ input, stream: diagnostics, view, signal }) : NOBODY;
}

/** The Marketplace and the subscription to ask as, for verbs without images; every answer is fresh. */
export function withMarketplace<Result>(
  { subscription, sandbox }: { readonly subscription: string; readonly sandbox: boolean },
  io: Io,
  use: (ports: Pick<Ports, 'marketplace' | 'subscription'>, clouds: Connection['names']) => Promise<Result>,
): Promise<Result> {
  return withSubscriptions([subscription], sandbox, io, use);
}

/** What runs left behind in these subscriptions, for verbs without images. */
export function withLeftovers<Result>(
  { subscriptions, sandbox }: { readonly subscriptions: readonly string[]; readonly sandbox: boolean },
  io: Io,
  use: (ports: Pick<Ports, 'leftovers' | 'clock'>) => Promise<Result>,
): Promise<Result> {
  return withSubscriptions(subscriptions, sandbox, io, use);
}

/** Who is no run tells what concerns the connection all the same: that a cloud does not answer, and until when it is waited for. */
function notices({ diagnostics }: Io): Pick<Progress, 'emit'> {
  return {
    emit: (event) => {
      if (event.kind === 'notice') diagnostics.write(`note        ${visible(event.text)}\n`);
    },
  };
}

/** Connects every port for work in these subscriptions that is no run, hands them over, and takes them down again. */
async function withSubscriptions<Result>(
  subscriptions: readonly string[],
  sandbox: boolean,
  io: Io,
  use: (ports: Ports, clouds: Connection['names']) => Promise<Result>,
): Promise<Result> {
  const { environment, folder, signal } = io;
  const targets = subscriptions.map((subscription) => ({ target: { subscription } }));
  const connection = await connectClouds(chooseClouds(targets, sandbox, environment), environment, { io });
  try {
    const own = {
      folder,
      catalog: () => catalogFor(io),
      environment,
      artifacts: artifactsOfNoRun,
      clock: clockAhead(connection.ahead),
      progress: notices(io),
      signal,
    };
    return await use(await createPorts(connection, own), connection.names);
  } finally {
    await connection.close();
  }
}

/** Connects what a survey asks of AWS, hands it over, and takes it down again. Azure is not spoken to. */
export async function withInventory<Result>(
  sandbox: boolean,
  io: Io,
  catalog: Catalog,
  use: (ports: SurveyPorts) => Promise<Result>,
): Promise<Result> {
  return withAws(onlyAws(sandbox), io, (aws, simulated) => {
    const tell = (text: string) => notices(io).emit({ kind: 'notice', text });
    const options = { ...aws, tell, knownRegions: async () => regionIds(catalog) };
    const sources = {
      ...{ snapshots: createSnapshots(options), instances: createManagedInstances(options) },
      ...{ folder: io.folder, catalog: async () => catalog, simulated },
    };
    return use({
      ec2: createEc2(options),
      inventory: createInventory(options),
      contents: createContents(sources),
      clock: systemClock,
    });
  });
}

/** What a run brings along itself: its folder, the manifest's folder, its time, and who watches. */
export interface OwnPorts extends Pick<Ports, 'artifacts' | 'clock' | 'progress'> {
  /** Absolute path of the manifest's folder. */
  readonly folder: string;
  /** By what the content of AMIs is judged. */
  readonly catalog: () => Promise<Catalog>;
  /** What Packer inherits where it is run. */
  readonly environment: Io['environment'];
  /** Absolute path of the folder that keeps answers of the Marketplace; undefined = ask every time. */
  readonly cache?: string | undefined;
  /** Who is asked; nobody when absent. */
  readonly operator?: Operator | undefined;
  /** The run's: its abort ends what is under way. */
  readonly signal?: AbortSignal | undefined;
  /** How long operations in Azure are waited for; the usual when absent. */
  readonly limits?: OperationLimits | undefined;
}

/** Every port over its real adapter; nothing is sent before the first use. */
export async function createPorts(
  { aws, azure, identity, ca, pollMilliseconds, retryMilliseconds, machines, names }: Connection,
  own: OwnPorts,
): Promise<Ports> {
  const { folder, cache, artifacts, clock, progress, signal } = own;
  const tell = (text: string) => progress.emit({ kind: 'notice', text });
  const cloud = connectAzure({
    armEndpoint: azure.arm,
    credential: await createCredential(identity, { authorityHost: azure.authority, ca }),
    ca,
    pollMilliseconds,
    retryMilliseconds,
    clock,
    userAgent: `regild/${version}`,
    signal,
    tell,
    limits: own.limits,
  });
  const marketplace = createMarketplace(cloud);
  const toAws = { ...aws, signal, tell, knownRegions: async () => regionIds(await own.catalog()) };
  return {
    ec2: createEc2(toAws),
    contents: createContents({
      snapshots: createSnapshots(toAws),
      instances: createManagedInstances(toAws),
      folder,
      catalog: own.catalog,
      simulated: names.simulated,
    }),
    marketplace: cache === undefined ? marketplace : cached(marketplace, { cloud: azure.arm, store: diskCache(cache, clock), clock }),
    gallery: createGallery(cloud),
    claims: createClaims(cloud),
    imageBuilder: createImageBuilder(cloud),
    packer: machines === 'simulated' ? simulatedPacker(cloud) : createPacker({ environment: packerSees(azure, own) }),
    testVm: createTestVm(cloud),
    ssh: machines === 'simulated' ? SIMULATED_SSH : createSsh(own.environment),
    subscription: createSubscription(cloud),
    leftovers: createLeftovers(cloud),
    versionUsers: createVersionUsers(cloud),
    blobs: createBlobs(cloud, azure.simulated ? `${azure.arm}/blob` : undefined),
    signer: createSigner({ folder, environment: own.environment, signal }),
    artifacts,
    assets: createAssets(installation(), folder),
    clock,
    progress,
    operator: own.operator ?? NOBODY,
  };
}

function regionIds({ regions }: Catalog): readonly string[] {
  return regions.map(({ id }) => id);
}

function packerSees({ simulated }: Connection['azure'], { environment }: OwnPorts): Io['environment'] {
  return simulated ? withoutOtherIdentities(environment) : environment;
}
