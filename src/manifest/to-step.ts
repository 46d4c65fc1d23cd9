import type { Step } from '../model/index.ts';
import type { CustomizeStep } from './source-and-steps.ts';

/** The step that the one key of an item stands for; none for an item without keys. */
export function toStep(item: CustomizeStep): readonly Step[] {
  const steps: readonly (Step | undefined)[] = [
    item.packages && { kind: 'packages', names: item.packages },
    item.shell && { kind: 'shell', ...toScript(item.shell) },
    item.powershell && { kind: 'powershell', ...toScript(item.powershell) },
    item.file && { kind: 'file', ...item.file },
    item.ansible && { kind: 'ansible', playbook: item.ansible.playbook, extraArguments: item.ansible.extraArguments ?? [] },
    item.chef && { kind: 'chef', ...item.chef },
    item.puppet && { kind: 'puppet', ...item.puppet },
    item.updates && { kind: 'updates' },
    item.restart && { kind: 'restart' },
  ];
  return steps.filter((step) => step !== undefined);
}

function toScript(script: NonNullable<CustomizeStep['shell']>): Omit<Extract<Step, { kind: 'shell' }>, 'kind'> {
  return 'length' in script ? { lines: script } : script;
}
