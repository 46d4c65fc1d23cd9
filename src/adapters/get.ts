import { directAgent } from './direct-agent.ts';

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM of the certificate authority to trust instead of the well-known ones. */
  readonly ca?: string | undefined;
}

export interface GetAnswer {
  readonly status: number;
  readonly body: string;
}

/** Milliseconds without an answer after which a request has failed. */
const PATIENCE = 30_000;

/**
 * One GET by HTTPS, through the proxy that `HTTPS_PROXY` names unless `NO_PROXY` excepts the host, as the Azure SDKs send theirs; this machine's own addresses
 * are reached directly. Throws what the transport throws; any status is an answer.
 */
export async function get(url: URL, { headers = {}, ca }: GetOptions = {}): Promise<GetAnswer> {
  const { createDefaultHttpClient, createEmptyPipeline, createHttpHeaders, createPipelineRequest, proxyPolicy } = await import(
    '@azure/core-rest-pipeline'
  );
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(proxyPolicy());
  const agent = directAgent(url.href, ca);
  const request = createPipelineRequest({
    url: url.href,
    headers: createHttpHeaders({ accept: 'application/json', ...headers }),
    abortSignal: AbortSignal.timeout(PATIENCE),
  });
  // The constructor passes over both.
  if (agent) request.agent = agent;
  if (ca !== undefined) request.tlsSettings = { ca };
  const { status, bodyAsText } = await pipeline.sendRequest(createDefaultHttpClient(), request);
  return { status, body: bodyAsText ?? '' };
}
