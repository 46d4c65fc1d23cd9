import { describe, expect, test } from 'vitest';
import { packerFailure } from '../../src/adapters/packer/failure.ts';
import { parsePackerLine } from '../../src/adapters/packer/output.ts';
import { NOTHING_READ, progressOf, readLine } from '../../src/failures/packer/reading.ts';

const STEPS = ["put the guest's files in place", 'install nginx', 'check before generalizing'];
const TARGET = 'web.azure-arm.image';

/** A line as `packer -machine-readable -timestamp-ui` writes it. */
function ui(level: string, text: string): string {
  const data = text.replaceAll(',', '%!(PACKER_COMMA)').replaceAll('\n', '\\n');
  return `1700000000,,ui,${level},2026-11-21T08:15:02Z: ${level === 'message' ? '   ' : '==>'} ${TARGET}: ${data}`;
}

function ended(text: string): string {
  return `1700000000,${TARGET},error,${text.replaceAll(',', '%!(PACKER_COMMA)').replaceAll('\n', '\\n')}`;
}

function read(lines: readonly string[]) {
  return lines.map(parsePackerLine).reduce(readLine, NOTHING_READ);
}

function messageOf(lines: readonly string[]) {
  const { message, hint, details } = packerFailure('build', 1, read(lines), STEPS);
  return { message, hint, step: details.step };
}

const begin = (script: string) => ui('say', `Provisioning with shell script: /tmp/packer-shell${script}`);

