import type { JsonObject } from '../../../http.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';

/** What the sandbox knows about a VM beside its resource. */
export interface VmState {
  readonly os: 'Linux' | 'Windows';
  readonly computerName: string;
  readonly generation: string;
  readonly architecture: string;
  /** Security type of the VM: `Standard`, `TrustedLaunch` or `ConfidentialVM`. */
  readonly security: string;
  readonly power: 'starting' | 'running' | 'stopped' | 'deallocated';
  readonly generalized: boolean;
  /** Whether the VM agent reports. */
  readonly ready: boolean;
  /** Code and message of a provisioning that failed. */
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
}

/** The state that was stored with the VM. */
export function stateOf(vm: Stored): VmState {
  return vm.hidden as unknown as VmState;
}

/** The state as the store keeps it. */
export function hide(state: VmState): JsonObject {
  return { ...state, ...(state.failure && { failure: { ...state.failure } }) };
}

/** Changes the state of a VM that is still there. */
export function changeState(id: string, change: Partial<VmState>, world: World): void {
  const vm = world.resources.get(id);
  if (vm) world.resources.put(id, vm.body, hide({ ...stateOf(vm), ...change }));
}
