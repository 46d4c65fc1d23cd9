import type { VirtualMachine, VirtualMachineInstanceView } from '@azure/arm-compute';
import { RegildError } from '../../../errors.ts';
import { explain } from '../../../failures/explain.ts';
import { serialCause } from '../../../failures/serial-log.ts';
import type { RunningVm, Wait } from '../../../ports.ts';
import { plainText } from '../../plain-text.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, fromAzure } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { instanceWords } from './instance-words.ts';
import type { TestPlace } from './place.ts';
import { runCommandOutput } from './run-command-output.ts';
import { lastLines } from './serial-log.ts';

/** Creates the VM and waits until its agent reports; gives the seconds that took. Throws VALIDATION_FAILED with the serial log when it never does. */
export async function bootVm(
  connection: AzureConnection,
  place: TestPlace,
  body: VirtualMachine,
  timeoutMinutes: number,
  wait: Wait<string>,
): Promise<number> {
  const started = connection.clock.now().getTime();
  wait.onUpdate?.(`booting ${body.hardwareProfile?.vmSize}`);
  await create(connection, place, body, wait.signal);
  wait.onUpdate?.('waiting for the agent');
  return waitForAgent(connection, place, { started, timeoutMinutes, afterBoot: 'booted' }, wait.signal);
}

/** Restarts the VM and waits until its agent reports. Throws VALIDATION_FAILED with the serial log when it never does. */
export async function restartVm(connection: AzureConnection, place: TestPlace, timeoutMinutes: number, wait: Wait<string>): Promise<void> {
  const started = connection.clock.now().getTime();
  wait.onUpdate?.('restarting');
  await asAzure(attempt('restart', 'restart/action', place), async () => {
    const { virtualMachines } = await connection.compute(place.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(wait.signal) };
    await virtualMachines.restart(place.group, place.vm, options).pollUntilDone(cancellable(wait.signal));
  });
  await waitForAgent(connection, place, { started, timeoutMinutes, afterBoot: 'restarted' }, wait.signal);
}

interface Patience {
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly timeoutMinutes: number;
  readonly afterBoot: 'booted' | 'restarted';
}

/** Gives the seconds since the start. */
async function waitForAgent(
  connection: AzureConnection,
  place: TestPlace,
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<number> {
  const seconds = () => Math.round((connection.clock.now().getTime() - patience.started) / 1000);
  for (;;) {
    const view = await instanceView(connection, place, signal);
    if (isReady(view)) return seconds();
    if (seconds() >= patience.timeoutMinutes * 60) throw await neverReady(connection, place, patience, view);
    await asAzure(attempt('look at', 'instanceView/read', place), () => connection.clock.sleep(connection.pollMilliseconds, signal));
  }
}

async function create(connection: AzureConnection, place: TestPlace, body: VirtualMachine, signal: AbortSignal | undefined): Promise<void> {
  const { virtualMachines } = await connection.compute(place.subscription);
  const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(signal) };
  try {
    await virtualMachines.createOrUpdate(place.group, place.vm, body, options).pollUntilDone(cancellable(signal));
  } catch (error) {
    const failure = fromAzure(error, attempt('create', 'write', place));
    throw String(failure.details.armCode).startsWith('OSProvisioning') ? await guestFailure(connection, place, failure) : failure;
  }
}

async function instanceView(
  connection: AzureConnection,
  place: TestPlace,
  signal: AbortSignal | undefined,
): Promise<VirtualMachineInstanceView> {
  return asAzure(attempt('look at', 'instanceView/read', place), async () => {
    const { virtualMachines } = await connection.compute(place.subscription);
    return connection.outlast(signal, () => virtualMachines.instanceView(place.group, place.vm, cancellable(signal)));
  });
}

function isReady({ vmAgent }: VirtualMachineInstanceView): boolean {
  return (vmAgent?.statuses ?? []).some(({ displayStatus }) => displayStatus === 'Ready');
}

/** Runs a script as root or SYSTEM and waits for what it printed. */
export async function runScript(
  connection: AzureConnection,
  place: TestPlace,
  osFamily: 'linux' | 'windows',
  script: string,
  signal: AbortSignal | undefined,
): ReturnType<RunningVm['run']> {
  return asAzure(attempt('run a script on', 'runCommand/action', place), async () => {
    const { virtualMachines } = await connection.compute(place.subscription);
    const command = { commandId: osFamily === 'windows' ? 'RunPowerShellScript' : 'RunShellScript', script: script.split(/\r?\n/) };
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(signal) };
    return runCommandOutput(await virtualMachines.runCommand(place.group, place.vm, command, options).pollUntilDone(cancellable(signal)));
  });
}

/** The last lines of the VM's serial console; undefined when there is none, or it cannot be had: it only ever explains. */
export async function readSerialLog(connection: AzureConnection, place: TestPlace): Promise<string | undefined> {
  const log = await readConsole(connection, place);
  return log === undefined ? undefined : lastLines(log);
}

/** All that boot diagnostics keep of the console. */
async function readConsole(connection: AzureConnection, place: TestPlace): Promise<string | undefined> {
  try {
    const { virtualMachines } = await connection.compute(place.subscription);
    const lifetime = { sasUriExpirationTimeInMinutes: 10 };
    const { serialConsoleLogBlobUri: link } = await virtualMachines.retrieveBootDiagnosticsData(place.group, place.vm, lifetime);
    const log = link === undefined ? undefined : await connection.download(link);
    return log === undefined ? undefined : plainText(log);
  } catch {
    return undefined;
  }
}

function neverReady(
  connection: AzureConnection,
  place: TestPlace,
  { afterBoot, timeoutMinutes }: Patience,
  view: VirtualMachineInstanceView,
): Promise<RegildError> {
  const words = instanceWords(view);
  const said = words === '' ? '' : `; Azure says of it: ${words}`;
  const message = `the test VM ${afterBoot}, but no agent reported ready within ${timeoutMinutes} minutes${said}`;
  return guestFailure(connection, place, new RegildError('VALIDATION_FAILED', message, { hint: explain(words) ?? SILENT }));
}

const SILENT = 'a missing Azure agent or network driver, or a cloud-init datasource left on EC2, are the usual causes';

/** The same failure as the image's fault, with what the guest said on its console. */
async function guestFailure(
  connection: AzureConnection,
  place: TestPlace,
  { message, hint, details, cause }: RegildError,
): Promise<RegildError> {
  const console = await readConsole(connection, place);
  const known = console === undefined ? undefined : serialCause(console);
  return new RegildError('VALIDATION_FAILED', known === undefined ? message : `${message}; its console says: ${known.line}`, {
    hint: known?.hint ?? hint,
    details: { ...details, ...(console !== undefined && { serialLog: lastLines(console), console }) },
    cause,
  });
}

function attempt(verb: string, operation: string, { subscription, group, vm }: TestPlace): AzureAttempt {
  return {
    doing: `${verb} the test VM ${vm}`,
    action: `Microsoft.Compute/virtualMachines/${operation}`,
    scope: groupId(subscription, group),
  };
}
