import type { ComputeManagementClient } from '@azure/arm-compute';
import type { ImageBuilderClient } from '@azure/arm-imagebuilder';
import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { ClientOptions } from '@azure-rest/core-client';
import type { Clock } from '../../../ports.ts';
import { directAgent } from '../../direct-agent.ts';
import { memoise } from '../../memoise.ts';
import { explainErrors } from '../errors/explain-errors.ts';
import type { Arm } from './arm.ts';
import { boundPauses } from './bound-pauses.ts';
import { cancelReads } from './cancel-reads.ts';
import { type Following, followOperations } from './follow-operations.ts';
import { knownForms } from './known-forms.ts';
import { listsThatEnd } from './lists-that-end.ts';
import { type OperationLimits, operationLimit, type RequireInTime } from './operation-limit.ts';
import { createOutlast, type Outlast } from './outlast.ts';
import { outlastOnceWriting } from './outlast-once-writing.ts';
import { repeatWrites } from './repeat-writes.ts';
import { limitRequests } from './request-limit.ts';
import { soundAnswers } from './sound-answers.ts';

export interface AzureOptions {
  /** Address of Azure Resource Manager, for example https://management.azure.com. */
  readonly armEndpoint: string;
  readonly credential: TokenCredential;
  /** PEM of the certificate authority to trust instead of the well-known ones. */
  readonly ca?: string | undefined;
  /** Pause between two looks at something that takes long. */
  readonly pollMilliseconds: number;
  readonly clock: Clock;
  /** Sent in front of the SDK's own user agent, for example regild/1.2.0. */
  readonly userAgent?: string | undefined;
  /** Retries per request, and the first pause between two; the SDK's defaults are 3 and 1000. */
  readonly maxRetries?: number | undefined;
  readonly retryMilliseconds?: number | undefined;
  /** How long one attempt at a request may take; 100 seconds when absent. */
  readonly requestMilliseconds?: number | undefined;
  /** How long an operation is waited for; the usual when absent. */
  readonly limits?: OperationLimits | undefined;
  /** Told of every request sent, retries included. */
  readonly onRequest?: ((method: string, url: string) => void) | undefined;
  /** The run's: its abort ends reads and waits that are under way. */
  readonly signal?: AbortSignal | undefined;
  /** Told, for whoever watches, what concerns the whole connection: that Azure does not answer. */
  readonly tell?: ((text: string) => void) | undefined;
  /** Transport to use instead of HTTPS. */
  readonly httpClient?: HttpClient | undefined;
}

/** One cloud and one identity: clients per subscription, made when they are first asked for; their SDKs are loaded then. */
export interface AzureConnection {
  compute(subscription: string): Promise<ComputeManagementClient>;
  imageBuilder(subscription: string): Promise<ImageBuilderClient>;
  arm(): Promise<Arm>;
  /** The text at a shared access link, asked for without the identity's token. */
  download(link: string): Promise<string | undefined>;
  /** The text of a blob, asked for with the identity's token for storage. */
  blob(address: string): Promise<string | undefined>;
  /** Writes a new blob of JSON; the service refuses one that is there (409). */
  createBlob(address: string, content: string): Promise<void>;
  /** For own looks at work that goes on by itself; those of the SDKs at operations go on through an outage anyway. */
  readonly outlast: Outlast;
  /** For own looks at an operation: throws TIMED_OUT for one that has gone on for too long. */
  readonly requireInTime: RequireInTime;
  /** The run's; what is made to clean up after its abort leaves it out. */
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  readonly pollMilliseconds: number;
}

