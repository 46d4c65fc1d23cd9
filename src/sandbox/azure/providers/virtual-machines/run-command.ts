import { runInGuest } from '../../../guest.ts';
import type { Effects, HttpResponse, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { listAt, textAt } from '../../json-path.ts';
import { acceptedResponse } from '../../long-running.ts';
import type { Call } from '../../router.ts';
import type { World } from '../../world.ts';
import { find } from '../tracked-resource.ts';
import { stateOf, type VmState } from './state.ts';

/** The service keeps the last 4,096 bytes of what a script prints (learn.microsoft.com/azure/virtual-machines/linux/run-command). */
const KEPT = 4096;

const COMMANDS: Readonly<Record<string, VmState['os']>> = { RunShellScript: 'Linux', RunPowerShellScript: 'Windows' };

/** POST runCommand: runs a script in the guest. Long-running, with a Location. Throws while the VM or its agent is not up. */
export function runCommand(call: Call, world: World): HttpResponse {
  const vm = find(call, world);
  const state = stateOf(vm);
  const script = scriptOf(call.body, state);
  if (state.power !== 'running' || !state.ready) {
    throw armError(409, 'OperationNotAllowed', 'Cannot modify extensions in the VM when the VM is not running.');
  }
  const { headers, ...accepted } = acceptedResponse(
    call,
    world,
    start(call, textAt(vm.body, 'location') ?? '', commandResult(script, state, call.effects), world),
  );
  const { 'azure-asyncoperation': _, ...rest } = headers ?? {};
  return { ...accepted, headers: rest };
}

function start(call: Call, location: string, result: JsonObject, world: World) {
  return world.operations.start({
    namespace: 'Microsoft.Compute',
    location,
    seconds: 20,
    effects: call.effects,
    finish: () => result,
    fail: () => undefined,
  });
}

function scriptOf(body: unknown, { os }: VmState): string {
  const command = textAt(body, 'commandId') ?? '';
  const wanted = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (wanted === undefined) throw armError(404, 'NotFound', `The command '${command}' was not found.`, 'commandId');
  if (wanted !== os)
    throw armError(409, 'OperationNotAllowed', `The command '${command}' is for ${wanted}, but the VM runs ${os}.`, 'commandId');
  return listAt(body, 'script').join('\n');
}

function commandResult(script: string, { os }: VmState, { failChecks = [], dropOutput = false }: Effects): JsonObject {
  const { stdout, stderr } = runInGuest(script, { os, failing: failChecks, mute: dropOutput });
  const [out, err] = [lastBytes(stdout), lastBytes(stderr)];
  if (os === 'Windows') return { value: [entry('ComponentStatus/StdOut/succeeded', out), entry('ComponentStatus/StdErr/succeeded', err)] };
  return { value: [entry('ProvisioningState/succeeded', `Enable succeeded: \n[stdout]\n${out}\n[stderr]\n${err}`)] };
}

function entry(code: string, message: string): JsonObject {
  return { code, level: 'Info', displayStatus: 'Provisioning succeeded', message };
}

function lastBytes(text: string): string {
  return Buffer.from(text).subarray(-KEPT).toString();
}
