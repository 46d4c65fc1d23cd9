# a virtual machine from the image web, written by regild

terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}

variable "resource_group_id" {
  type        = string
  description = "resource id of the resource group to deploy into"
}

variable "name" {
  type        = string
  description = "name of the virtual machine"
}

variable "subnet_id" {
  type        = string
  description = "resource id of the subnet that it stands in"
}

variable "admin_username" {
  type        = string
  description = "name of the administrator"
  default     = "azureuser"
}

variable "ssh_public_key" {
  type        = string
  description = "the public key that the administrator logs in with"
}

resource "azapi_resource" "data0" {
  type      = "Microsoft.Compute/disks@2024-03-02"
  parent_id = var.resource_group_id
  name      = "${var.name}-data-0"
  # the location
  location = "northeurope"
  body = {
    # the zone
    zones = [
      "1",
    ]
    sku = {
      # the first disk
      name = "PremiumV2_LRS"
    }
    properties = {
      creationData = {
        createOption = "Empty"
      }
      # the size of /dev/sdb
      diskSizeGB        = 100
      diskIOPSReadWrite = 3000
      diskMBpsReadWrite = 125
      encryption = {
        type = "EncryptionAtRestWithCustomerKey"
        # the key
        diskEncryptionSetId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des"
      }
    }
  }
}

resource "azapi_resource" "data1" {
  type      = "Microsoft.Compute/disks@2024-03-02"
  parent_id = var.resource_group_id
  name      = "${var.name}-data-1"
  # the location
  location = "northeurope"
  body = {
    # the zone
    zones = [
      "1",
    ]
    sku = {
      # the second disk
      name = "StandardSSD_LRS"
    }
    properties = {
      creationData = {
        createOption = "Empty"
      }
      # the size of /dev/sdc
      diskSizeGB = 500
      encryption = {
        type = "EncryptionAtRestWithCustomerKey"
        # the key
        diskEncryptionSetId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des"
      }
    }
  }
}

resource "azapi_resource" "machine" {
  type      = "Microsoft.Compute/virtualMachines@2024-07-01"
  parent_id = var.resource_group_id
  name      = var.name
  # the location
  location = "northeurope"
  body = {
    # the zone
    zones = [
      "1",
    ]
    # the plan
    plan = {
      publisher = "p"
      product   = "o"
      name      = "s"
    }
    properties = {
      hardwareProfile = {
        # the size
        vmSize = "Standard_D2s_v5"
      }
      securityProfile = {
        # the security type
        securityType = "TrustedLaunch"
        uefiSettings = {
          secureBootEnabled = true
          vTpmEnabled       = true
        }
      }
      storageProfile = {
        imageReference = {
          # the version
          id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/gal/images/web/versions/2026.1121.1"
        }
        osDisk = {
          createOption = "FromImage"
          # its caching
          caching = "ReadWrite"
          managedDisk = {
            # the OS disk
            storageAccountType = "Premium_LRS"
            diskEncryptionSet = {
              # the key
              id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des"
            }
          }
          # no diffDiskSettings: a managed disk
          deleteOption = "Delete"
        }
        dataDisks = [
          {
            lun          = 0
            createOption = "Attach"
            # the first disk
            caching = "None"
            managedDisk = {
              id = azapi_resource.data0.id
            }
          },
          {
            lun          = 1
            createOption = "Attach"
            # the second disk
            caching = "None"
            managedDisk = {
              id = azapi_resource.data1.id
            }
          },
        ]
        # the controller
        diskControllerType = "NVMe"
      }
      osProfile = {
        computerName  = var.name
        adminUsername = var.admin_username
        linuxConfiguration = {
          disablePasswordAuthentication = true
          ssh = {
            publicKeys = [
              {
                path    = "/home/${var.admin_username}/.ssh/authorized_keys"
                keyData = var.ssh_public_key
              },
            ]
          }
        }
      }
      # the licence
      licenseType = "RHEL_BYOS"
      networkProfile = {
        networkApiVersion = "2020-11-01"
        networkInterfaceConfigurations = [
          {
            name = "nic"
            properties = {
              primary = true
              # the network
              enableAcceleratedNetworking = true
              deleteOption                = "Delete"
              ipConfigurations = [
                {
                  name = "ipconfig"
                  properties = {
                    subnet = {
                      id = var.subnet_id
                    }
                  }
                },
              ]
            }
          },
        ]
      }
      diagnosticsProfile = {
        bootDiagnostics = {
          # the serial console tells why a VM does not boot
          enabled = true
        }
      }
    }
  }
}
