import type { Signature } from '../signature.ts';

const verified = '2026-11-25';
const looked = '2026-11-26';

/** What a VM size and an image must have in common, and the Marketplace image below both. */
export const MACHINE = [
  {
    id: 'size-generation',
    pattern: /cannot boot Hypervisor Generation/i,
    cause: 'the VM size boots the other generation only',
    cure: 'set `build.vmSize` and `test.vmSize` to a size that boots it (v6 and later boot generation 2 only), or `generation` to what the size boots',
    example:
      "The selected VM size 'Standard_D1_v2' cannot boot Hypervisor Generation '2'. If this was a Create operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM Size.",
    source: 'github.com/microsoft/ga4gh-tes/issues/43',
    verified,
  },
  {
    id: 'size-architecture',
    pattern: /VM size only supports a CPU Architecture of/i,
    cause: 'the VM size has another processor architecture than the image',
    cure: 'set `build.vmSize` and `test.vmSize` to a size of the image’s architecture (Arm64 sizes have a `p` after the number)',
    example:
      "Cannot create a VM of size 'Standard_B2pts_v2' because this VM size only supports a CPU Architecture of 'Arm64', but an image or disk with CPU Architecture 'x64' was given.",
    source: 'github.com/microsoft/lisa/pull/4560',
    verified: looked,
  },
  {
    id: 'size-controller',
    pattern: /cannot boot with OS image or disk|BadRequest.*DiskControllerType/is,
    cause: 'the VM size offers a disk controller (SCSI, NVMe) that the image does not state',
    cure: 'use a size of an earlier version (v5 has SCSI), or name a new definition whose `controllers` have NVMe, which is fixed once created',
    example:
      "The VM size 'Standard_E2ds_v6' cannot boot with OS image or disk. Please check that disk controller types supported by the OS image or disk is one of the supported disk controller types for the VM size 'Standard_E2ds_v6'.",
    source: 'learn.microsoft.com/azure/virtual-machines/enable-nvme-interface',
    verified,
  },
  {
    id: 'size-region',
    pattern: /requested VM size \S+ is not available in the current region/i,
    cause: 'the region does not sell this VM size',
    cure: 'name another `build.vmSize` or `test.vmSize`, or another location',
    example:
      'The requested VM size Standard_D2s_v5 is not available in the current region. The sizes available in the current region are: …',
    source: 'github.com/microsoft/lisa/issues/315',
    verified,
  },
  {
    id: 'size-storage',
    pattern: /storage account type '[^']*' is not supported for (?:the )?VM size|does not support the storage account type Premium/i,
    cause: 'the VM size takes no premium disks',
    cure: 'use a size with an `s` after the number, for example Standard_D2s_v5',
    example:
      "Requested operation cannot be performed because the VM size Standard_F4 does not support the storage account type Premium_LRS of disk 'd'. Consider updating the VM to a size that supports Premium storage.",
    source: 'github.com/google/cloud-forensics-utils/issues/488',
    verified: looked,
  },
  {
    id: 'trusted-launch-image',
    pattern: /Use of TrustedLaunch setting is not supported for the provided image/i,
    cause: 'the image is generation 1, or does not state that it supports Trusted Launch',
    cure: 'take a generation 2 base that does (`regild match` shows them), or set `security: standard`',
    example:
      'Use of TrustedLaunch setting is not supported for the provided image. Please select Trusted Launch Supported Gen2 OS Image. For more information, see https://aka.ms/TrustedLaunch-FAQ.',
    source: 'github.com/Azure/azure-cli/issues/27975',
    verified,
  },
  {
    id: 'trusted-launch-size',
    pattern: /is not supported for creation of VMs? and Virtual Machine Scale Set with 'TrustedLaunch'/i,
    cause: 'the VM size does not support Trusted Launch',
    cure: 'name another `build.vmSize` or `test.vmSize`, or set `security: standard`',
    example:
      "The VM size 'Standard_A4_v2' is not supported for creation of VMs and Virtual Machine Scale Set with 'TrustedLaunch' security type.",
    source: 'github.com/Azure/azure-cli/issues/28005',
    verified,
  },
  {
    id: 'encryption-at-host',
    pattern: /EncryptionAtHost' feature is not enabled/i,
    cause: 'the subscription has not registered encryption at host',
    cure: 'run `az feature register --namespace Microsoft.Compute --name EncryptionAtHost`, then `az provider register --namespace Microsoft.Compute`',
    example:
      "The property 'securityProfile.encryptionAtHost' is not valid because the 'Microsoft.Compute/EncryptionAtHost' feature is not enabled for this subscription.",
    source: 'learn.microsoft.com/azure/virtual-machines/linux/disks-enable-host-based-encryption-cli',
    verified,
  },
  {
    id: 'plan-missing',
    pattern: /VMMarketplaceInvalidInput|requires Plan information in the request/i,
    cause: 'the base has a purchase plan, and the request did not carry it',
    cure: 'use a definition that was created with the plan (name a new one in `target.definition`); who deploys the image passes the same plan',
    example:
      "VMMarketplaceInvalidInput: Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace image requires Plan information in the request. VM: '/x'.",
    source: 'github.com/Azure/sap-automation/issues/433',
    verified,
  },
  {
    id: 'terms',
    pattern: /MarketplacePurchaseEligibilityFailed|ResourcePurchaseValidationFailed|legal terms/i,
    cause: 'the Marketplace terms of the base were not accepted in this subscription',
    cure: 'accept them once: `az vm image terms accept --urn <publisher:offer:sku:version>`',
    example:
      'MarketplacePurchaseEligibilityFailed: Marketplace purchase eligibilty check returned errors. See inner errors for details. Legal terms have not been accepted for this item.',
    source: 'learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors',
    verified: '2026-11-21',
  },
  {
    id: 'base-gone',
    pattern: /PlatformImageNotFound|The platform image '[^']*' is not available/i,
    cause: 'the publisher has withdrawn this version of the base, or does not sell it in this region',
    cure: 'run `regild plan` again without --resume and --locked, which pins the newest version',
    example:
      "PlatformImageNotFound: The platform image 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:22.04.202301010' is not available. Verify that all fields in the storage profile are correct.",
    source: 'github.com/hashicorp/packer/issues/10600',
    verified,
  },
  {
    id: 'base-deprecated',
    pattern: /ImageVersionDeprecated/i,
    cause: 'the publisher withdrew this base',
    cure: 'run `regild match` again for what replaces it',
    example: 'ImageVersionDeprecated: The image is deprecated.',
    source: 'learn.microsoft.com/azure/virtual-machines/deprecated-images',
    verified: '2026-11-21',
  },
] satisfies readonly Signature[];
