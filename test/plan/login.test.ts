import { expect, test } from 'vitest';
import { planLogin } from '../../src/plan/login.ts';

const told = (given: Parameters<typeof planLogin>[0]['test'], os: 'linux' | 'windows' = 'linux') => {
  const { network, issues } = planLogin({ test: given }, os);
  return [network, ...issues.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)];
};
const timeoutMinutes = 30;

test('a login over the network is asked of Linux, and what it is nothing for is said', () => {
  const regions = [{ name: 'uksouth' }, { name: 'westeurope', subnet: '/subnets/west' }];
  expect([
    told({ timeoutMinutes }),
    told({ timeoutMinutes, login: 'loopback' }),
    told({ timeoutMinutes, login: 'network' }),
    told({ timeoutMinutes, login: 'network', regions }),
    told({ timeoutMinutes, login: 'network' }, 'windows'),
  ]).toEqual([
    [false],
    [false],
    [true],
    [true, 'info LOGIN_ON_VM: `test.login: network` is nothing for a test VM in uksouth: the login is tried on the VM itself'],
    [false, 'info LOGIN_ON_VM: `test.login: network` is nothing for a Windows image: the login is tried on the VM itself'],
  ]);
});
