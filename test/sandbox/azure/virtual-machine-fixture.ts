import type { VirtualMachine } from '@azure/arm-compute';

export const UBUNTU = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' };
export const WINDOWS = { publisher: 'MicrosoftWindowsServer', offer: 'WindowsServer', sku: '2022-datacenter-g2', version: 'latest' };

/** A VM with an interface of its own in the subnet; everything it brings goes with it. */
export function vmIn(subnet: string, change: Partial<VirtualMachine> = {}): VirtualMachine {
  const address = { name: 'ipconfig', primary: true, subnet: { id: subnet } };
  return {
    location: 'westeurope',
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    storageProfile: { imageReference: UBUNTU, osDisk: { createOption: 'FromImage', deleteOption: 'Delete' } },
    osProfile: { computerName: 'probe', adminUsername: 'azureuser', adminPassword: 'not-Kept-1' },
    networkProfile: {
      networkApiVersion: '2020-11-01',
      networkInterfaceConfigurations: [{ name: 'nic', primary: true, deleteOption: 'Delete', ipConfigurations: [address] }],
    },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    ...change,
  };
}
