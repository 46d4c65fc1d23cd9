#!/bin/sh
# boot.sh: kernel arguments, modules, initramfs and fstab, so that every installed kernel boots on Hyper-V.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

HYPERV_MODULES='hv_vmbus hv_storvsc hv_netvsc hid-hyperv hyperv-keyboard'
NVME_MODULES='nvme nvme-core pci-hyperv'

kernels_without_drivers() {
  regild_kernels | while IFS= read -r kernel; do
    for module in hv_vmbus hv_storvsc hv_netvsc nvme; do
      if ! regild_kernel_boots_with "$kernel" "$module"; then
        printf '%s\n' "$kernel"
        break
      fi
    done
  done
}

initramfs_drivers() {
  if [ -d /etc/initramfs-tools ]; then
    for module in $HYPERV_MODULES $NVME_MODULES; do
      grep -qxF "$module" /etc/initramfs-tools/modules 2>/dev/null || echo "$module" >>/etc/initramfs-tools/modules
    done
  fi
  if [ -d /etc/dracut.conf.d ]; then
    echo "add_drivers+=\" $HYPERV_MODULES $NVME_MODULES \"" | regild_put /etc/dracut.conf.d/azure.conf 0644
  fi
}

# A base that reaches its disk on Hyper-V keeps the initramfs that it came with.
initramfs() {
  without=$(kernels_without_drivers | tr '\n' ' ')
  [ -n "$without" ] || return 0
  regild_log "rebuilds the initramfs of $without"
  initramfs_drivers
  regild_rebuild_initramfs
}

# The provisioning media is a UDF or ISO DVD, the EFI partition is VFAT; hardening guides blacklist both.
provisioning_media() {
  for file in /etc/modprobe.d/*.conf; do
    [ ! -f "$file" ] ||
      regild_delete_lines "$file" '^[[:space:]]*(install|blacklist)[[:space:]]+(udf|vfat|fat|isofs|cdrom|sr_mod)([[:space:]]|$)'
  done
}

floppy() {
  grep -rqsE '^[[:space:]]*blacklist[[:space:]]+floppy' /etc/modprobe.d /usr/lib/modprobe.d /lib/modprobe.d && return 0
  echo 'blacklist floppy' | regild_put /etc/modprobe.d/azure-floppy.conf 0644
}

kernel_arguments() {
  lines=$(regild_kernel_lines)
  console=$(regild_console)
  case $lines in
    '' | *"console=$console"*) ;;
    *) regild_add_kernel_arguments "$(regild_azure_kernel_arguments)" ;;
  esac
  if command -v grubby >/dev/null 2>&1; then
    grubby --update-kernel=ALL >&2 \
      --remove-args='libata.atapi_enabled=0 reserve=0x1f0,0x8 clocksource=tsc tsc=reliable nvme.io_timeout resume resume_offset' || :
    # AWS wants no timeout on NVMe, Azure 240 seconds.
    case $lines in
      *nvme_core.io_timeout=4294967295* | *nvme_core.io_timeout=255*)
        grubby --update-kernel=ALL --remove-args=nvme_core.io_timeout --args=nvme_core.io_timeout=240 >&2 || :
        ;;
      *) ;;
    esac
  fi
}

# The boot loader's configuration is made again only when what it is made from says something else.
boot_loader() {
  config=$(regild_grub_config) || return 0
  console=$(regild_console)
  if grep -qE "(^|[[:space:]])$REGILD_AWS_ARGUMENTS" "$config"; then
    regild_rebuild_grub
  elif [ -n "$(regild_kernel_lines)" ] && ! regild_kernel_lines | grep -q "console=$console"; then
    regild_rebuild_grub
  fi
}

# A data disk that is not there must not keep the machine from coming up.
fstab() {
  [ -f /etc/fstab ] || return 0
  scratch=$(mktemp)
  required=$(regild_required_mounts)
  awk -v required="$required" '
    BEGIN { count = split(required, places, "\n"); for (n = 1; n <= count; n++) wanted[places[n]] = 1 }
    /^[[:space:]]*(#|$)/ || !($2 in wanted) { print; next }
    { $4 = ($4 == "" ? "defaults" : $4) ",nofail,x-systemd.device-timeout=30"; print }' /etc/fstab >"$scratch"
  if [ "$(cat "$scratch")" != "$(cat /etc/fstab)" ]; then
    cat "$scratch" >/etc/fstab
    regild_log 'made the data disks in fstab optional'
  fi
  rm -f "$scratch"
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  kernel_arguments
  boot_loader
  provisioning_media
  floppy
  regild_forget_lvm_devices
  initramfs
  fstab
}

main "$@"
