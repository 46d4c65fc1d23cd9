import { GROUP, type Stranger, UBUNTU, WEST } from './stranger.ts';

const TEMPLATE = `${GROUP}/providers/Microsoft.VirtualMachineImages/imageTemplates`;

export const IMAGE_BUILDER: Stranger = {
  provider: 'image builder',
  versions: ['2023-07-01', '2024-02-01', '2025-10-01'],
  steps: (subscription) => [
    ['PUT', `${TEMPLATE}/it`, imageTemplate(subscription)],
    ['GET', `${TEMPLATE}/it`],
    ['GET', TEMPLATE],
    ['GET', 'providers/Microsoft.VirtualMachineImages/imageTemplates'],
    ['PATCH', `${TEMPLATE}/it`, { tags: { team: 'db' } }],
    ['POST', `${TEMPLATE}/it/cancel`],
    ['POST', `${TEMPLATE}/it/run`],
    ['GET', `${TEMPLATE}/it`],
    ['GET', `${TEMPLATE}/it/runOutputs`],
    ['GET', `${TEMPLATE}/it/triggers`],
    ['GET', `${TEMPLATE}/it/runOutputs/web`],
    ['GET', `${TEMPLATE}/it/runOutputs/none`],
    ['DELETE', `${TEMPLATE}/it`],
    ['GET', `${TEMPLATE}/it`],
  ],
};

function imageTemplate(subscription: string) {
  const group = `/subscriptions/${subscription}/${GROUP}/providers`;
  const distribute = {
    type: 'ManagedImage',
    imageId: `${group}/Microsoft.Compute/images/web`,
    location: 'westeurope',
    runOutputName: 'web',
  };
  return {
    ...WEST,
    identity: { type: 'UserAssigned', userAssignedIdentities: { [`${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id`]: {} } },
    properties: {
      source: { ...UBUNTU, type: 'PlatformImage' },
      customize: [{ type: 'Shell', name: 'touch', inline: ['touch /tmp/a'] }],
      distribute: [distribute],
      vmProfile: { vmSize: 'Standard_D2s_v5', osDiskSizeGB: 40 },
    },
  };
}
