import { COMPUTE, NETWORK, type Stranger, UBUNTU, WEST } from './stranger.ts';

const SALES = 'providers/Microsoft.Compute/locations/westeurope/publishers';

export const MACHINES: Stranger = {
  provider: 'virtual machines',
  versions: ['2022-03-01', '2024-07-01', '2026-04-01'],
  steps: (subscription) => [
    ['GET', SALES],
    ['GET', `${SALES}/Canonical/artifacttypes/vmimage/offers`],
    ['GET', `${SALES}/Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus`],
    ['GET', `${SALES}/Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus/server/versions?$top=1&$orderby=name desc`],
    ['GET', `${SALES}/Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus/server/versions/24.04.202610120`],
    ['GET', `${SALES}/Canonical/artifacttypes/vmimage/offers/ubuntu-24_04-lts/skus/server/versions/0.0.1`],
    ['GET', 'providers/Microsoft.Compute/locations/westeurope/usages'],
    ['GET', 'providers/Microsoft.Compute/locations/westeurope/vmSizes'],
    ['PUT', `${COMPUTE}/virtualMachines/vm`, { ...WEST, properties: machine(subscription) }],
    ['GET', `${COMPUTE}/virtualMachines/vm`],
    ['GET', `${COMPUTE}/virtualMachines/vm?$expand=instanceView`],
    ['GET', `${COMPUTE}/virtualMachines/vm/instanceView`],
    ['GET', `${COMPUTE}/virtualMachines`],
    ['GET', 'providers/Microsoft.Compute/virtualMachines'],
    ['POST', `${COMPUTE}/virtualMachines/vm/runCommand`, { commandId: 'RunShellScript', script: ['# regild-checks: a b', 'true'] }],
    ['POST', `${COMPUTE}/virtualMachines/vm/retrieveBootDiagnosticsData`],
    ['POST', `${COMPUTE}/virtualMachines/vm/generalize`],
    ['POST', `${COMPUTE}/virtualMachines/vm/powerOff`],
    ['POST', `${COMPUTE}/virtualMachines/vm/start`],
    ['POST', `${COMPUTE}/virtualMachines/vm/restart`],
    ['POST', `${COMPUTE}/virtualMachines/vm/deallocate`],
    ['POST', `${COMPUTE}/virtualMachines/vm/generalize`],
    ['PUT', `${COMPUTE}/images/image`, { ...WEST, properties: managedImage(subscription) }],
    ['GET', `${COMPUTE}/images/image`],
    ['GET', `${COMPUTE}/images`],
    ['DELETE', `${COMPUTE}/images/image`],
    ['DELETE', `${COMPUTE}/virtualMachines/vm`],
    ['DELETE', `${COMPUTE}/virtualMachines/vm`],
    ['GET', `${COMPUTE}/virtualMachines/vm`],
  ],
};

function machine(subscription: string) {
  return {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    storageProfile: { imageReference: UBUNTU, osDisk: { createOption: 'FromImage', deleteOption: 'Delete' } },
    osProfile: { computerName: 'vm', adminUsername: 'azureuser', adminPassword: 'not-Kept-1' },
    networkProfile: { networkInterfaces: [{ id: `/subscriptions/${subscription}/${NETWORK}/networkInterfaces/nic` }] },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
  };
}

function managedImage(subscription: string) {
  return { sourceVirtualMachine: { id: `/subscriptions/${subscription}/${COMPUTE}/virtualMachines/vm` }, hyperVGeneration: 'V2' };
}

export const SIZES: Stranger = {
  provider: 'sizes',
  versions: ['2021-07-01'],
  steps: () => [
    ['GET', 'providers/Microsoft.Compute/skus'],
    ['GET', "providers/Microsoft.Compute/skus?$filter=location eq 'westeurope'"],
  ],
};
