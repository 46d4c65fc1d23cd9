import type { AwsOptions } from '../adapters/aws/clients.ts';
import type { Identity } from '../adapters/azure/connection/credential.ts';
import { type AzureCloud, discoverCloud, PUBLIC_CLOUD } from '../adapters/azure/connection/discover.ts';
import { RegildError } from '../errors.ts';
import type { Run } from '../model/index.ts';
import type { Sandbox, SandboxState } from '../sandbox/index.ts';
import type { Clouds } from './clouds.ts';
import type { Io } from './command.ts';
import { parseSpeed } from './sandbox-speed.ts';
import { type StateIo, withState } from './sandbox-state.ts';

/** Where the clouds answer and as whom to speak to them: the only thing that differs between the sandbox and real clouds. */
export interface Connection {
  readonly aws: AwsOptions;
  readonly azure: AzureCloud;
  readonly identity: Identity;
  /** PEM of a certificate authority to trust instead of the well-known ones. */
  readonly ca: string | undefined;
  readonly pollMilliseconds: number;
  /** Pause before a request is tried again for the first time; the SDK's own when absent. */
  readonly retryMilliseconds?: number | undefined;
  readonly names: Run['clouds'];
  /** Whether a VM that is made there can be spoken to: in the sandbox of this process none ever boots. */
  readonly machines: 'real' | 'simulated';
  /** By how many milliseconds the clouds are ahead of this machine: those of a remembered sandbox go on where they stopped. */
  readonly ahead: number;
  readonly close: () => Promise<void>;
}

/** The service asks callers to poll no more often than this (compute throttling: 15 looks a minute at one operation). */
const CLOUD_POLL_MILLISECONDS = 10_000;
const SANDBOX_POLL_MILLISECONDS = 150;
/** Virtual seconds per second: the hour of a build and a replication passes in a few seconds, slow enough to watch. */
const SANDBOX_SPEED = 600;

/** For whom a sandbox may remember; absent where nothing is written. */
interface Remembered {
  readonly io?: StateIo;
}

/** Starts the sandbox, or finds out where the real clouds answer. Throws SANDBOX_STATE for a state that cannot be used. */
export async function connectClouds(clouds: Clouds, environment: Io['environment'], { io }: Remembered = {}): Promise<Connection> {
  return clouds.kind === 'sandbox' ? connectSandbox(clouds.subscription, environment, io) : connectReal(clouds.metadataUrl, environment);
}

/** Hands over where AWS answers, for a verb that asks AWS alone, and takes it down again. */
export async function withAws<Result>(
  clouds: Clouds,
  { environment, diagnostics, signal }: Pick<Io, 'environment' | 'diagnostics' | 'signal'>,
  use: (aws: AwsOptions, simulated: boolean) => Promise<Result>,
): Promise<Result> {
  const { aws, names, close } = await connectClouds(clouds, environment);
  if (names.simulated) diagnostics.write('sandbox     AWS is simulated: no account is asked\n');
  try {
    return await use({ ...aws, signal }, names.simulated);
  } finally {
    await close();
  }
}

async function connectSandbox(subscription: string, environment: Io['environment'], io: StateIo | undefined): Promise<Connection> {
  const clock = { kind: 'real', speed: speedOf(environment) } as const;
  const { startSandbox } = await import('../sandbox/index.ts');
  const start = (state: SandboxState | undefined) => startSandbox({ clock, subscription, ...(state && { state }) });
  return sandboxConnection(await (io === undefined ? start(undefined) : withState(io, start)));
}

function speedOf({ REGILD_SANDBOX_SPEED: given }: Io['environment']): number {
  const speed = given === undefined ? SANDBOX_SPEED : parseSpeed(given);
  if (speed !== undefined) return speed;
  throw new RegildError('USAGE', `REGILD_SANDBOX_SPEED ${JSON.stringify(given)} is no speed`, {
    hint: 'set it to virtual seconds per second, a number above 0, or leave it out',
  });
}

/** How to reach a sandbox that was started in this process. */
export async function sandboxConnection(sandbox: Sandbox): Promise<Connection> {
  const { endpoints, tenant, clientId, clientSecret, caPem } = sandbox;
  return {
    aws: { endpoint: endpoints.ec2, credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' }, ca: caPem },
    azure: await discoverCloud(endpoints.metadata, { ca: caPem }),
    identity: { kind: 'client-secret', tenant, clientId, clientSecret },
    ca: caPem,
    pollMilliseconds: SANDBOX_POLL_MILLISECONDS,
    names: { aws: 'sandbox', azure: 'sandbox', simulated: true },
    machines: 'simulated',
    ahead: sandbox.ahead,
    close: () => sandbox.close(),
  };
}

async function connectReal(metadataUrl: string | undefined, environment: Io['environment']): Promise<Connection> {
  const azure = metadataUrl
    ? await discoverCloud(metadataUrl)
    : { ...PUBLIC_CLOUD, authority: environment.AZURE_AUTHORITY_HOST ?? PUBLIC_CLOUD.authority };
  const { simulated } = azure;
  return {
    aws: { proxy: environment },
    azure,
    identity: { kind: 'default', environment },
    ca: undefined,
    pollMilliseconds: simulated ? SANDBOX_POLL_MILLISECONDS : CLOUD_POLL_MILLISECONDS,
    names: { aws: awsName(environment), azure: azure.name, simulated },
    machines: 'real',
    ahead: 0,
    close: async () => {},
  };
}

/** Where AWS answers, as its SDK reads the environment: an address for one service goes before the one for all (docs.aws.amazon.com/sdkref: endpoint). */
function awsName(environment: Io['environment']): string {
  if (environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return 'AWS';
  const services = ['EC2', 'EBS', 'SSM'].map((service) => ({
    service,
    name: environment[`AWS_ENDPOINT_URL_${service}`] ?? environment.AWS_ENDPOINT_URL ?? 'AWS',
  }));
  const names = [...Map.groupBy(services, ({ name }) => name)];
  const [only] = names;
  if (names.length === 1 && only !== undefined) return only[0];
  return names.map(([name, same]) => `${name} (${same.map(({ service }) => service).join(', ')})`).join(', ');
}
