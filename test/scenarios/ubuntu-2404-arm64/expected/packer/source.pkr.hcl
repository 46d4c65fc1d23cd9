# One build VM in a resource group of its own, which is deleted in the end with everything in it.
locals {
  temp_group = join("-", ["regild-ubuntu-2404-arm64", var.run_id, var.attempt])
}

source "azure-arm" "image" {
  # Who builds, and where
  use_azure_cli_auth       = var.use_azure_cli_auth
  subscription_id          = "5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f"
  tenant_id                = var.tenant_id
  client_id                = var.client_id
  client_secret            = var.client_secret
  client_cert_path         = var.client_cert_path
  oidc_request_url         = var.oidc_request_url
  oidc_request_token       = var.oidc_request_token
  location                 = "northeurope"
  temp_resource_group_name = local.temp_group
  polling_duration_timeout = "240m"

  # The base, pinned
  os_type         = "Linux"
  image_publisher = "Canonical"
  image_offer     = "ubuntu-24_04-lts"
  image_sku       = "server-arm64"
  image_version   = "24.04.202610120"

  # The build VM
  vm_size                          = var.vm_size
  os_disk_size_gb                  = 30
  user_assigned_managed_identities = ["/subscriptions/5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder"]
  communicator                     = "ssh"
  ssh_username                     = "packer"

  # The staged version: in the build region only, and not yet what `latest` means. Packer makes no definition: this one must exist
  # (`regild build` makes it), and nothing that is built by hand is tested or published.
  shared_image_gallery_destination {
    subscription         = "5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f"
    resource_group       = "rg-images"
    gallery_name         = "gal_golden"
    image_name           = "ubuntu-2404-arm64-staging"
    image_version        = "2026.1121.1"
    storage_account_type = "Standard_LRS"

    target_region {
      name     = "northeurope"
      replicas = 1
    }
  }
  shared_gallery_image_version_exclude_from_latest = true
  shared_image_gallery_timeout                     = "240m"

  azure_tags = {
    "regild-image"      = "ubuntu-2404-arm64"
    "regild-ami"        = "ami-0e31061011ea178ca"
    "regild-ami-region" = "eu-west-1"
    "regild-base"       = "Canonical:ubuntu-24_04-lts:server-arm64:24.04.202610120"
    "regild-run"        = var.run_id
    "regild-deadline"   = var.deadline
    "regild-digest"     = var.digest
  }
}