/** Prepares a connection; nothing is sent before the first use. */
export function connectAzure(options: AzureOptions): AzureConnection {
  const { credential, clock, pollMilliseconds } = options;
  const armEndpoint = options.armEndpoint.replace(/\/+$/, '');
  const outlast = createOutlast(options);
  const requireInTime = operationLimit(options.limits);
  const pipeline = pipelineOptions(armEndpoint, { outlast, clock, requireInTime, cancelled: options.signal }, options);
  const client = { ...pipeline, endpoint: armEndpoint, credentials: { scopes: [`${armEndpoint}/.default`] } };
  const storage = async (address: string) => {
    const { getClient } = await import('@azure-rest/core-client');
    return getClient(new URL(address).origin, credential, { ...pipeline, credentials: { scopes: [STORAGE_SCOPE] } });
  };
  return {
    clock,
    pollMilliseconds,
    outlast,
    requireInTime,
    signal: options.signal,
    compute: memoise(async (subscription) => {
      const { ComputeManagementClient } = await import('@azure/arm-compute');
      return new ComputeManagementClient(credential, subscription, client);
    }),
    imageBuilder: memoise(async (subscription) => {
      const { ImageBuilderClient } = await import('@azure/arm-imagebuilder');
      return new ImageBuilderClient(credential, subscription, { ...client, apiVersion: IMAGE_BUILDER_API });
    }),
    arm: memoise(async () => {
      const [{ getClient }, { createArm }] = await Promise.all([import('@azure-rest/core-client'), import('./arm.ts')]);
      return createArm(getClient(armEndpoint, credential, client), pollMilliseconds);
    }),
    async download(link) {
      const { getClient } = await import('@azure-rest/core-client');
      const response = await getClient(new URL(link).origin, pipeline).pathUnchecked(link).get();
      return typeof response.body === 'string' ? response.body : undefined;
    },
    async blob(address) {
      const headers = { 'x-ms-version': STORAGE_VERSION, accept: 'text/plain' };
      const { body } = await (await storage(address)).pathUnchecked(address).get({ headers });
      if (body === undefined || typeof body === 'string') return body;
      // The client parses what says of itself that it is JSON.
      return JSON.stringify(body);
    },
    async createBlob(address, content) {
      const headers = {
        'x-ms-version': STORAGE_VERSION,
        'x-ms-blob-type': 'BlockBlob',
        'x-ms-blob-content-type': 'application/json',
        'if-none-match': '*',
      };
      const body = Buffer.from(content);
      await (await storage(address)).pathUnchecked(address).put({ headers, body, contentType: 'application/octet-stream' });
    },
  };
}

/** The one that the templates are rendered for. */
export const IMAGE_BUILDER_API = '2025-10-01';

/** Scope of tokens for the data of storage accounts, the same in every cloud (learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory). */
const STORAGE_SCOPE = 'https://storage.azure.com/.default';
/** Without it the service answers as in 2009, which knows no tokens. */
const STORAGE_VERSION = '2021-12-02';

function pipelineOptions(
  armEndpoint: string,
  following: Following,
  {
    ca,
    httpClient,
    onRequest,
    userAgent,
    maxRetries,
    retryMilliseconds,
    requestMilliseconds,
    pollMilliseconds,
    clock,
    signal,
    tell,
  }: AzureOptions,
): ClientOptions {
  const agent = directAgent(armEndpoint, ca);
  const repeated = repeatWrites({ ...following, pollMilliseconds });
  return {
    userAgentOptions: { userAgentPrefix: userAgent ?? 'regild' },
    retryOptions: {
      ...(maxRetries !== undefined && { maxRetries }),
      ...(retryMilliseconds !== undefined && { retryDelayInMs: retryMilliseconds }),
    },
    ...(agent && { agent }),
    ...(ca !== undefined && { tlsOptions: { ca } }),
    ...(httpClient && { httpClient }),
    additionalPolicies: [
      ...(signal ? [{ policy: cancelReads(signal), position: 'perCall' as const }] : []),
      { policy: outlastOnceWriting(following.outlast, signal), position: 'perCall' },
      { policy: followOperations(following), position: 'perCall' },
      { policy: knownForms(), position: 'perCall' },
      { policy: explainErrors(), position: 'perCall' },
      { policy: listsThatEnd(), position: 'perCall' },
      { policy: repeated.perCall, position: 'perCall' },
      { policy: repeated.perRetry, position: 'perRetry' },
      { policy: boundPauses(() => clock.now().getTime(), tell), position: 'perRetry' },
      { policy: soundAnswers(), position: 'perRetry' },
      { policy: limitRequests(requestMilliseconds), position: 'perRetry' },
      ...(onRequest ? [{ policy: announce(onRequest), position: 'perRetry' as const }] : []),
    ],
  };
}

function announce(onRequest: (method: string, url: string) => void): PipelinePolicy {
  return {
    name: 'announceRequests',
    sendRequest(request, next) {
      onRequest(request.method, request.url);
      return next(request);
    },
  };
}
