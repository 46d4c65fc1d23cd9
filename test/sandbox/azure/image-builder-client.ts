import { ImageBuilderClient, type ImageTemplate } from '@azure/arm-imagebuilder';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { credentialFor } from './clients.ts';
import { DEFINITION, GALLERY, GROUP } from './gallery-fixture.ts';

/** The real Image Builder client, pointed at a sandbox. */
export function imageBuilderFor(sandbox: Sandbox): ImageBuilderClient {
  return new ImageBuilderClient(credentialFor(sandbox), sandbox.subscription, {
    endpoint: sandbox.endpoints.arm,
    tlsOptions: { ca: sandbox.caPem },
    credentials: { scopes: [`${sandbox.endpoints.arm}/.default`] },
    retryOptions: { maxRetries: 0 },
  });
}

/** Id of the fixture's gallery definition. */
export function definitionId({ subscription }: Sandbox): string {
  return `/subscriptions/${subscription}/resourceGroups/${GROUP}/providers/Microsoft.Compute/galleries/${GALLERY}/images/${DEFINITION}`;
}

/** A template that builds the fixture's definition from Ubuntu 24.04 and distributes version 1.0.0 to two regions. */
export function ubuntuTemplate(sandbox: Sandbox, change: Partial<ImageTemplate> = {}): ImageTemplate {
  const identity = `/subscriptions/${sandbox.subscription}/resourceGroups/${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/builder`;
  return {
    location: 'westeurope',
    tags: { team: 'web' },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    source: { type: 'PlatformImage', publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
    customize: [{ type: 'Shell', name: 'nginx', inline: ['sudo apt-get install -y nginx'] }],
    validate: { inVMValidations: [{ type: 'Shell', name: 'check', inline: ['nginx -t'] }] },
    distribute: [
      {
        type: 'SharedImage',
        galleryImageId: `${definitionId(sandbox)}/versions/1.0.0`,
        runOutputName: 'web',
        excludeFromLatest: true,
        artifactTags: { origin: 'ami-064b0f5e3937918bf' },
        targetRegions: [
          { name: 'westeurope', replicaCount: 1 },
          { name: 'northeurope', replicaCount: 2, storageAccountType: 'Standard_ZRS' },
        ],
      },
    ],
    ...change,
  };
}
