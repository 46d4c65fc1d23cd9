/** What a message of Azure means for the user of regild. */
export interface ErrorHint {
  /** Matched against `Code message`, nested errors included. */
  readonly pattern: RegExp;
  readonly hint: string;
  /** Where the wording was read. */
  readonly source: string;
}

const GALLERY = 'learn.microsoft.com/azure/virtual-machines/troubleshooting-shared-images';
const BUILDER = 'learn.microsoft.com/azure/virtual-machines/linux/image-builder-troubleshoot';
const ARM = 'learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors';
const PACKER_304 = 'github.com/hashicorp/packer-plugin-azure/issues/304';
const PACKER_8291 = 'github.com/hashicorp/packer/issues/8291';
const THROTTLING = 'learn.microsoft.com/azure/virtual-machines/compute-throttling-limits';
const DEPRECATED = 'learn.microsoft.com/azure/virtual-machines/deprecated-images';

/** When the wordings below were last compared with their sources. */
export const ERROR_HINTS_VERIFIED = '2026-11-21';

/** The first entry that matches wins: the specific ones stand before the general ones. */
export const ERROR_HINTS: readonly ErrorHint[] = [
  {
    pattern: /different Hypervisor generation/i,
    hint: 'a definition is V1 or V2 for good: name another one in `target.definition`, or set `generation` to what the existing one has',
    source: GALLERY,
  },
  {
    pattern: /different OS type|OS State in the parent gallery image/i,
    hint: 'the definition was made for another operating system or state: name another one in `target.definition`',
    source: GALLERY,
  },
  {
    pattern: /storageProfile\.\S*source\.id' is not allowed/i,
    hint: 'this version number already exists with another source: choose a new version, or delete the old one',
    source: `${GALLERY}, ${PACKER_8291}`,
  },
  {
    pattern: /storage account type does not match/i,
    hint: 'the storage type of a region that is already replicated cannot change: keep the old `storage`, or publish a new version',
    source: 'github.com/Azure/azure-powershell/issues/9911',
  },
  {
    pattern: /Changing property|PropertyChangeNotAllowed/i,
    hint: 'this field is fixed once created: name another definition in `target.definition`, or put the old value back',
    source: GALLERY,
  },
  { pattern: /ZRS storage account type is not supported/i, hint: 'set `storage: Standard_LRS` for this region', source: GALLERY },
  {
    pattern: /exceeds the max size/i,
    hint: 'a replicated disk must be under 2 TB: use a smaller disk in the build',
    source: GALLERY,
  },
  {
    pattern: /must contain the location of image version/i,
    hint: 'add `target.location` to `regions`: the build region must be among them',
    source: GALLERY,
  },
  { pattern: /Duplicate regions/i, hint: 'name each region once in `regions`', source: GALLERY },
  {
    pattern: /already exists\. Choose a different publisher, offer, sku/i,
    hint: 'two definitions of a gallery may not share publisher, offer and sku',
    source: GALLERY,
  },
  {
    pattern: /different plan .*parent gallery image plan/is,
    hint: 'the definition must carry the purchase plan of its base, and gets it only when it is created: name a new definition in `target.definition`',
    source: GALLERY,
  },
  {
    pattern: /security type '?TrustedLaunchSupported'? is not supported for the source id/i,
    hint: 'such a definition takes a managed image or a gallery version, not a VM: let `engine` and `security` be chosen by the plan',
    source: PACKER_304,
  },
  { pattern: /no latest image version exists/i, hint: 'no version is promoted: run `regild publish`', source: GALLERY },
  { pattern: /is not available in \S+ region/i, hint: 'replicate the version to that region first: add it to `regions`', source: GALLERY },
  {
    pattern: /Required parameter 'osProfile' is missing|Parameter 'osProfile' is not allowed/i,
    hint: "the version is generalized where a specialized one was expected, or the other way round: check the definition's OS state",
    source: GALLERY,
  },
  {
    pattern: /'?Arm64'? is not supported/i,
    hint: 'Arm64 images live in a gallery only: a managed image cannot hold one',
    source: 'learn.microsoft.com/azure/virtual-machines/image-version',
  },
  {
    pattern: /cannot boot with OS image or disk|BadRequest.*DiskControllerType/is,
    hint: 'size and image differ in generation, architecture or disk controller: set `build.vmSize` and `test.vmSize` to a size that fits',
    source: 'learn.microsoft.com/azure/virtual-machines/generation-2',
  },
  {
    pattern: /DeleteGalleryImageVersionBlockedBeforeEndOfLife/i,
    hint: 'set `blockDeletionBeforeEndOfLife` to false on the version, or wait for its end of life',
    source: GALLERY,
  },
  { pattern: /marked for deletion/i, hint: 'wait until the deletion has finished, then run the same command again', source: GALLERY },
  {
    pattern: /SkuNotAvailable|AllocationFailed|ZonalAllocationFailed|OverconstrainedAllocationRequest/i,
    hint: 'Azure has no room for this size here at the moment: name another `build.vmSize` or `test.vmSize`, or another location',
    source: ARM,
  },
  {
    pattern: /QuotaExceeded|exceeding approved .*quota|exceeds? .*quota/is,
    hint: 'ask for more quota (`az quota`, or the portal under Usage + quotas), or use a size of another family',
    source: ARM,
  },
  {
    pattern: /TooManyRequests|OperationNotAllowed.*too many requests/is,
    hint: 'wait and run the same command again: it continues where it stopped',
    source: THROTTLING,
  },
  {
    pattern: /OSProvisioningTimedOut|OSProvisioningClientError/i,
    hint: 'the guest booted but its agent did not report: read the serial log; generalization, network driver and datasource are the usual causes',
    source: 'learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/troubleshoot-deployment-new-vm-linux',
  },
  {
    pattern: /installed for a user, but not provisioned for all users/i,
    hint: 'Sysprep refuses a Store app that one user installed: remove that package in a customisation step',
    source: 'learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/sysprep-fails-remove-or-update-store-apps',
  },
  {
    pattern: /IMAGE_STATE_UNDEPLOYABLE|IMAGE_STATE_COMPLETE/i,
    hint: 'Sysprep did not finish: read setuperr.log in C:\\Windows\\System32\\Sysprep\\Panther of the build VM',
    source: 'developer.hashicorp.com/packer/integrations/hashicorp/azure/latest/components/builder/arm',
  },
  {
    pattern: /ImageVersionDeprecated/i,
    hint: 'the publisher withdrew this base: run `regild match` again for what replaces it',
    source: DEPRECATED,
  },
  {
    pattern: /MarketplacePurchaseEligibilityFailed|ResourcePurchaseValidationFailed|legal terms/i,
    hint: 'accept the Marketplace terms once per subscription: `az vm image terms accept --urn <publisher:offer:sku:version>`',
    source: ARM,
  },
  {
    pattern: /MissingSubscriptionRegistration|SubscriptionNotRegistered|NoRegisteredProviderFound/i,
    hint: 'register the resource provider once per subscription: `az provider register --namespace <namespace>`',
    source: ARM,
  },
  {
    pattern:
      /LocationNotAvailableForResourceType|location .* is not available for resource type|InvalidLocation|NoRegisteredProviderFoundForLocation/i,
    hint: 'check the spelling of the location (`az account list-locations`), or ask for access to it',
    source: GALLERY,
  },
  {
    pattern: /ResourceGroupNotFound/i,
    hint: 'create the resource group first: `az group create --name <name> --location <location>`, or correct `target.resourceGroup`',
    source: ARM,
  },
  {
    pattern: /SubscriptionNotFound|InvalidSubscriptionId/i,
    hint: 'check `target.subscription`, and that the identity in use may see it (`az account list`)',
    source: ARM,
  },
  {
    pattern: /RequestDisallowedByPolicy/i,
    hint: 'an Azure policy forbids it: the message names the assignment; ask its owner for an exemption, or add the tags or location it wants',
    source: ARM,
  },
  { pattern: /ScopeLocked/i, hint: 'a lock protects the resource: remove it, or choose another target', source: ARM },
  {
    pattern: /BadStagingResourceGroup/i,
    hint: 'the staging group must be empty, in the same region, and writable for the build identity',
    source: BUILDER,
  },
  {
    pattern: /not authorized to access linked subscription|LinkedAuthorizationFailed/i,
    hint: 'the identity also needs read access on the resource that the message names',
    source: GALLERY,
  },
];
