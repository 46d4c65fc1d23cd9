import type { Signature } from '../signature.ts';

const BUILDER = 'learn.microsoft.com/azure/virtual-machines/linux/image-builder-troubleshoot';
const verified = '2026-11-25';

/** VM Image Builder's own words; they stand last, for a log that says more is asked first. */
export const IMAGE_BUILDER = [
  {
    id: 'staging-group',
    pattern: /BadStagingResourceGroup/i,
    cause: 'Image Builder does not take the staging group',
    cure: 'it must be empty, in the same region, and writable for the build identity',
    example: 'BadStagingResourceGroup: The staging resource group is not empty.',
    source: BUILDER,
    verified: '2026-11-21',
  },
  {
    id: 'image-builder-packer',
    pattern: /PackerBuildFailed|Packer build logs are at location/i,
    cause: 'a step failed in the build VM, and customization.log says which',
    cure: 'read customization.log of the run folder; where regild could not fetch it, in the storage account that the message names',
    example:
      'PackerBuildFailed: During the image build a failure has occurred. Packer build logs are at location /x/storageAccounts/s/blobServices/default/containers/packerlogs/g/customization.log.',
    source: 'github.com/Azure/azure-powershell/issues/24244',
    verified,
  },
  {
    id: 'image-builder-internal',
    pattern: /InternalOperationError|azvmimagebuilderts/i,
    cause:
      'Image Builder met an error of its own that it does not describe; rights of the build identity and a region without room are the usual causes',
    cure: 'run the same command again; where it stays so, check the identity with docs/reference/permissions.md and try another `build.vmSize`',
    example:
      'InternalOperationError: Internal error occurred. This is a generic error. To identify possible causes, go to https://aka.ms/azvmimagebuilderts.',
    source: 'github.com/danielsollondon/azvmimagebuilder/issues/50',
    verified,
  },
] satisfies readonly Signature[];
