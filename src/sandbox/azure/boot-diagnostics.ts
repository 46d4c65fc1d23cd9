import { serialLog } from '../guest.ts';
import type { HttpResponse, KeptCloud } from '../http.ts';
import { parseId } from './ids.ts';
import { textAt } from './json-path.ts';
import { stateOf } from './providers/virtual-machines/state.ts';
import type { World } from './world.ts';

const PATH = /^\/bootdiagnostics\/([^/]+)\/serialconsole\.log$/;

/** The storage account that holds serial console logs: its links carry a signature and take no token. */
export function bootDiagnosticsCloud(world: World): KeptCloud {
  return {
    accepts: ({ path }) => PATH.test(path),
    handle: ({ path, query }) => (query.has('sig') ? log(PATH.exec(path)?.[1] ?? '', world) : missing('AuthenticationFailed', 403)),
    error: (status, code) => missing(code, status),
  };
}

function log(vmId: string, world: World): HttpResponse {
  const vm = world.resources
    .below(`/subscriptions/${world.subscription}`)
    .find(({ id, body }) => parseId(id).type === 'Microsoft.Compute/virtualMachines' && textAt(body, 'properties', 'vmId') === vmId);
  if (!vm) return missing('BlobNotFound', 404);
  const { os, computerName, failure } = stateOf(vm);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: serialLog({ os }, computerName, failure === undefined) };
}

function missing(code: string, status: number): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`,
  };
}
