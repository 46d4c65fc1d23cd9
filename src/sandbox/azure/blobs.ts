import type { HttpResponse, KeptCloud } from '../http.ts';
import { nameOf, parseId } from './ids.ts';
import { textAt } from './json-path.ts';
import { tokenIsOurs } from './token.ts';
import type { World } from './world.ts';

const PATH = /^\/blob\/([a-z0-9]+)\/(.+)$/;

/**
 * The data of storage accounts, with a token of the tenant: blobs of the accounts that services make for themselves can be read; those of accounts that
 * the world does not know (the user's own) are written once and read back.
 */
export function blobCloud(world: World): KeptCloud {
  const { blobs } = world;
  return {
    accepts: ({ path }) => PATH.test(path),
    handle: ({ method, path, headers, text }) => {
      const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
      if (token === undefined || !tokenIsOurs(token, world.signingKey)) return refusal(401, 'NoAuthenticationInformation');
      const [, account = '', blob = ''] = PATH.exec(path) ?? [];
      const key = `${account}/${blob}`;
      if (method === 'PUT') {
        if (blobs.has(key)) return refusal(409, 'BlobAlreadyExists');
        blobs.set(key, text);
        return { status: 201, headers: { 'x-ms-request-server-encrypted': 'true' } };
      }
      const own = blobs.get(key);
      return own === undefined ? read(account, blob, world) : { status: 200, headers: { 'content-type': 'application/json' }, body: own };
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
