import { expect, test } from 'vitest';
import { parseAddress } from '../../src/guest/address-run.ts';
import type { BuildPlan, TestedVm } from '../../src/model/index.ts';
import type { SshCommand } from '../../src/ports.ts';
import { vacuous } from '../../src/validate/judge.ts';
import { asksNetworkLogin, networkLogin } from '../../src/validate/network-login.ts';
import { aPlan } from '../fakes/values.ts';

const BOOT = '3d0e6c0f-2f0c-4b0e-9a53-0f6f4c1f2a11';
const login = { user: 'regild', privateKey: '-----BEGIN' };
const TITLE = 'the administrator logs in over SSH from where regild runs';
const signal = new AbortController().signal;

/** What becomes of the login to a VM that prints this of itself, where the client gives that answer. */
async function tried(
  printed: string,
  answer: { stdout: string } | { failure: string },
  change: { login?: undefined; simulated?: true } = {},
) {
  const asked: SshCommand[] = [];
  const vm = { login: 'login' in change ? undefined : login, run: async () => ({ stdout: printed, stderr: '' }) };
  const ssh = {
    run: async (command: SshCommand) => {
      asked.push(command);
      return answer;
    },
  };
  const { hint, ...check } = await networkLogin(vm, ssh, { simulated: change.simulated ?? false, signal });
  return { check, hinted: hint !== undefined, asked };
}

const said = (status: string, detail: string) => ({ id: 'network-login', title: TITLE, severity: 'block', status, detail });

test('whoever gets into the very machine that Run Command spoke to has passed', async () => {
  expect(await tried(`${BOOT}\n10.0.0.4\n`, { stdout: `${BOOT}\n` })).toEqual({
    check: said('pass', 'regild@10.0.0.4'),
    hinted: false,
    asked: [{ login, address: '10.0.0.4', command: 'cat /proc/sys/kernel/random/boot_id' }],
  });
});

test.each([
  [
    'nobody gets in',
    `${BOOT}\n10.0.0.4\n`,
    { failure: 'Permission denied (publickey).' },
    'fail',
    'regild@10.0.0.4: Permission denied (publickey).',
  ],
  [
    'another machine has the address',
    `${BOOT}\n10.0.0.4\n`,
    { stdout: BOOT.replace('3d', '4e') },
    'fail',
    'another machine answers at 10.0.0.4',
  ],
  ['it has no address', `${BOOT}\n\n`, { stdout: BOOT }, 'error', 'the VM did not say at which address it is'],
  ['it tells an option', `${BOOT}\n-oProxyCommand=sh\n`, { stdout: BOOT }, 'error', 'the VM did not say at which address it is'],
] as const)('%s: not passed, and the hint says what to do', async (_case, printed, answer, status, detail) => {
  const { check, hinted } = await tried(printed, answer);
  expect([check, hinted]).toEqual([said(status, detail), true]);
});

test('a VM without a key is not passed, and a simulated one is skipped; no client is asked', async () => {
  expect(await tried('', { stdout: '' }, { login: undefined })).toEqual({
    check: said('error', 'the VM has no administrator with a key'),
    hinted: true,
    asked: [],
  });
  expect(await tried('', { stdout: '' }, { simulated: true })).toEqual({
    check: said('skip', 'simulated: there is no machine to log in to'),
    hinted: false,
    asked: [],
  });
});

test.each([
  ['', undefined],
  [`${BOOT}\n10.0.0.4 10.0.0.5`, undefined],
  [`${BOOT}\nfe80::1`, undefined],
  ['uname\n10.0.0.4', undefined],
  [`\r\n${BOOT}\r\n10.0.0.4\r\n`, { bootId: BOOT, address: '10.0.0.4' }],
])('%j is an address, or nothing', (printed, expected) => {
  expect(parseAddress(printed)).toEqual(expected);
});

test('only where it is asked for, and only into a subnet of the user', () => {
  const plan = (test: Partial<BuildPlan['test']>) => aPlan({ test: { ...aPlan().test, ...test } });
  const here = { vmSize: 'Standard_D2s_v5', controller: 'SCSI' } as const;
  const there = { ...here, location: 'uksouth' };
  const network = plan({ login: 'network', subnet: '/subnets/home' });
  expect([
    asksNetworkLogin(plan({ subnet: '/subnets/home' }), here),
    asksNetworkLogin(network, here),
    asksNetworkLogin(network, there),
    asksNetworkLogin(network, { ...there, subnet: '/subnets/uk' }),
  ]).toEqual([false, true, false, true]);
});

test('a login alone says nothing of the image: the planned checks have to answer', () => {
  const vm = (status: 'pass' | 'error'): TestedVm => ({
    vmSize: 'Standard_D2s_v5',
    controller: 'SCSI',
    checks: [
      { id: 'network-login', title: TITLE, severity: 'block', status: 'pass', detail: '' },
      { id: 'first', title: 'title of first', severity: 'warn', status, detail: '' },
    ],
  });
  expect([vacuous(aPlan(), [vm('error')]).map(({ code }) => code), vacuous(aPlan(), [vm('pass')])]).toEqual([['NOTHING_VALIDATED'], []]);
});
