import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { vmBody } from '../../../../src/adapters/azure/test-vm/body.ts';
import { instanceWords } from '../../../../src/adapters/azure/test-vm/instance-words.ts';
import { randomLogin } from '../../../../src/adapters/azure/test-vm/login.ts';
import { testPlace } from '../../../../src/adapters/azure/test-vm/place.ts';
import { runCommandOutput } from '../../../../src/adapters/azure/test-vm/run-command-output.ts';
import { lastLines } from '../../../../src/adapters/azure/test-vm/serial-log.ts';
import type { TestShape } from '../../../../src/model/index.ts';
import { aPlan, aSize } from '../../../fakes/values.ts';

const SCSI = { vmSize: 'Standard_D2s_v5', controller: 'SCSI' } as const;
const NVME = { vmSize: 'Standard_D2s_v6', controller: 'NVMe' } as const;
const REQUEST = { plan: aPlan(), shape: SCSI, versionId: '/versions/1.0.0', runId: 'run-1', deadline: '2026-11-22T00:00:00.000Z' };
const LOGIN = { computerName: 'regild-test' };
const TAGS = {
  'regild-run': 'run-1',
  'regild-deadline': '2026-11-22T00:00:00.000Z',
  'regild-digest': 'd'.repeat(64),
  'regild-image': 'web',
};

test('a test VM has a resource group of its own, tagged with run and deadline', () => {
  expect(testPlace(REQUEST, 'beef')).toEqual({
    subscription: 'sub',
    location: 'northeurope',
    group: 'rg-regild-run-1-web-beef',
    groupPath: '/subscriptions/sub/resourcegroups/rg-regild-run-1-web-beef',
    vm: 'regild-test',
    givenSubnet: undefined,
    tags: TAGS,
  });
});

test('one of another region stands there, in the subnet of that region or in a network of its own', () => {
  const plan = aPlan({ test: { ...aPlan().test, subnet: '/subnets/home' } });
  const placed = (shape: TestShape) => {
    const { location, givenSubnet } = testPlace({ ...REQUEST, plan, shape }, 'beef');
    return [location, givenSubnet];
  };
  expect([placed(SCSI), placed({ ...SCSI, location: 'uksouth' }), placed({ ...SCSI, location: 'uksouth', subnet: '/subnets/uk' })]).toEqual(
    [
      ['northeurope', '/subnets/home'],
      ['uksouth', undefined],
      ['uksouth', '/subnets/uk'],
    ],
  );
});

test('a long or hostile image name still gives a legal group name that ends in the suffix', () => {
  const plan = aPlan({ image: `\${x}/"; rm -rf / #${'y'.repeat(200)}.` });
  const { group } = testPlace({ ...REQUEST, plan }, 'beef');
  expect(group).toMatch(/^[A-Za-z0-9_().-]{90}$/);
  expect(group).toMatch(/-beef$/);
});

test('the body of a test VM: Trusted Launch tested, no public address, everything deleted with the VM', () => {
  expect(vmBody(REQUEST, testPlace(REQUEST, 'beef'), '/subnets/default', LOGIN, aSize())).toEqual({
    location: 'northeurope',
    tags: TAGS,
    securityProfile: { securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } },
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    storageProfile: {
      imageReference: { id: '/versions/1.0.0' },
      osDisk: { createOption: 'FromImage', deleteOption: 'Delete', managedDisk: { storageAccountType: 'StandardSSD_LRS' } },
    },
    osProfile: LOGIN,
    networkProfile: {
      networkApiVersion: '2020-11-01',
      networkInterfaceConfigurations: [
        {
          name: 'nic-regild-test',
          primary: true,
          deleteOption: 'Delete',
          ipConfigurations: [{ name: 'ipconfig', primary: true, subnet: { id: '/subnets/default' } }],
        },
      ],
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  });
});

test('purchase plan and licence type of the definition go onto the VM', () => {
  const purchasePlan = { publisher: 'a', product: 'b', name: 'c' };
  const plan = aPlan({ definition: { ...aPlan().definition, purchasePlan }, deploymentLicenseType: 'RHEL_BYOS' });
  const body = vmBody({ ...REQUEST, plan }, testPlace(REQUEST, 'beef'), '/s', LOGIN, undefined);
  expect(body).toMatchObject({ plan: purchasePlan, licenseType: 'RHEL_BYOS' });
});

test.each([
  ['NVMe alone', aPlan(), NVME, aSize({ controllers: ['NVMe'] }), 'NVMe'],
  ['NVMe where the size is not known', aPlan(), NVME, undefined, 'NVMe'],
  ['SCSI where the size has both', aPlan(), SCSI, aSize({ controllers: ['SCSI', 'NVMe'] }), 'SCSI'],
  ['SCSI alone needs no word', aPlan(), SCSI, aSize(), undefined],
  [
    'Gen1 takes no word',
    aPlan({ definition: { ...aPlan().definition, generation: 'V1' } }),
    SCSI,
    aSize({ controllers: ['SCSI', 'NVMe'] }),
    undefined,
  ],
])('disk controller: %s', (_, plan, shape, size, controller) => {
  const body = vmBody({ ...REQUEST, plan, shape }, testPlace(REQUEST, 'beef'), '/s', LOGIN, size);
  expect(body.storageProfile?.diskControllerType).toBe(controller);
});

