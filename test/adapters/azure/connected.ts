import { createCredential } from '../../../src/adapters/azure/connection/credential.ts';
import { type AzureConnection, connectAzure } from '../../../src/adapters/azure/connection/index.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import type { Clock } from '../../../src/ports.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';

export interface Connected {
  readonly connection: AzureConnection;
  /** Method and last two segments of the path of every request sent, in order. */
  readonly requests: string[];
}

/** The adapters' connection, pointed at a sandbox, that looks again after a millisecond and retries nothing unless it is told to. */
export async function connectedTo(sandbox: Sandbox, clock: Clock = systemClock, maxRetries = 0): Promise<Connected> {
  const { tenant, clientId, clientSecret, endpoints, caPem: ca } = sandbox;
  const requests: string[] = [];
  const credential = await createCredential(
    { kind: 'client-secret', tenant, clientId, clientSecret },
    { authorityHost: endpoints.authority, ca },
  );
  const onRequest = (method: string, url: string) => requests.push(`${method} ${new URL(url).pathname.split('/').slice(-2).join('/')}`);
  const connection = connectAzure({
    armEndpoint: `${endpoints.arm}/`,
    credential,
    ca,
    clock,
    pollMilliseconds: 1,
    maxRetries,
    retryMilliseconds: 1,
    onRequest,
  });
  return { connection, requests };
}

export const ELSEWHERE = '11111111-1111-4111-8111-111111111111';
