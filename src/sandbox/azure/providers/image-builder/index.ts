import type { HttpResponse } from '../../../http.ts';
import type { Call, Route } from '../../router.ts';
import type { World } from '../../world.ts';
import { find, trackedRoutes } from '../tracked-resource.ts';
import { TEMPLATE_KIND, TEMPLATE_VERSIONS } from './kind.ts';
import { cancel, run } from './run.ts';
import { listOutputs } from './run-outputs.ts';

/** Microsoft.VirtualMachineImages: image templates, their runs and what the runs gave. */
export function imageBuilderRoutes(): readonly Route[] {
  const one = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${TEMPLATE_KIND.type}/{name}`;
  const versions = TEMPLATE_VERSIONS;
  return [
    ...trackedRoutes(TEMPLATE_KIND),
    { method: 'POST', path: `${one}/run`, versions, handle: (call, world) => run({ ...call, id: withoutAction(call.id) }, world) },
    { method: 'POST', path: `${one}/cancel`, versions, handle: (call, world) => cancel({ ...call, id: withoutAction(call.id) }, world) },
    { method: 'GET', path: `${one}/runOutputs`, versions, handle: listOutputs },
    { method: 'GET', path: `${one}/triggers`, versions, handle: listTriggers },
    {
      method: 'GET',
      path: `${one}/runOutputs/{output}`,
      versions,
      handle: (call, world) => ({ status: 200, body: find(call, world).body }),
    },
  ];
}

/** None: what makes one is not known here. */
function listTriggers(call: Call, world: World): HttpResponse {
  find({ ...call, id: withoutAction(call.id) }, world);
  return { status: 200, body: { value: [] } };
}

function withoutAction(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}
