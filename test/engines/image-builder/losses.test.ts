import { expect, test } from 'vitest';
import { imageBuilderLosses } from '../../../src/engines/image-builder/losses.ts';
import type { BuildPlan, Provisioner } from '../../../src/model/index.ts';
import { armPlan, linuxPlan, sha256, windowsPlan } from '../fixtures.ts';

const told = (plan: BuildPlan) => imageBuilderLosses(plan).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
const build = (change: Partial<BuildPlan['build']>) => ({ build: { ...linuxPlan().build, ...change } });
const only = (...provisioners: readonly Provisioner[]) => ({ provisioners, controllers: ['SCSI'] as const });
const named = { title: 't', phase: 'customize' } as const;

test('the Linux plan loses its restart and the choice of the controller', () => {
  expect(told(linuxPlan())).toEqual([
    'info RESTART_NOT_SUPPORTED: image-builder cannot restart a Linux build VM, so restart is left out',
    'info CONTROLLER_NOT_CHOSEN: image-builder lets Azure choose the disk controller of the build VM Standard_D2s_v5; NVMe is proven by the test VM',
  ]);
});

test("a restart of the user's own is an error", () => {
  expect(told(linuxPlan(only({ kind: 'restart', id: 'customize-2-restart', ...named })))).toEqual([
    'error RESTART_NOT_SUPPORTED: image-builder cannot restart a Linux build VM, as the step customize-2-restart asks',
  ]);
});

test('no identity, and a timeout out of range', () => {
  expect(told(linuxPlan({ ...only(), ...build({ identity: undefined, timeoutMinutes: 961 }) }))).toEqual([
    'error IDENTITY_MISSING: image-builder needs a user-assigned identity to build web-golden',
    "error TIMEOUT_NOT_SUPPORTED: a build timeout of 961 minutes is outside image-builder's 6 to 960 for linux",
  ]);
  expect(told(windowsPlan({ ...only(), ...build({ timeoutMinutes: 59 }) }))).toEqual([
    "error TIMEOUT_NOT_SUPPORTED: a build timeout of 59 minutes is outside image-builder's 60 to 960 for windows",
  ]);
});

test.each([
  ['TrustedLaunch', 'TrustedLaunchSupported', 'image-builder cannot build a TrustedLaunch definition'],
  [
    'Standard',
    'TrustedLaunchSupported',
    'image-builder cannot build a Standard definition from a base whose security type is TrustedLaunchSupported',
  ],
  [
    'TrustedLaunchSupported',
    'Standard',
    'image-builder cannot build a TrustedLaunchSupported definition from a base whose security type is Standard',
  ],
] as const)('a %s definition from a %s base', (security, found, message) => {
  const base = { ...linuxPlan().base, features: [{ name: 'SecurityType', value: found }] };
  expect(told(linuxPlan({ ...only(), security, base }))).toEqual([`error SECURITY_NOT_SUPPORTED: ${message}`]);
});

test('the Standard Arm64 plan loses its restart and the choice of the controller only', () => {
  expect(imageBuilderLosses(armPlan()).map(({ code }) => code)).toEqual(['RESTART_NOT_SUPPORTED', 'CONTROLLER_NOT_CHOSEN']);
});

test('files that do not fit into a request', () => {
  const content = 'x'.repeat(768 * 1024);
  const plan = linuxPlan({
    ...only({ kind: 'file', id: 'f', ...named, from: 'a', to: '/a', content, sha256: sha256(content) }),
    guestFiles: [{ path: 'b', content: 'y' }],
  });
  expect(told(plan)).toEqual(['error FILES_TOO_LARGE: the files to copy hold 786433 bytes, an image-builder template takes 786432']);
});

test('cookbooks travel inside the template too', () => {
  const files = [{ path: 'web/files/big.txt', bytes: 768 * 1024 + 1, sha256: '' }];
  const chef = only({ kind: 'chef', id: 'chef', ...named, cookbooks: 'cookbooks', runList: ['web'], files });
  expect(imageBuilderLosses(linuxPlan({ ...chef, guestFiles: [] })).map(({ code }) => code)).toContain('FILES_TOO_LARGE');
});

test('secrets need somebody who may read them', () => {
  const { identity: _, ...build } = linuxPlan().build;
  const secrets = { DB_PASSWORD: 'https://kv-images.vault.azure.net/secrets/db', TOKEN: 'https://kv-images.vault.azure.net/secrets/token' };
  const step = only({ kind: 'shell', id: 'deploy', ...named, lines: ['deploy'], secrets });
  expect(told(linuxPlan(step))).toEqual([]);
  expect(told(linuxPlan({ ...step, build }))).toEqual([
    'error SECRETS_NEED_IDENTITY: image-builder has no identity with which the step deploy could read DB_PASSWORD, TOKEN from Key Vault',
    'error IDENTITY_MISSING: image-builder needs a user-assigned identity to build web-golden',
  ]);
});

test('steps that need another tool or another system', () => {
  const steps: readonly Provisioner[] = [
    { kind: 'chef', id: 'chef', ...named, cookbooks: 'cookbooks', runList: ['web'], files: [] },
    { kind: 'ansible', id: 'ansible', ...named, playbook: 'site.yml', extraArguments: [], sha256: '' },
    { kind: 'puppet', id: 'puppet', ...named, manifest: 'site.pp', sha256: '' },
    { kind: 'packages', id: 'packages', ...named, names: ['jq'] },
    { kind: 'powershell', id: 'powershell', ...named, lines: [] },
  ];
  expect(told(linuxPlan(only(...steps)))).toEqual([
    'warning STEP_RUNS_IN_GUEST: the chef step chef runs inside the guest: Cinc or Chef must be installed by an earlier step',
    'warning STEP_RUNS_IN_GUEST: the ansible step ansible runs inside the guest: roles and files beside it are not copied, and Ansible stays installed',
    'warning STEP_RUNS_IN_GUEST: the puppet step puppet runs inside the guest: modules beside it are not copied, and Puppet must be installed by an earlier step',
    'error STEP_NOT_SUPPORTED: image-builder cannot run the powershell step powershell on ubuntu 24.04',
  ]);
  expect(told(windowsPlan(only(...steps))).map((line) => line.split(' step ')[1])).toEqual([
    'chef on windows-server 2022',
    'ansible on windows-server 2022',
    'puppet on windows-server 2022',
    'packages on windows-server 2022',
  ]);
});
