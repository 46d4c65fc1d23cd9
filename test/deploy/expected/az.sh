#!/bin/sh
# a virtual machine from the image web, written by regild
set -eu
: "${RESOURCE_GROUP:?the resource group to deploy into}"
: "${NAME:?the name of the machine}"
: "${SUBNET_ID:?the resource id of the subnet that it stands in}"
: "${SSH_KEY_FILE:?the file with the public key that the administrator logs in with}"

# the first disk
az disk create --resource-group "$RESOURCE_GROUP" --name "$NAME-data-0" --location northeurope --zone 1 --size-gb 100 --sku PremiumV2_LRS --disk-iops-read-write 3000 --disk-mbps-read-write 125 --disk-encryption-set /subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des --encryption-type EncryptionAtRestWithCustomerKey

# the second disk
az disk create --resource-group "$RESOURCE_GROUP" --name "$NAME-data-1" --location northeurope --zone 1 --size-gb 500 --sku StandardSSD_LRS --disk-encryption-set /subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des --encryption-type EncryptionAtRestWithCustomerKey

set -- --resource-group "$RESOURCE_GROUP" --name "$NAME" --subnet "$SUBNET_ID" --admin-username "${ADMIN_USERNAME:-azureuser}"
set -- "$@" --ssh-key-values "$SSH_KEY_FILE"
set -- "$@" --public-ip-address '' --nsg '' --nic-delete-option Delete
# the version
set -- "$@" --image /subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/gal/images/web/versions/2026.1121.1
# the location
set -- "$@" --location northeurope
# the size
set -- "$@" --size Standard_D2s_v5
# the zone
set -- "$@" --zone 1
# the security type
set -- "$@" --security-type TrustedLaunch --enable-secure-boot true --enable-vtpm true
# the controller
set -- "$@" --disk-controller-type NVMe
# the licence
set -- "$@" --license-type RHEL_BYOS
# the plan
set -- "$@" --plan-publisher p --plan-product o --plan-name s
# the OS disk
set -- "$@" --storage-sku os=Premium_LRS
# host caching of each data disk by its lun
set -- "$@" --data-disk-caching 0=None 1=None
# its caching
set -- "$@" --os-disk-caching ReadWrite
# a managed disk
# the key
set -- "$@" --os-disk-encryption-set /subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des
# the network
set -- "$@" --accelerated-networking true
# the OS disk goes with its VM
set -- "$@" --os-disk-delete-option Delete
set -- "$@" --attach-data-disks "$NAME-data-0" "$NAME-data-1"
az vm create "$@"
