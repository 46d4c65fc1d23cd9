import { COMPUTE, GROUP, type Stranger, WEST } from './stranger.ts';

const GALLERY = `${COMPUTE}/galleries/gal`;

export const GALLERIES: Stranger = {
  provider: 'galleries',
  versions: ['2023-07-03', '2024-03-03', '2025-12-03'],
  steps: () => [
    ['PUT', GALLERY, { ...WEST, properties: { description: 'golden images' } }],
    ['PUT', `${GALLERY}/images/web`, { ...WEST, properties: DEFINITION }],
    ['PUT', `${GALLERY}/images/web/versions/1.0.0`, { ...WEST, properties: VERSION }],
    ['GET', GALLERY],
    ['GET', `${COMPUTE}/galleries`],
    ['GET', 'providers/Microsoft.Compute/galleries'],
    ['GET', `${GALLERY}/images/web`],
    ['GET', `${GALLERY}/images`],
    ['GET', `${GALLERY}/images/web/versions/1.0.0`],
    ['GET', `${GALLERY}/images/web/versions/1.0.0?$expand=ReplicationStatus`],
    ['GET', `${GALLERY}/images/web/versions`],
    ['DELETE', `${GALLERY}/images/web`],
    ['DELETE', `${GALLERY}/images/web/versions/1.0.0`],
    ['DELETE', `${GALLERY}/images/web`],
    ['DELETE', GALLERY],
    ['GET', GALLERY],
  ],
};

const DEFINITION = {
  osType: 'Linux',
  osState: 'Generalized',
  hyperVGeneration: 'V2',
  architecture: 'x64',
  identifier: { publisher: 'contoso', offer: 'web', sku: 'golden' },
  features: [{ name: 'SecurityType', value: 'Standard' }],
};

const VERSION = {
  publishingProfile: { targetRegions: [{ name: 'westeurope' }, { name: 'northeurope', regionalReplicaCount: 2 }], excludeFromLatest: true },
  storageProfile: {
    osDiskImage: {
      source: {
        uri: 'https://x.blob.core.windows.net/vhds/web.vhd',
        storageAccountId: `/subscriptions/00000000-0000-0000-0000-000000000000/${GROUP}/providers/Microsoft.Storage/storageAccounts/x`,
      },
    },
  },
};
