import { Agent, request } from 'node:https';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { credentialFor } from './clients.ts';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Sends one request without any SDK; `signedIn: false` leaves the token out. The path is relative to the subscription unless it starts with `/`. */
export async function ask(
  sandbox: Sandbox,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly signedIn?: boolean; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const { token } = await credentialFor(sandbox).getToken(`${sandbox.endpoints.arm}/.default`);
  const url = new URL(path.startsWith('/') ? path : `/subscriptions/${sandbox.subscription}/${path}`, sandbox.endpoints.arm);
  const headers = {
    'content-type': 'application/json',
    ...options.headers,
    ...(options.signedIn === false ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: new Agent({ ca: sandbox.caPem }) }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: parse(Buffer.concat(chunks).toString()) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(options.body === undefined ? undefined : typeof options.body === 'string' ? options.body : JSON.stringify(options.body));
  });
}

/** `status code` of an ARM error. */
export function refusal({ status, body }: Answer): string {
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  return `${status} ${typeof error === 'object' && error !== null && 'code' in error ? error.code : ''}`;
}

function parse(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
