import * as z from 'zod';
import type { JsonObject } from '../../../http.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';

/** What the sandbox knows about a VM beside its resource. */
export const VmState = z
  .object({
    os: z.enum(['Linux', 'Windows']),
    computerName: z.string(),
    generation: z.string(),
    architecture: z.string(),
    /** Security type of the VM: `Standard`, `TrustedLaunch` or `ConfidentialVM`. */
    security: z.string(),
    power: z.enum(['starting', 'running', 'stopped', 'deallocated']),
    generalized: z.boolean(),
    /** Whether the VM agent reports. */
    ready: z.boolean(),
    /** Code and message of a provisioning that failed. */
    failure: z.object({ code: z.string(), message: z.string() }).readonly().optional(),
  })
  .readonly();
export type VmState = z.infer<typeof VmState>;

/** The state that was stored with the VM. */
export function stateOf(vm: Stored): VmState {
  return VmState.parse(vm.hidden);
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
