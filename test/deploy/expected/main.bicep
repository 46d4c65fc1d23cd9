// a virtual machine from the image web, written by regild

@description('name of the virtual machine')
param name string

@description('resource id of the subnet that it stands in')
param subnetId string

@description('name of the administrator')
param adminUsername string = 'azureuser'

@description('the public key that the administrator logs in with')
param sshPublicKey string

resource data0 'Microsoft.Compute/disks@2024-03-02' = {
  name: '${name}-data-0'
  // the location
  location: 'northeurope'
  // the zone
  zones: [
    '1'
  ]
  sku: {
    // the first disk
    name: 'PremiumV2_LRS'
  }
  properties: {
    creationData: {
      createOption: 'Empty'
    }
    // the size of /dev/sdb
    diskSizeGB: 100
    diskIOPSReadWrite: 3000
    diskMBpsReadWrite: 125
    encryption: {
      type: 'EncryptionAtRestWithCustomerKey'
      // the key
      diskEncryptionSetId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des'
    }
  }
}

resource data1 'Microsoft.Compute/disks@2024-03-02' = {
  name: '${name}-data-1'
  // the location
  location: 'northeurope'
  // the zone
  zones: [
    '1'
  ]
  sku: {
    // the second disk
    name: 'StandardSSD_LRS'
  }
  properties: {
    creationData: {
      createOption: 'Empty'
    }
    // the size of /dev/sdc
    diskSizeGB: 500
    encryption: {
      type: 'EncryptionAtRestWithCustomerKey'
      // the key
      diskEncryptionSetId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des'
    }
  }
}

resource machine 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: name
  // the location
  location: 'northeurope'
  // the zone
  zones: [
    '1'
  ]
  // the plan
  plan: {
    publisher: 'p'
    product: 'o'
    name: 's'
  }
  properties: {
    hardwareProfile: {
      // the size
      vmSize: 'Standard_D2s_v5'
    }
    securityProfile: {
      // the security type
      securityType: 'TrustedLaunch'
      uefiSettings: {
        secureBootEnabled: true
        vTpmEnabled: true
      }
    }
    storageProfile: {
      imageReference: {
        // the version
        id: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/gal/images/web/versions/2026.1121.1'
      }
      osDisk: {
        createOption: 'FromImage'
        // its caching
        caching: 'ReadWrite'
        managedDisk: {
          // the OS disk
          storageAccountType: 'Premium_LRS'
          diskEncryptionSet: {
            // the key
            id: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des'
          }
        }
        // no diffDiskSettings: a managed disk
        deleteOption: 'Delete'
      }
      dataDisks: [
        {
          lun: 0
          createOption: 'Attach'
          // the first disk
          caching: 'None'
          managedDisk: {
            id: data0.id
          }
        }
        {
          lun: 1
          createOption: 'Attach'
          // the second disk
          caching: 'None'
          managedDisk: {
            id: data1.id
          }
        }
      ]
      // the controller
      diskControllerType: 'NVMe'
    }
    osProfile: {
      computerName: name
      adminUsername: adminUsername
      linuxConfiguration: {
        disablePasswordAuthentication: true
        ssh: {
          publicKeys: [
            {
              path: '/home/${adminUsername}/.ssh/authorized_keys'
              keyData: sshPublicKey
            }
          ]
        }
      }
    }
    // the licence
    licenseType: 'RHEL_BYOS'
    networkProfile: {
      networkApiVersion: '2020-11-01'
      networkInterfaceConfigurations: [
        {
          name: 'nic'
          properties: {
            primary: true
            // the network
            enableAcceleratedNetworking: true
            deleteOption: 'Delete'
            ipConfigurations: [
              {
                name: 'ipconfig'
                properties: {
                  subnet: {
                    id: subnetId
                  }
                }
              }
            ]
          }
        }
      ]
    }
    diagnosticsProfile: {
      bootDiagnostics: {
        // the serial console tells why a VM does not boot
        enabled: true
      }
    }
  }
}
