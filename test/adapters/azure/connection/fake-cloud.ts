import { createHttpHeaders, type PipelineRequest } from '@azure/core-rest-pipeline';
import { type AzureOptions, connectAzure } from '../../../../src/adapters/azure/connection/index.ts';
import { RegildError } from '../../../../src/errors.ts';

/** Time that passes only while somebody sleeps, from 12:00 on. */
export function sleeper() {
  let now = Date.parse('2026-11-25T12:00:00Z');
  const sleep = async (milliseconds: number, signal?: AbortSignal) => {
    if (signal?.aborted) throw new RegildError('CANCELLED', 'the run was cancelled');
    now += milliseconds;
  };
  return { now: () => new Date(now), sleep };
}

export type Reply =
  | Error
  | { readonly status: number; readonly body?: unknown; readonly text?: string; readonly headers?: Readonly<Record<string, string>> };

/** A cloud that gives each path its replies in their order, the last one for ever. */
export function cloud(
  replies: Readonly<Record<string, readonly Reply[]>>,
  { onBody = () => {}, ...options }: Partial<AzureOptions> & { readonly onBody?: (body: unknown) => void } = {},
) {
  const seen = new Map<string, number>();
  const told: string[] = [];
  const sendRequest = async (request: PipelineRequest) => {
    const key = `${request.method} ${new URL(request.url).pathname.split('/').slice(-2).join('/')}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    const list = replies[key] ?? [];
    const reply = list[Math.min(count, list.length - 1)] ?? new Error(`nothing is known of ${key}`);
    if (reply instanceof Error) throw reply;
    if (typeof request.body === 'string' && request.body !== '') onBody(JSON.parse(request.body));
    const headers = createHttpHeaders({ 'content-type': 'application/json', ...reply.headers });
    return { request, status: reply.status, headers, bodyAsText: reply.text ?? JSON.stringify(reply.body ?? {}) };
  };
  const connection = connectAzure({
    armEndpoint: 'https://arm.example',
    credential: { getToken: async () => ({ token: 'x', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
    clock: sleeper(),
    pollMilliseconds: 1,
    maxRetries: 0,
    httpClient: { sendRequest },
    tell: (text) => told.push(text.slice(0, 21)),
    ...options,
  });
  return { connection, seen, told };
}
