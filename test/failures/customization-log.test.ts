import { expect, test } from 'vitest';
import { buildCause } from '../../src/failures/packer/cause.ts';
import { readCustomizationLog } from '../../src/failures/packer/customization-log.ts';

const RUN = '[a170b40d-2d77-4ac3-8719-72cdc35cf889] ';

function log(lines: readonly string[]): string {
  return lines.map((line) => `${RUN}${line}\r\n`).join('');
}

test('the step that failed, by its name, with what the guest said last', () => {
  const text = log([
    'PACKER OUT ==> azure-arm: Provisioning with shell script: /tmp/packer-shell1',
    'PACKER OUT     azure-arm: Reading package lists...',
    'PACKER ERR 2026/11/25 10:00:00 [INFO] 2 bytes written',
    'PACKER OUT ==> azure-arm: Provisioning with shell script: /tmp/packer-shell2',
    'PACKER OUT     azure-arm: Removing amazon-ec2-utils (2.2.0) ...',
    'PACKER OUT ==> azure-arm: regild: azl-14-network: two network services start at boot',
    'PACKER OUT ==> azure-arm: Provisioning step had errors: Running the cleanup provisioner, if present...',
    'PACKER OUT ==> azure-arm: Script exited with non-zero exit status: 1. Allowed exit codes are: [0]',
    'PACKER OUT ==> Builds finished but no artifacts were created.',
  ]);
  expect(buildCause(readCustomizationLog(text), ['remove AWS', 'check before generalizing'])).toEqual({
    text: 'the step "check before generalizing" (2 of 2) ended with exit status 1: Removing amazon-ec2-utils (2.2.0) ... | regild: azl-14-network: two network services start at boot',
    hint: undefined,
    step: 'check before generalizing',
  });
});

test.each([
  [
    'in the words of the plugin',
    [
      'PACKER OUT ==> azure-arm: ERROR: -> DeploymentFailed : At least one resource deployment operation failed.',
      'PACKER OUT ==> azure-arm: ERROR:   -> AllocationFailed : Allocation failed. No capacity.',
    ],
  ],
  [
    'as JSON within JSON',
    [
      String.raw`PACKER OUT ==> azure-arm: {"error":{"code":"DeploymentFailed","message":"At least one","details":[{"code":"Conflict","message":"{\r\n \"error\": {\r\n \"code\": \"AllocationFailed\",\r\n \"message\": \"Allocation failed. No capacity.\"\r\n }}"}]}}`.replaceAll(
        '\\\\',
        '\\',
      ),
    ],
  ],
])('no build VM: the innermost answer of Azure, %s', (_form, lines) => {
  const text = log([
    'PACKER OUT ==> azure-arm: Deploying deployment template ...',
    ...lines,
    "PACKER OUT ==> azure-arm: Build 'azure-arm' errored after 4 minutes: polling after CreateOrUpdate: polling failed:",
  ]);
  expect(buildCause(readCustomizationLog(text), ['remove AWS'])?.text).toBe('AllocationFailed: Allocation failed. No capacity.');
});

test('a step that prints what Azure says is not taken for Azure', () => {
  const text = log([
    'PACKER OUT ==> azure-arm: Provisioning with shell script: /tmp/packer-shell1',
    'PACKER OUT ==> azure-arm: ERROR: -> SkuNotAvailable : of another machine',
    'PACKER OUT ==> azure-arm: Timeout waiting for SSH.',
  ]);
  expect(buildCause(readCustomizationLog(text), ['remove AWS'])?.text).toBe('Timeout waiting for SSH.');
});

test('a Windows build whose machine never answers', () => {
  const text = log([
    'PACKER OUT ==> azure-arm: Waiting for WinRM to become available...',
    'PACKER OUT ==> azure-arm: Timeout waiting for WinRM.',
  ]);
  expect(buildCause(readCustomizationLog(text), ['remove AWS'])).toEqual({
    text: 'Timeout waiting for WinRM.',
    hint: expect.stringContaining('the build VM did not let Packer in by WinRM'),
    step: undefined,
  });
});

test("Sysprep's first error in the last step", () => {
  const text = log([
    'PACKER OUT ==> azure-arm: Provisioning with powershell script: C:\\x.ps1',
    'PACKER OUT ==> azure-arm: regild: Sysprep ended without generalizing (image state IMAGE_STATE_COMPLETE): SYSPRP Sysprep_Clean_Validate_Opk: Audit mode cannot be turned on if reserved storage is in use. | SYSPRP RunDlls',
    'PACKER OUT ==> azure-arm: Script exited with non-zero exit status: 1. Allowed exit codes are: [0]',
  ]);
  expect(buildCause(readCustomizationLog(text), ['generalize'])?.hint).toContain(
    'an update is still being installed and uses reserved storage',
  );
});

test.each(['', 'no log at all', '<html>'])('%j says nothing', (text) => {
  expect(buildCause(readCustomizationLog(text), ['a'])).toBeUndefined();
});
