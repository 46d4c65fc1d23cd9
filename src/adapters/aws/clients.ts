import { Agent as HttpAgent } from 'node:http';
import { Agent } from 'node:https';
import type { EBSClient } from '@aws-sdk/client-ebs';
import type { EC2Client, EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { memoise } from '../memoise.ts';
import { pagesThatEnd } from './pages-that-end.ts';
import { limitedTransport, type Transport, type TransportOptions } from './transport.ts';

/** Where and as whom to speak to AWS. What is left out comes from the standard places: environment, profile, `AWS_ENDPOINT_URL_EC2`. */
export interface AwsOptions extends TransportOptions {
  /** Address that answers for EC2, SSM and EBS direct instead of AWS's own; what environment and profile say of addresses and of this machine's region is not looked at then. */
  readonly endpoint?: string | undefined;
  readonly credentials?: EC2ClientConfig['credentials'];
  /** PEM of the certificate authority to trust instead of the well-known ones. */
  readonly ca?: string | undefined;
  /** The variables that name a proxy (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`); none is used when absent. */
  readonly proxy?: Readonly<Record<string, string | undefined>> | undefined;
  /** Attempts per request; the SDK's default is 3. */
  readonly maxAttempts?: number | undefined;
  /** Told of every request sent, retries included, with the name of its operation. */
  readonly onRequest?: ((operation: string) => void) | undefined;
  /** Transport to use instead of HTTPS. */
  readonly requestHandler?: Transport | undefined;
}

export interface AwsClients {
  ec2(region: string): Promise<EC2Client>;
  ssm(region: string): Promise<SSMClient>;
  ebs(region: string): Promise<EBSClient>;
}

/** Clients per region, made when they are first asked for; the SDK is loaded then. */
export function awsClients(options: AwsOptions): AwsClients {
  const shared = memoise(() => configuration(options));
  return {
    ec2: memoise(async (region) => {
      const { EC2Client } = await import('./sdk-ec2.ts');
      const client = new EC2Client({ region, ...(await shared()) });
      client.middlewareStack.add(telling(options), ON_THE_WIRE);
      client.middlewareStack.add(pagesThatEnd, { step: 'initialize', name: 'pagesThatEnd' });
      return client;
    }),
    ssm: memoise(async (region) => {
      const { SSMClient } = await import('./sdk-ssm.ts');
      const client = new SSMClient({ region, ...(await shared()) });
      client.middlewareStack.add(telling(options), ON_THE_WIRE);
      client.middlewareStack.add(pagesThatEnd, { step: 'initialize', name: 'pagesThatEnd' });
      return client;
    }),
    ebs: memoise(async (region) => {
      const { EBSClient } = await import('./sdk-ebs.ts');
      const client = new EBSClient({ region, ...(await shared()) });
      client.middlewareStack.add(telling(options), ON_THE_WIRE);
      client.middlewareStack.add(pagesThatEnd, { step: 'initialize', name: 'pagesThatEnd' });
      return client;
    }),
  };
}

/** Where a middleware sees every request that is sent, retries included. */
const ON_THE_WIRE = { step: 'deserialize', name: 'countRequests' } as const;

/** A middleware of any client that tells of its requests. */
function telling({ onRequest }: AwsOptions) {
  return <Sent, Answer>(next: (sent: Sent) => Answer, context: { readonly commandName?: unknown }) =>
    (sent: Sent): Answer => {
      onRequest?.(String(context.commandName));
      return next(sent);
    };
}

/**
 * Each of these the SDK would read from environment or profile: FIPS and dual-stack addresses exclude one of our own, a signature of another kind is not
 * what that address checks, and the mode `auto` asks the instance metadata service which region it runs in.
 */
const ELSEWHERE = {
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  defaultsMode: 'standard',
  authSchemePreference: ['sigv4'],
} as const satisfies Partial<EC2ClientConfig>;

async function configuration(options: AwsOptions): Promise<Partial<EC2ClientConfig>> {
  const { endpoint, credentials, maxAttempts, requestHandler } = options;
  return {
    customUserAgent: 'regild',
    ...(endpoint !== undefined && { ...ELSEWHERE, endpoint }),
    ...(credentials !== undefined && { credentials }),
    ...(maxAttempts !== undefined && { maxAttempts }),
    requestHandler: limitedTransport(requestHandler ?? (await transport(options)), options),
  };
}

async function transport({ ca, proxy }: AwsOptions): Promise<Transport> {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const options = { keepAlive: true, maxSockets: 50, ...(proxy && { proxyEnv: proxyVariables(proxy) }) };
  return new NodeHttpHandler({
    httpAgent: new HttpAgent(options),
    httpsAgent: new Agent({ ...options, ...(ca !== undefined && { ca }) }),
  });
}

/** This machine's own addresses, which no proxy can reach. */
const LOOPBACK = 'localhost,.localhost,127.0.0.1,::1,[::1]';

/** The variables as Node's agents read them (nodejs.org/api/http.html, built-in proxy support): names in lower case go first. */
function proxyVariables(environment: NonNullable<AwsOptions['proxy']>) {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy, NO_PROXY, no_proxy } = environment;
  const except = no_proxy || NO_PROXY;
  const named = { https_proxy: https_proxy || HTTPS_PROXY, http_proxy: http_proxy || HTTP_PROXY };
  return { ...named, no_proxy: except ? `${except},${LOOPBACK}` : LOOPBACK };
}
