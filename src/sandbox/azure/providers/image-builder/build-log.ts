import { parseId, resourceId } from '../../ids.ts';
import { listAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { stagingOf } from './distribute.ts';

/** How a run ended: before there was a build VM, in a customizer, whose words these are, or later. */
export type RunEnd =
  | { readonly kind: 'deployment'; readonly code: string; readonly said: string }
  | { readonly kind: 'customizer'; readonly said: string }
  | { readonly kind: 'later' };

/** What the log of a run says, as Packer's own output: each customizer as it begins; the last one ends with the reason where it failed there. */
export function buildLogText({ body }: Stored, runId: string, end: RunEnd): string {
  const begun = end.kind === 'deployment' ? [] : listAt(body, 'properties', 'customize');
  const steps = begun.flatMap((step) => beginning(textAt(step, 'type') ?? ''));
  const lines = ['azure-arm: output will be in this color.', '', ...steps, ...endingOf(end)];
  return lines.map((line) => `[${runId}] PACKER OUT ${line}\n`).join('');
}

/** Keeps the log in a storage account of the template's staging group, and gives the account's id with the path of the blob, as the service names it. */
export function keepBuildLog(template: Stored, runId: string, text: string, world: World): string {
  const { subscription, group } = parseId(`${stagingOf(template.body)}/providers/Microsoft.Storage/storageAccounts/x`);
  const name = `vhds${runId.replaceAll('-', '').slice(-16)}`;
  const id = resourceId(subscription, group, 'Microsoft.Storage', 'storageAccounts', name);
  const blob = `packerlogs/${runId}/customization.log`;
  const body = {
    id,
    name,
    type: 'Microsoft.Storage/storageAccounts',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    location: textAt(template.body, 'location'),
    properties: { provisioningState: 'Succeeded' },
  };
  world.resources.put(id, body, { blobs: { [blob]: text } });
  return `${id}/blobServices/default/containers/${blob}`;
}

function beginning(type: string): readonly string[] {
  switch (type) {
    case 'Shell':
      return ['==> azure-arm: Provisioning with shell script: /tmp/packer-shell1234567', '    azure-arm: done'];
    case 'PowerShell':
      return [
        '==> azure-arm: Provisioning with Powershell...',
        '==> azure-arm: Provisioning with powershell script: C:\\Windows\\Temp\\x.ps1',
        '    azure-arm: done',
      ];
    case 'WindowsRestart':
      return ['==> azure-arm: Restarting Machine'];
    default:
      return [];
  }
}

function endingOf(end: RunEnd): readonly string[] {
  switch (end.kind) {
    case 'deployment':
      return notDeployed(end.code, end.said);
    case 'customizer':
      return failing(end.said);
    case 'later':
      return [];
  }
}

/** The words of the plugin (packer-plugin-azure: step_deploy_template.go, azure_error_response.go). */
function notDeployed(code: string, said: string): readonly string[] {
  return [
    '==> azure-arm: Deploying deployment template ...',
    '==> azure-arm: ERROR: -> DeploymentFailed : At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    `==> azure-arm: ERROR:   -> ${code} : ${said}`,
    "==> azure-arm: Build 'azure-arm' errored after 4 minutes 12 seconds: polling after CreateOrUpdate: polling failed: the Azure API returned the following error:",
    '==> Builds finished but no artifacts were created.',
  ];
}

function failing(said: string): readonly string[] {
  return [
    `==> azure-arm: ${said}`,
    '==> azure-arm: Provisioning step had errors: Running the cleanup provisioner, if present...',
    '==> azure-arm: Script exited with non-zero exit status: 1. Allowed exit codes are: [0]',
    '==> Builds finished but no artifacts were created.',
  ];
}