test.each([
  ['Standard', true, undefined],
  ['TrustedLaunchSupported', true, 'TrustedLaunch'],
  ['TrustedLaunchSupported', false, undefined],
  ['TrustedLaunch', false, 'TrustedLaunch'],
] as const)('security %s on a size where Trusted Launch is %s', (security, trustedLaunch, securityType) => {
  const body = vmBody({ ...REQUEST, plan: aPlan({ security }) }, testPlace(REQUEST, 'beef'), '/s', LOGIN, aSize({ trustedLaunch }));
  expect(body.securityProfile?.securityType).toBe(securityType);
});

test('an ordinary shape of an image that supports Trusted Launch is booted without it', () => {
  const request = { ...REQUEST, plan: aPlan({ security: 'TrustedLaunchSupported' }), shape: { ...REQUEST.shape, ordinary: true as const } };
  expect(vmBody(request, testPlace(REQUEST, 'beef'), '/s', LOGIN, aSize()).securityProfile).toBeUndefined();
});

test('Azure is told the public half of the key of a Linux login, another for each VM', async () => {
  const { profile, login } = await randomLogin('linux', 'vm');
  const [key] = profile.linuxConfiguration?.ssh?.publicKeys ?? [];
  expect(profile).toEqual({
    computerName: 'vm',
    adminUsername: 'regild',
    linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [key] } },
  });
  const blob = Buffer.from(/^ssh-rsa ([A-Za-z0-9+/=]+) regild$/.exec(key?.keyData ?? '')?.[1] ?? '', 'base64');
  const fields = sshFields(blob);
  expect(fields.map(({ length }) => length)).toEqual([7, 3, 385]);
  expect([fields[0]?.toString(), fields[1]?.toString('hex'), fields[2]?.[0]]).toEqual(['ssh-rsa', '010001', 0]);
  expect(await randomLogin('linux', 'vm')).not.toEqual({ profile, login });
  expect(login?.user).toBe('regild');
  const { n = '' } = createPublicKey(login?.privateKey ?? '').export({ format: 'jwk' });
  expect(fields[2]?.subarray(1)).toEqual(Buffer.from(n, 'base64url'));
});

function sshFields(blob: Buffer): readonly Buffer[] {
  if (blob.length === 0) return [];
  const end = 4 + blob.readUInt32BE(0);
  return [blob.subarray(4, end), ...sshFields(blob.subarray(end))];
}

test('a Windows password is random and has what Windows asks for', async () => {
  const [one, other] = await Promise.all([randomLogin('windows', 'vm'), randomLogin('windows', 'vm')]);
  expect(one.profile.adminPassword).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!]).{12,72}$/);
  expect(one.profile.adminPassword).not.toBe(other.profile.adminPassword);
  expect(one.login).toBeUndefined();
});

test.each([
  ['Linux', [{ message: 'Enable succeeded: \n[stdout]\na\nb\n\n[stderr]\nwarn\n' }], { stdout: 'a\nb\n', stderr: 'warn\n' }],
  [
    'a guest that prints the mark',
    [{ message: 'Enable succeeded: \n[stdout]\n\n[stderr]\nfake\n\n[stderr]\n' }],
    { stdout: '\n[stderr]\nfake\n', stderr: '' },
  ],
  ['silence', [{ message: 'Enable succeeded: \n[stdout]\n\n[stderr]\n' }], { stdout: '', stderr: '' }],
  ['no marks', [{ message: 'Enable failed' }], { stdout: '', stderr: 'Enable failed' }],
  [
    'Windows',
    [
      { code: 'ComponentStatus/StdOut/succeeded', message: 'a\r\n' },
      { code: 'ComponentStatus/StdErr/succeeded', message: 'oops' },
    ],
    { stdout: 'a\r\n', stderr: 'oops' },
  ],
  ['nothing', undefined, { stdout: '', stderr: '' }],
])('output of Run Command: %s', (_, value, output) => {
  expect(runCommandOutput(value ? { value } : {})).toEqual(output);
});

test('the end of a serial log is whole lines that are safe to show', () => {
  expect(lastLines('\u001b[2J\u001b[1;31mred\u001b[0m\r\nlogin: \u0007\r\n')).toBe('red\nlogin:');
  const long = lastLines(`${'x'.repeat(100)}\n`.repeat(200));
  expect(long.length).toBeLessThanOrEqual(8000);
  expect(new Set(long.split('\n'))).toEqual(new Set(['x'.repeat(100)]));
});

test('Azure’s own words for a machine that is not ready: what failed, then its agent', () => {
  expect(
    instanceWords({
      vmAgent: {
        statuses: [
          {
            code: 'ProvisioningState/Unavailable',
            level: 'Warning',
            displayStatus: 'Not Ready',
            message: 'VM status blob is found but not yet populated.',
          },
        ],
      },
      statuses: [
        {
          code: 'ProvisioningState/failed/OSProvisioningTimedOut',
          level: 'Error',
          displayStatus: 'Provisioning failed',
          message: 'It did not finish.',
        },
        { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
      ],
    }),
  ).toBe('Provisioning failed: It did not finish; agent Not Ready: VM status blob is found but not yet populated');
  expect(instanceWords({})).toBe('');
});
