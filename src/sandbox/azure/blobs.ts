import type { Cloud, HttpResponse } from '../http.ts';
import { nameOf, parseId } from './ids.ts';
import { textAt } from './json-path.ts';
import { tokenIsOurs } from './token.ts';
import type { World } from './world.ts';

const PATH = /^\/blob\/([a-z0-9]+)\/(.+)$/;

/** The data of storage accounts: blobs that can be read with a token of the tenant. */
export function blobCloud(world: World): Cloud {
  return {
    accepts: ({ path }) => PATH.test(path),
    handle: ({ path, headers }) => {
      const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
      if (token === undefined || !tokenIsOurs(token, world.signingKey)) return refusal(401, 'NoAuthenticationInformation');
      const [, account = '', blob = ''] = PATH.exec(path) ?? [];
      return read(account, blob, world);
    },
    error: refusal,
  };
}

function read(account: string, blob: string, world: World): HttpResponse {
  const stored = world.resources
    .below(`/subscriptions/${world.subscription}`)
    .find(({ id }) => parseId(id).type === 'Microsoft.Storage/storageAccounts' && nameOf(id) === account);
  const text = textAt(stored?.hidden, 'blobs', blob);
  return text === undefined ? refusal(404, 'BlobNotFound') : { status: 200, headers: { 'content-type': 'text/plain' }, body: text };
}

function refusal(status: number, code: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`,
  };
}
