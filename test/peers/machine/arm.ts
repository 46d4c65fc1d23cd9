import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** Resource Manager as a program without an SDK speaks to it. */
export interface Arm {
  /** Sends one request; the path begins with `/subscriptions/` and holds its api-version. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<{ readonly status: number; readonly body: Body }>;
  /** Looks at a resource until it is in a final state, or gone. Throws what it says when it failed. */
  readonly settled: (path: string) => Promise<Body>;
}

/** What an answer holds of what is read here. */
export interface Body {
  readonly properties?: Readonly<Record<string, unknown>> & { readonly provisioningState?: string };
  readonly error?: unknown;
  readonly [name: string]: unknown;
}

/** Logs in with the variables that `regild sandbox` prints. */
export async function loggedIn(variables: Readonly<Record<string, string | undefined>>): Promise<Arm> {
  const { ARM_METADATA_URL: at = '', ARM_TENANT_ID: tenant, ARM_CLIENT_ID: id = '', ARM_CLIENT_SECRET: secret = '' } = variables;
  const ca = readFileSync(variables.NODE_EXTRA_CA_CERTS ?? '');
  const call = (method: string, path: string, headers: Readonly<Record<string, string>>, sent?: string) =>
    new Promise<{ readonly status: number; readonly body: Body }>((resolve, reject) => {
      const outgoing = request(new URL(path, at), { method, headers, ca }, (answer) => {
        text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, body: said === '' ? {} : JSON.parse(said) }), reject);
      });
      outgoing.on('error', reject).end(sent);
    });
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret, scope: `${at}/.default` });
  const token = await call('POST', `/${tenant}/oauth2/v2.0/token`, { 'content-type': 'application/x-www-form-urlencoded' }, `${form}`);
  const headers = { authorization: `Bearer ${token.body.access_token}`, 'content-type': 'application/json' };
  const send: Arm['send'] = async (method, path, body) => {
    const answer = await call(method, path, headers, body === undefined ? undefined : JSON.stringify(body));
    if (answer.status < 400 || answer.status === 404) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  return {
    send,
    settled: async (path) => {
      for (;;) {
        const { status, body } = await send('GET', path);
        const state = body.properties?.provisioningState;
        if (status === 404 || state === undefined || state === 'Succeeded') return body;
        if (state === 'Failed' || state === 'Canceled') throw new Error(`${state}: ${JSON.stringify(body.properties?.error ?? body)}`);
        await pause(100);
      }
    },
  };
}
