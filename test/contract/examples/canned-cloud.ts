import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { type AzureConnection, connectAzure } from '../../../src/adapters/azure/connection/index.ts';

/** What the transport answers: a status with a body and headers. */
export interface Canned {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CannedCloud {
  readonly connection: AzureConnection;
  /** Method of each request, in order. */
  readonly requests: readonly string[];
}

/** The adapters' connection over answers that were written down: one after the other, then the last one again and again. */
export function cannedCloud(...answers: readonly Canned[]): CannedCloud {
  const requests: string[] = [];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      const { status, body, headers = {} } = answers[Math.min(requests.length, answers.length - 1)] ?? { status: 404 };
      requests.push(request.method);
      if (requests.length > 20) throw new Error('it asks again and again');
      const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
      const type = typeof body === 'string' ? 'text/plain' : 'application/json';
      return { request, status, headers: createHttpHeaders({ 'content-type': type, ...headers }), bodyAsText: text };
    },
  };
  const connection = connectAzure({
    armEndpoint: 'https://management.azure.com',
    credential: { getToken: async () => ({ token: 'none', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    clock: { now: () => new Date(0), sleep: async () => {} },
    pollMilliseconds: 1,
    maxRetries: 0,
    httpClient,
  });
  return { connection, requests };
}
