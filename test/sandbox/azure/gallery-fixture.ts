import type { ComputeManagementClient, GalleryImage, GalleryImageVersion, TargetRegion } from '@azure/arm-compute';
import { AT_ONCE } from './clients.ts';

export const GROUP = 'rg-images';
export const GALLERY = 'sig_golden';
export const DEFINITION = 'web-golden';

/** A definition of a Gen2 Linux image without a security type. */
export const STANDARD: GalleryImage = {
  location: 'westeurope',
  osType: 'Linux',
  osState: 'Generalized',
  hyperVGeneration: 'V2',
  identifier: { publisher: 'contoso', offer: 'web', sku: 'golden' },
  features: [{ name: 'SecurityType', value: 'Standard' }],
};

/** A version from a VHD, so that no other resource is needed. */
export function fromVhd(...regions: readonly TargetRegion[]): GalleryImageVersion {
  return {
    location: 'westeurope',
    publishingProfile: { targetRegions: [{ name: 'westeurope' }, ...regions], excludeFromLatest: true },
    storageProfile: {
      osDiskImage: { source: { uri: 'https://x.blob.core.windows.net/vhds/web.vhd', storageAccountId: '/subscriptions/x' } },
    },
  };
}

export async function createGallery(compute: ComputeManagementClient): Promise<void> {
  await compute.galleries.createOrUpdate(GROUP, GALLERY, { location: 'westeurope' }, AT_ONCE);
}

export async function createDefinition(
  compute: ComputeManagementClient,
  definition: GalleryImage = STANDARD,
  name = DEFINITION,
): Promise<GalleryImage> {
  return await compute.galleryImages.createOrUpdate(GROUP, GALLERY, name, definition, AT_ONCE);
}
