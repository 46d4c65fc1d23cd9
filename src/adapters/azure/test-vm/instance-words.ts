import type { InstanceViewStatus, VirtualMachineInstanceView } from '@azure/arm-compute';
import { oneLine } from '../../one-line.ts';

/** What Azure says of a machine that is not ready, in one line: its agent's state, and whatever went wrong. Empty where it says nothing. */
export function instanceWords({ vmAgent, statuses = [] }: VirtualMachineInstanceView): string {
  const failed = statuses.filter(({ level, code = '' }) => level === 'Error' || code.toLowerCase().includes('/failed'));
  return oneLine([...failed.map(words), ...(vmAgent?.statuses ?? []).map((status) => `agent ${words(status)}`)].join('; '));
}

function words({ code, displayStatus, message }: InstanceViewStatus): string {
  const state = displayStatus ?? code ?? 'in an unknown state';
  return message === undefined || message === '' ? state : `${state}: ${message.trim().replace(/\.$/, '')}`;
}