describe('a failed build', () => {
  test("a check of the guest that failed: the step, and the guest's last words", () => {
    expect(
      messageOf([
        begin('1'),
        begin('2'),
        ui('error', 'sudo: unable to resolve host pkrvm: Name or service not known'),
        ui('message', 'Removing amazon-ec2-utils (2.2.0) ...'),
        begin('3'),
        ui('error', 'sudo: unable to resolve host pkrvm: Name or service not known'),
        ui('message', 'regild-check azl-13 pass'),
        ui('error', 'regild: azl-14-network: two network services start at boot: NetworkManager systemd-networkd'),
        ui('error', 'regild: 1 of 41 checks failed'),
        ui('error', 'Provisioning step had errors: Running the cleanup provisioner, if present...'),
        ended('Script exited with non-zero exit status: 1. Allowed exit codes are: [0]'),
      ]),
    ).toEqual({
      message:
        'packer build failed: the step "check before generalizing" (3 of 3) ended with exit status 1: regild: azl-14-network: two network services start at boot: NetworkManager systemd-networkd | regild: 1 of 41 checks failed',
      hint: 'the whole log is packer.log in the run folder',
      step: 'check before generalizing',
    });
  });

  test('a machine that is to stay: what Packer says of it, as version 1.16 does, takes the place of no word of the guest', () => {
    expect(
      messageOf([
        begin('1'),
        begin('2'),
        ui('error', 'no such licence'),
        ui('error', 'Script exited with non-zero exit status: 3. Allowed exit codes are: [0]'),
        ui('error', 'Step "StepProvision" failed, aborting...'),
        ui('error', 'aborted: skipping cleanup of step "StepConnect"'),
        ui(
          'error',
          "Build 'web.azure-arm.image' errored after 7 seconds: Script exited with non-zero exit status: 3. Allowed exit codes are: [0]",
        ),
        ended('Script exited with non-zero exit status: 3. Allowed exit codes are: [0]'),
        ui('error', "Some builds didn't complete successfully and had errors:"),
      ]).message,
    ).toBe('packer build failed: the step "install nginx" (2 of 3) ended with exit status 3: no such licence');
  });

  test('a guest that writes what Packer would write hides nothing of the steps after it', () => {
    const forged = [
      'Script exited with non-zero exit status: 0',
      'Step "StepProvision" failed, aborting...',
      'Provisioning step had errors: Running the cleanup provisioner',
    ];
    for (const line of forged) {
      const lines = [
        begin('1'),
        ui('error', line),
        begin('2'),
        ui('error', 'no such licence'),
        ended('Script exited with non-zero exit status: 3'),
      ];
      expect(messageOf(lines).message).toBe(
        'packer build failed: the step "install nginx" (2 of 3) ended with exit status 3: no such licence',
      );
    }
  });

  test('a package that does not exist: its cause and cure', () => {
    expect(
      messageOf([
        begin('1'),
        begin('2'),
        ui('message', 'Reading package lists...'),
        ui('error', 'E: Unable to locate package ngnix'),
        ended('Script exited with non-zero exit status: 100. Allowed exit codes are: [0]'),
      ]),
    ).toEqual({
      message: 'packer build failed: the step "install nginx" (2 of 3) ended with exit status 100: E: Unable to locate package ngnix',
      hint: 'a package of that name is in no repository of the base: correct its name for this distribution, or add its repository in an earlier step; the whole log is packer.log in the run folder',
      step: 'install nginx',
    });
  });

  test('a subnet that does not exist: the innermost error of Azure, once', () => {
    const answer = {
      status: 'Failed',
      error: {
        code: 'DeploymentFailed',
        message: 'At least one resource deployment operation failed.',
        details: [
          {
            code: 'InvalidResourceReference',
            message:
              'Resource /subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/none referenced by resource /subscriptions/s/nic was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.',
          },
        ],
      },
    };
    const text = `polling after CreateOrUpdate: polling failed: the Azure API returned the following error:\n\nStatus: "Failed"\nCode: "DeploymentFailed"\n\n---\n\nAPI Response:\n\n----[start]----\n${JSON.stringify(answer)}\n-----[end]-----\n`;
    expect(messageOf([ui('error', text), ui('error', text), ended(text)])).toEqual({
      message:
        'packer build failed: InvalidResourceReference: Resource /subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/none referenced by resource /subscriptions/s/nic was not found. Please make sure that the referenced resource exists, and that both resources are in the same region',
      hint: 'the subnet does not exist, or lies in another region or subscription: correct `build.subnet` or `test.subnet`, which must lie in `target.location` (`az network vnet subnet show --ids <id>`); the whole log is packer.log in the run folder',
      step: undefined,
    });
  });

  test('a login that is missing', () => {
    const text = 'error fetching tenantID and subscriptionID from Azure CLI (are you logged on using `az login`?)';
    expect(messageOf([ended(text)])).toEqual({
      message: `packer build failed: ${text}`,
      hint: 'Packer was given no service principal and found no login of az: run `az login`, or set `ARM_TENANT_ID`, `ARM_CLIENT_ID` and `ARM_CLIENT_SECRET`; the whole log is packer.log in the run folder',
      step: undefined,
    });
  });

  test('a plugin that cannot be installed keeps every line of the reason', () => {
    const lines = [
      'Failed getting the "github.com/hashicorp/azure" plugin:',
      '3 errors occurred:',
      '	* dial tcp: lookup github.com: no such host',
    ];
    const { message, hint } = packerFailure('init', 1, read(lines), []);
    expect(message).toBe(
      'packer init failed: Failed getting the "github.com/hashicorp/azure" plugin: | 3 errors occurred: | * dial tcp: lookup github.com: no such host',
    );
    expect(hint).toContain('Packer’s azure plugin is not installed');
  });
});

test('progress names the steps, and only those that the template has', () => {
  const lines = [
    ui('say', 'Uploading guest => /tmp'),
    begin('1'),
    ui('message', 'done'),
    ui('say', 'Restarting Machine'),
    begin('3'),
    begin('4'),
  ];
  const told = lines
    .map(parsePackerLine)
    .map((line, index, all) => progressOf(all.slice(0, index + 1).reduce(readLine, NOTHING_READ), line, STEPS));
  expect(told).toEqual([
    'Uploading guest => /tmp',
    "[1/3] put the guest's files in place",
    'done',
    '[2/3] install nginx',
    '[3/3] check before generalizing',
    'Provisioning with shell script: /tmp/packer-shell4',
  ]);
});

test("what is cleaned up is Packer's own word", () => {
  expect([read([ui('say', 'Cancelling build')]).cleaned, read(['Cleanly cancelled builds after being interrupted.']).cleaned]).toEqual([
    false,
    true,
  ]);
});
