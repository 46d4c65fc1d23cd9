import type { TestPlace } from '../../../src/adapters/azure/test-vm/place.ts';
import { bootVm, readSerialLog, runScript } from '../../../src/adapters/azure/test-vm/virtual-machine.ts';
import { answering, REF, type Replay, replay, same, succeeded } from './replay.ts';

const PLACE: TestPlace = {
  subscription: REF.subscription,
  location: 'westus',
  group: 'rg',
  groupPath: `/subscriptions/${REF.subscription}/resourcegroups/rg`,
  vm: 'vm',
  givenSubnet: '/subnet',
  tags: {},
};
const VM = { location: 'westus' };
const READY = { vmAgent: { statuses: [{ displayStatus: 'Ready' }] } };

/** Test VMs: their creation, their agent, what runs in them, and their serial log. */
export const VIRTUAL_MACHINES: readonly Replay[] = [
  replay(/^VirtualMachine_Get_InstanceView/, (body) => boot(succeeded({}), body), bootedAtOnce),
  replay(/^VirtualMachine_(Get|Create_\w+)$/, (body) => boot(body, succeeded(body), READY), bootedAtOnce),
  replay(
    /^VirtualMachineRunCommand$/,
    (body) => runScript(answering(body).connection, PLACE, 'linux', 'true', undefined),
    (words, { value: [stdout, stderr] }: { value: readonly { message: string }[] }) =>
      same([words.stdout, words.stderr], [stdout?.message, stderr?.message]),
  ),
  replay(
    /^VirtualMachine_RetrieveBootDiagnosticsData/,
    (body) => readSerialLog(answering(body, 'a line').connection, PLACE),
    (words) => same(words, 'a line'),
  ),
];

function boot(...bodies: readonly unknown[]): Promise<number> {
  return bootVm(answering(...bodies).connection, PLACE, VM, 1, {});
}

function bootedAtOnce(seconds: number): void {
  same(seconds, 0);
}
