import { addressScript, BOOT_ID, parseAddress } from '../guest/address-run.ts';
import { type BuildPlan, type CheckResult, placeOfShape, type TestShape } from '../model/index.ts';
import type { RunningVm, Ssh } from '../ports.ts';

/** Whether the login is to be tried on the VM of a shape: only in a subnet of the user's, since into any other nobody reaches. */
export function asksNetworkLogin(plan: BuildPlan, shape: TestShape): boolean {
  return plan.test.login === 'network' && placeOfShape(plan, shape).subnet !== undefined;
}

const HINT =
  'reach `test.subnet` from here by a peering or VPN, and let port 22 in; or take `test.login` out: the VM is asked itself (azl-39-ssh-login)';

/**
 * Logs in as the administrator with the run's own key, and makes sure that it is this VM that answered: that it boots under the id which Run Command told.
 * Simulated machines have no network.
 */
export async function networkLogin(
  vm: Pick<RunningVm, 'login' | 'run'>,
  ssh: Pick<Ssh, 'run'>,
  { simulated, signal }: { readonly simulated: boolean; readonly signal: AbortSignal },
): Promise<CheckResult> {
  if (simulated) return answer('skip', 'simulated: there is no machine to log in to');
  if (vm.login === undefined) return answer('error', 'the VM has no administrator with a key');
  const which = parseAddress((await vm.run(addressScript())).stdout);
  if (which === undefined) return answer('error', 'the VM did not say at which address it is');
  const said = await ssh.run({ login: vm.login, address: which.address, command: BOOT_ID }, signal);
  if ('failure' in said) return answer('fail', `${vm.login.user}@${which.address}: ${said.failure}`);
  if (said.stdout.trim() !== which.bootId) return answer('fail', `another machine answers at ${which.address}`);
  return answer('pass', `${vm.login.user}@${which.address}`);
}

function answer(status: CheckResult['status'], detail: string): CheckResult {
  const title = 'the administrator logs in over SSH from where regild runs';
  const hint = status === 'fail' || status === 'error' ? { hint: HINT } : {};
  return { id: 'network-login', title, severity: 'block', status, detail, ...hint };
}
