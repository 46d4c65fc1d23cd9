# Written by regild of the image "golden" in the manifest: change it there and render again, for the next run writes this folder anew.

# Hardened systems forbid programs in /tmp, so a shell reads the script there; it does everything as root.
locals {
  as_root = "{{ .Vars }} sudo -E sh -e '{{ .Path }}'"
}

build {
  name    = "golden"
  sources = ["source.azure-arm.image"]

  # The guest's files: regild's scripts and their data, the user's steps
  provisioner "file" {
    source      = "${path.root}/guest"
    destination = "/tmp"
  }

  provisioner "shell" {
    name            = "put the guest's files in place"
    execute_command = local.as_root
    inline = [
      "install -d -m 0700 /opt/regild",
      "cp -R /tmp/guest/. /opt/regild/",
      "rm -rf /tmp/guest",
    ]
  }

  # Phase "inventory"
  provisioner "shell" {
    name            = "list what is installed, and refuse a machine that is not the planned one"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/inventory.sh before",
    ]
  }

  # Phase "add-azure"
  provisioner "shell" {
    name            = "give the room of a larger disk to the volumes of LVM"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/grow.sh",
    ]
  }

  provisioner "shell" {
    name            = "Azure agent, drivers and tools"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/add-azure.sh",
    ]
  }

  # Phase "customize"
  provisioner "shell" {
    name            = "install nginx, chrony"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/packages.sh install nginx chrony",
    ]
  }

  provisioner "shell" {
    name            = "shell: systemctl enable nginx"
    execute_command = local.as_root
    inline = [
      "sh -e /opt/regild/steps/05-customize-2-shell.sh",
    ]
  }

  provisioner "shell" {
    name            = "install all updates"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/packages.sh update",
    ]
  }

  # Phase "remove-aws"
  provisioner "shell" {
    name            = "remove AWS agents, tools and their accounts"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/remove-aws.sh remove-aws",
    ]
  }

  # Phase "configure"
  provisioner "shell" {
    name            = "Azure datasource, time and login settings"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/configure.sh",
    ]
  }

  provisioner "shell" {
    name            = "remove AWS datasource, mirrors and login settings"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/remove-aws.sh configure",
    ]
  }

  # Phase "network"
  provisioner "shell" {
    name            = "network for Azure"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/network.sh",
    ]
  }

  provisioner "shell" {
    name            = "remove AWS network configuration"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/remove-aws.sh network",
    ]
  }

  # Phase "boot"
  provisioner "shell" {
    name            = "remove AWS boot configuration"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/remove-aws.sh boot",
    ]
  }

  provisioner "shell" {
    name            = "kernel arguments, initramfs and file systems for Azure"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/boot.sh",
    ]
  }

  # Phase "verify"
  provisioner "shell" {
    name              = "restart, to remove AWS kernels on the running system"
    execute_command   = local.as_root
    inline            = ["shutdown -r now"]
    expect_disconnect = true
    skip_clean        = true
    pause_after       = "30s"
  }

  provisioner "shell" {
    name            = "remove AWS kernels"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/remove-aws.sh verify",
    ]
  }

  provisioner "shell" {
    name            = "remove AWS credentials and registrations"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/remove-aws.sh generalize",
    ]
  }

  provisioner "shell" {
    name            = "scan for secrets"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/leak-scan.sh guest",
    ]
  }

  provisioner "shell" {
    name            = "list what is installed"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/inventory.sh after",
    ]
  }

  provisioner "shell" {
    name            = "record what became of the AWS components"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/record.sh",
    ]
  }

  provisioner "shell" {
    name            = "checks before generalize"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/checks.sh guest",
    ]
  }

  # Phase "generalize"
  provisioner "shell" {
    name            = "clean up, scan again and deprovision"
    execute_command = local.as_root
    inline = [
      "sh /opt/regild/generalize.sh",
    ]
    # It deletes the account that Packer is logged in with, and Packer's own file with everything below /tmp.
    skip_clean = true
  }

  # What was made, for whoever started the build
  post-processor "manifest" {
    output     = "${path.root}/manifest.json"
    strip_path = true
  }
}
