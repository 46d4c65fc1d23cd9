import type { JsonObject } from '../../../http.ts';
import { at, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { stateOf, type VmState } from './state.ts';

/** What a VM is doing: provisioning state, power state, VM agent and disks. */
export function instanceView(vm: Stored, origin: string, world: World): JsonObject {
  const state = stateOf(vm);
  const time = world.clock.now().toISOString();
  const disk = textAt(vm.body, 'properties', 'storageProfile', 'osDisk', 'name');
  return {
    ...(state.ready && { computerName: state.computerName, osName: state.os.toLowerCase() }),
    hyperVGeneration: state.generation,
    vmAgent: { vmAgentVersion: state.ready ? '2.15.0.1' : 'Unknown', statuses: [agentStatus(state, time)] },
    disks: [{ ...(disk !== undefined && { name: disk }), statuses: [{ ...succeeded, time }] }],
    ...(bootDiagnostics(vm) && { bootDiagnostics: { serialConsoleLogBlobUri: serialLogLink(vm, origin) } }),
    statuses: [...provisioningStatus(vm, state, time), ...powerStatus(state)],
  };
}

/** Whether the VM was made with boot diagnostics. */
export function bootDiagnostics(vm: Stored): boolean {
  return at(vm.body, 'properties', 'diagnosticsProfile', 'bootDiagnostics', 'enabled') === true;
}

/** Where the serial console's log can be read without a token, as from a storage account. */
export function serialLogLink(vm: Stored, origin: string): string {
  return `${origin}/bootdiagnostics/${textAt(vm.body, 'properties', 'vmId')}/serialconsole.log?sv=2024-05-04&sp=r&sig=simulated`;
}

const succeeded = { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded' };

function agentStatus({ ready, failure }: VmState, time: string): JsonObject {
  if (ready) return { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready', message: 'Guest Agent is running', time };
  const message = failure ? 'VM Agent is unresponsive.' : 'VM status blob is found but not yet populated.';
  return { code: 'ProvisioningState/Unavailable', level: 'Warning', displayStatus: 'Not Ready', message, time };
}

function provisioningStatus(vm: Stored, { failure, generalized }: VmState, time: string): readonly JsonObject[] {
  const os = generalized ? [{ code: 'OSState/generalized', level: 'Info', displayStatus: 'VM generalized' }] : [];
  if (failure) {
    const { code, message } = failure;
    return [{ code: `ProvisioningState/failed/${code}`, level: 'Error', displayStatus: 'Provisioning failed', message, time }, ...os];
  }
  const state = textAt(vm.body, 'properties', 'provisioningState') ?? 'Unknown';
  if (state === 'Succeeded') return [{ ...succeeded, time }, ...os];
  return [{ code: `ProvisioningState/${state.toLowerCase()}`, level: 'Info', displayStatus: state }, ...os];
}

function powerStatus({ power }: VmState): readonly JsonObject[] {
  return [{ code: `PowerState/${power}`, level: 'Info', displayStatus: `VM ${power}` }];
}
