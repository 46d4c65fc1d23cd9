import { COMPUTE } from '../../api-versions.ts';
import type { Call, Route } from '../../router.ts';
import type { World } from '../../world.ts';
import { find, trackedRoutes } from '../tracked-resource.ts';
import { generalize, powerAction, retrieveBootDiagnosticsData } from './actions.ts';
import { instanceView } from './instance-view.ts';
import { VM_KIND } from './kind.ts';
import { MANAGED_IMAGE_KIND } from './managed-images.ts';
import { runCommand } from './run-command.ts';
import { SCALE_SET_KIND } from './scale-set.ts';

/** Microsoft.Compute: virtual machines with their actions, scale sets, and managed images. */
export function virtualMachineRoutes(): readonly Route[] {
  const running = powerAction({ power: 'running', ready: true });
  return [
    ...trackedRoutes(VM_KIND),
    ...trackedRoutes(MANAGED_IMAGE_KIND),
    ...trackedRoutes(SCALE_SET_KIND),
    onVm('GET', 'instanceView', (call, world) => ({
      status: 200,
      body: instanceView(find(vmCall(call), world), call.request.origin, world),
    })),
    onVm('POST', 'deallocate', (call, world) => powerAction({ power: 'deallocated', ready: false })(vmCall(call), world)),
    onVm('POST', 'powerOff', (call, world) => powerAction({ power: 'stopped', ready: false })(vmCall(call), world)),
    onVm('POST', 'start', (call, world) => running(vmCall(call), world)),
    onVm('POST', 'restart', (call, world) => running(vmCall(call), world)),
    onVm('POST', 'generalize', (call, world) => generalize(vmCall(call), world)),
    onVm('POST', 'runCommand', (call, world) => runCommand(vmCall(call), world)),
    onVm('POST', 'retrieveBootDiagnosticsData', (call, world) => retrieveBootDiagnosticsData(vmCall(call), world)),
  ];
}

function onVm(method: Route['method'], action: string, handle: (call: Call, world: World) => ReturnType<Route['handle']>): Route {
  const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${VM_KIND.type}/{name}/${action}`;
  return { method, path, versions: COMPUTE, handle };
}

/** The call as one on the VM itself: its id without the action. */
function vmCall(call: Call): Call {
  return { ...call, id: call.id.slice(0, call.id.lastIndexOf('/')) };
}
