import { randomBytes } from 'node:crypto';
import { RegildError } from '../../../errors.ts';
import type { VmSize } from '../../../model/index.ts';
import type { RunningVm, TestVm, TestVmRequest, TestWait, Wait } from '../../../ports.ts';
import { memoise } from '../../memoise.ts';
import { oneLine } from '../../one-line.ts';
import type { AzureConnection } from '../connection/index.ts';
import { removeGroup } from '../resource-group.ts';
import { readSizes } from '../sizes.ts';
import { vmBody } from './body.ts';
import { createTestGroup } from './group.ts';
import { randomLogin } from './login.ts';
import { type TestPlace, testPlace } from './place.ts';
import { bootVm, readSerialLog, restartVm, runScript } from './virtual-machine.ts';

/** How long the request to delete may take: a CI runner gives about ten seconds after a cancellation. */
const PATIENCE = { cancelled: 10_000, otherwise: 60_000 };

type ReadSizes = (subscription: string, location: string) => Promise<readonly VmSize[]>;

/** Test VMs through `@azure/arm-compute`, each in a temporary resource group of its own. */
export function createTestVm(connection: AzureConnection): TestVm {
  const sizes = memoise((subscription: string, location: string) => readSizes(connection, subscription, location));
  return { withVm: (request, wait, use) => withVm(connection, sizes, request, wait, use) };
}

async function withVm<Result>(
  connection: AzureConnection,
  sizes: ReadSizes,
  request: TestVmRequest,
  wait: TestWait<Result>,
  use: (vm: RunningVm) => Promise<Result>,
): Promise<Result> {
  const place = testPlace(request, randomBytes(2).toString('hex'));
  const [outcome] = await Promise.allSettled([boot(connection, sizes, request, place, wait).then(use)]);
  if (!(await stays(place, outcome, wait))) await cleanUp(connection, place, wait);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

async function stays<Result>({ group, vm }: TestPlace, outcome: PromiseSettledResult<Result>, wait: TestWait<Result>): Promise<boolean> {
  return !wait.signal?.aborted && ((await wait.keeps?.({ group, vm }, outcome)) ?? false);
}

async function boot(
  connection: AzureConnection,
  sizes: ReadSizes,
  request: TestVmRequest,
  place: TestPlace,
  wait: Wait<string>,
): Promise<RunningVm> {
  const { plan } = request;
  wait.onUpdate?.(`creating ${place.group}`);
  const subnet = await createTestGroup(connection, place, wait.signal);
  const size = (await sizes(plan.subscription, place.location)).find(
    ({ name }) => name.toLowerCase() === request.shape.vmSize.toLowerCase(),
  );
  const { profile, login } = await randomLogin(plan.os.family, place.vm);
  const body = vmBody(request, place, subnet, profile, size);
  const secondsToReady = await bootVm(connection, place, body, plan.test.timeoutMinutes, wait);
  return {
    name: place.vm,
    login,
    secondsToReady,
    run: (script) => runScript(connection, place, plan.os.family, script, wait.signal),
    restart: () => restartVm(connection, place, plan.test.timeoutMinutes, wait),
    serialLog: () => readSerialLog(connection, place),
  };
}

/** A group that cannot be deleted must not hide how the test went: it is said, and a sweep finds the group by its tags. */
async function cleanUp(
  connection: AzureConnection,
  place: TestPlace,
  wait: Pick<TestWait, 'signal' | 'onUpdate' | 'onLeft'>,
): Promise<void> {
  const patience = wait.signal?.aborted ? PATIENCE.cancelled : PATIENCE.otherwise;
  try {
    await removeGroup(connection, place.subscription, place.group, AbortSignal.timeout(patience));
    wait.onUpdate?.(`deleting ${place.group}`);
  } catch (error) {
    const said = error instanceof RegildError ? error.message : oneLine(String(error));
    wait.onLeft?.(place.group, said);
    wait.onUpdate?.(`${place.group} is left behind (\`regild sweep\` deletes it after its deadline): ${said}`);
  }
}
