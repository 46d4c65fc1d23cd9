# The plugin that this folder was written for: 2.6.0 knows disk_controller_type, 2.6.3 fixes its disks.
packer {
  required_version = ">= 1.10.0"

  required_plugins {
    azure = {
      source  = "github.com/hashicorp/azure"
      version = ">= 2.6.3"
    }
  }
}
