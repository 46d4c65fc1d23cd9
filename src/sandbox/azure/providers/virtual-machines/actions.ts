import type { HttpResponse } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { textAt } from '../../json-path.ts';
import { acceptedResponse } from '../../long-running.ts';
import type { Call } from '../../router.ts';
import type { World } from '../../world.ts';
import { find } from '../tracked-resource.ts';
import { bootDiagnostics, serialLogLink } from './instance-view.ts';
import { changeState, stateOf, type VmState } from './state.ts';

/** POST deallocate, powerOff, start or restart: long-running, ends with the VM in `end`. A generalized VM does not start again. */
export function powerAction(end: Pick<VmState, 'power' | 'ready'>): (call: Call, world: World) => HttpResponse {
  return (call, world) => {
    const vm = find(call, world);
    if (end.power === 'running' && stateOf(vm).generalized) {
      const name = nameOf(vm.id);
      throw armError(409, 'OperationNotAllowed', `Operation 'start' is not allowed on VM '${name}' since the VM is generalized.`);
    }
    // The result link of these actions answers 200, not 204: the SDKs accept nothing else.
    const finish = () => {
      changeState(vm.id, end, world);
      return {};
    };
    const location = textAt(vm.body, 'location') ?? '';
    const operation = world.operations.start({
      namespace: 'Microsoft.Compute',
      location,
      seconds: 30,
      effects: call.effects,
      finish,
      fail: () => undefined,
    });
    return acceptedResponse(call, world, operation);
  };
}

/** POST generalize: marks the VM as an image source. Throws while it is running. */
export function generalize(call: Call, world: World): HttpResponse {
  const vm = find(call, world);
  const { power } = stateOf(vm);
  if (power === 'running' || power === 'starting') {
    throw armError(
      409,
      'OperationNotAllowed',
      `The VM '${nameOf(vm.id)}' is ${power}: stop or deallocate it before it is set to generalized.`,
    );
  }
  changeState(vm.id, { generalized: true }, world);
  return { status: 200 };
}

/** POST retrieveBootDiagnosticsData: the link to the serial console's log. Throws when the VM has no boot diagnostics. */
export function retrieveBootDiagnosticsData(call: Call, world: World): HttpResponse {
  const vm = find(call, world);
  if (!bootDiagnostics(vm)) throw armError(409, 'OperationNotAllowed', 'Boot diagnostics is not enabled on this VM.');
  return { status: 200, body: { serialConsoleLogBlobUri: serialLogLink(vm, call.request.origin) } };
}
