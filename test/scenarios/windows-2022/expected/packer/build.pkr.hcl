# Written by regild of the image "windows-2022" in the manifest: change it there and render again, for the next run writes this folder anew.

build {
  name    = "windows-2022"
  sources = ["source.azure-arm.image"]

  # The guest's files: regild's scripts and their data, the user's steps
  provisioner "file" {
    source      = "${path.root}/guest"
    destination = "C:/Windows/Temp"
  }

  provisioner "powershell" {
    name   = "put the guest's files in place"
    inline = ["[IO.Directory]::Move('C:\\Windows\\Temp\\guest', 'C:\\regild')"]
  }

  # Phase "inventory"
  provisioner "powershell" {
    name = "list what is installed, and refuse a machine that is not the planned one"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\inventory.ps1 'before'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "add-azure"
  provisioner "powershell" {
    name = "give the room of a larger disk to the system drive"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\grow.ps1",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name = "Azure VM agent"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\add-azure.ps1",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "customize"
  provisioner "powershell" {
    name = "powershell: Install-WindowsFeature -Name Web-Server"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\steps\\04-customize-1-powershell.ps1",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name              = "install all updates (round 1 of 3)"
    elevated_user     = "SYSTEM"
    elevated_password = ""
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\updates.ps1 'more'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "windows-restart" {
    name            = "restart after install all updates (round 1 of 3)"
    restart_timeout = "60m"
  }

  provisioner "powershell" {
    name              = "install all updates (round 2 of 3)"
    elevated_user     = "SYSTEM"
    elevated_password = ""
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\updates.ps1 'more'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "windows-restart" {
    name            = "restart after install all updates (round 2 of 3)"
    restart_timeout = "60m"
  }

  provisioner "powershell" {
    name              = "install all updates (round 3 of 3)"
    elevated_user     = "SYSTEM"
    elevated_password = ""
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\updates.ps1 'last'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "windows-restart" {
    name            = "restart after install all updates (round 3 of 3)"
    restart_timeout = "60m"
  }

  provisioner "windows-restart" {
    name            = "restart"
    restart_timeout = "60m"
  }

  # Phase "remove-aws"
  provisioner "powershell" {
    name = "remove AWS agents and tools"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\remove-aws.ps1 'remove-aws'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "configure"
  provisioner "powershell" {
    name = "KMS, time, Remote Desktop, firewall and boot settings for Azure"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\configure.ps1",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name = "remove AWS licensing and time settings"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\remove-aws.ps1 'configure'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "network"
  provisioner "powershell" {
    name = "remove AWS routes and names"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\remove-aws.ps1 'network'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "boot"
  provisioner "powershell" {
    name = "remove AWS page file settings"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\remove-aws.ps1 'boot'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "verify"
  provisioner "windows-restart" {
    name            = "restart, to remove AWS drivers on the running system"
    restart_timeout = "60m"
  }

  provisioner "powershell" {
    name = "remove AWS drivers"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\remove-aws.ps1 'verify'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name = "remove AWS credentials and answer files"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\remove-aws.ps1 'generalize'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name = "scan for secrets"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\leak-scan.ps1 'guest'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name = "list what is installed"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\inventory.ps1 'after'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "powershell" {
    name = "record what became of the AWS components"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\record.ps1",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  provisioner "windows-restart" {
    name            = "restart, to checks before Sysprep on the running system"
    restart_timeout = "60m"
  }

  provisioner "powershell" {
    name = "checks before Sysprep"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\checks.ps1 'guest'",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # Phase "generalize"
  provisioner "powershell" {
    name = "clean up and Sysprep"
    inline = [
      "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\regild\\generalize.ps1",
      "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }",
    ]
  }

  # What was made, for whoever started the build
  post-processor "manifest" {
    output     = "${path.root}/manifest.json"
    strip_path = true
  }
}
