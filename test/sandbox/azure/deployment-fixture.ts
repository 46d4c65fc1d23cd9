/** A template in the shape of those that build VMs: parameters, variables that use each other, dependencies in both spellings, a condition. */
export const VM_TEMPLATE = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: {
    vmName: { type: 'string' },
    vmSize: { type: 'string', defaultValue: 'Standard_D2s_v5' },
    adminPassword: { type: 'securestring' },
    commandToExecute: { type: 'string' },
  },
  variables: {
    location: '[resourceGroup().location]',
    network: "[concat('vnet-', parameters('vmName'))]",
    networkId: "[resourceId(resourceGroup().name, 'Microsoft.Network/virtualNetworks', variables('network'))]",
    subnet: "[concat(variables('networkId'), '/subnets/', 'build')]",
  },
  resources: [
    {
      type: 'Microsoft.Compute/virtualMachines/extensions',
      apiVersion: '2023-03-01',
      condition: "[not(empty(parameters('commandToExecute')))]",
      name: "[concat(parameters('vmName'), '/extension')]",
      location: "[variables('location')]",
      dependsOn: ["[resourceId('Microsoft.Compute/virtualMachines/', parameters('vmName'))]"],
      properties: {},
    },
    {
      type: 'Microsoft.Compute/virtualMachines',
      apiVersion: '2023-03-01',
      name: "[parameters('vmName')]",
      location: "[variables('location')]",
      dependsOn: ["[concat('Microsoft.Network/networkInterfaces/', 'nic')]"],
      properties: {
        hardwareProfile: { vmSize: "[parameters('vmSize')]" },
        networkProfile: { networkInterfaces: [{ id: "[resourceId('Microsoft.Network/networkInterfaces', 'nic')]" }] },
        osProfile: { computerName: "[parameters('vmName')]", adminUsername: 'packer', adminPassword: "[parameters('adminPassword')]" },
        storageProfile: {
          imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
          osDisk: { createOption: 'FromImage', name: 'osdisk' },
        },
      },
    },
    {
      type: 'Microsoft.Network/networkInterfaces',
      apiVersion: '2023-04-01',
      name: 'nic',
      location: "[variables('location')]",
      dependsOn: ["[concat('Microsoft.Network/virtualNetworks/', variables('network'))]"],
      properties: { ipConfigurations: [{ name: 'ipconfig', properties: { subnet: { id: "[variables('subnet')]" } } }] },
    },
    {
      type: 'Microsoft.Network/virtualNetworks',
      apiVersion: '2023-04-01',
      name: "[variables('network')]",
      location: "[variables('location')]",
      tags: { note: '[[literal]' },
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 'build', properties: { addressPrefix: '10.0.0.0/24' } }],
      },
    },
  ],
};
