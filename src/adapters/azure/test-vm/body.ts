import type { OSProfile, SecurityProfile, VirtualMachine } from '@azure/arm-compute';
import type { SecurityType, TestShape, VmSize } from '../../../model/index.ts';
import type { TestVmRequest } from '../../../ports.ts';
import type { TestPlace } from './place.ts';

/** The body that creates a test VM from a staged version: no public address, one disk and one interface that go with it, managed boot diagnostics. */
export function vmBody(
  request: TestVmRequest,
  place: TestPlace,
  subnet: string,
  login: OSProfile,
  size: VmSize | undefined,
): VirtualMachine {
  const { plan, versionId } = request;
  const { purchasePlan } = plan.definition;
  const security = request.shape.ordinary ? undefined : securityProfile(plan.security, size);
  const diskControllerType = controller(request, size);
  return {
    location: place.location,
    tags: { ...place.tags },
    ...(request.zone !== undefined && { zones: [request.zone] }),
    ...(purchasePlan && { plan: purchasePlan }),
    ...(plan.deploymentLicenseType !== undefined && { licenseType: plan.deploymentLicenseType }),
    ...(security && { securityProfile: security }),
    hardwareProfile: { vmSize: request.shape.vmSize },
    storageProfile: {
      imageReference: { id: versionId },
      osDisk: { createOption: 'FromImage', deleteOption: 'Delete', managedDisk: { storageAccountType: 'StandardSSD_LRS' } },
      ...(diskControllerType && { diskControllerType }),
    },
    osProfile: login,
    networkProfile: networkProfile(subnet),
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  };
}

/**
 * A definition that says TrustedLaunchSupported is tested with Secure Boot and a vTPM, or the claim would go untested; such an image also makes
 * ordinary VMs, so a size without Trusted Launch tests it as one.
 */
function securityProfile(security: SecurityType, size: VmSize | undefined): SecurityProfile | undefined {
  switch (security) {
    case 'Standard':
      return undefined;
    case 'TrustedLaunchSupported':
      return size?.trustedLaunch === false ? undefined : TRUSTED_LAUNCH;
    case 'TrustedLaunch':
      return TRUSTED_LAUNCH;
  }
}

const TRUSTED_LAUNCH: SecurityProfile = { securityType: 'TrustedLaunch', uefiSettings: { secureBootEnabled: true, vTpmEnabled: true } };

/** Said only where there is a choice: a Gen1 VM, or a size with SCSI alone, takes no such setting. */
function controller({ plan, shape }: TestVmRequest, size: VmSize | undefined): TestShape['controller'] | undefined {
  const choice = plan.definition.generation === 'V2' && (shape.controller === 'NVMe' || size?.controllers.includes('NVMe') === true);
  return choice ? shape.controller : undefined;
}

/** The interface is made with the VM and deleted with it. */
function networkProfile(subnet: string): NonNullable<VirtualMachine['networkProfile']> {
  const address = { name: 'ipconfig', primary: true, subnet: { id: subnet } };
  return {
    networkApiVersion: '2020-11-01',
    networkInterfaceConfigurations: [{ name: 'nic-regild-test', primary: true, deleteOption: 'Delete', ipConfigurations: [address] }],
  };
}
