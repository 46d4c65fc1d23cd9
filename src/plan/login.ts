import type { BuildPlan, ImageSpec, Issue } from '../model/index.ts';

/** Whether the administrator logs in over the network. Issues: LOGIN_ON_VM (info) for what is asked on the VM itself all the same. */
export function planLogin(
  { test }: Pick<ImageSpec, 'test'>,
  os: BuildPlan['os']['family'],
): { readonly network: boolean; readonly issues: readonly Issue[] } {
  if (test.login !== 'network') return { network: false, issues: [] };
  if (os === 'windows') return { network: false, issues: [onVm('a Windows image', 'Remote Desktop is asked for its handshake there')] };
  const without = (test.regions ?? []).filter(({ subnet }) => subnet === undefined).map(({ name }) => name);
  const hint = 'give these regions a `subnet` in `test.regions` that is reached from where regild runs';
  return { network: true, issues: without.length === 0 ? [] : [onVm(`a test VM in ${without.join(', ')}`, hint)] };
}

function onVm(whose: string, hint: string): Issue {
  const message = `\`test.login: network\` is nothing for ${whose}: the login is tried on the VM itself`;
  return { severity: 'info', code: 'LOGIN_ON_VM', message, hint };
}
