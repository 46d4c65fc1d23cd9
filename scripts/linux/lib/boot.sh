# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Kernels, their initramfs, and what the boot loader tells them.

# Kernel arguments (an extended regular expression) that only EC2 wants.
REGILD_AWS_ARGUMENTS='nvme_core\.io_timeout=(4294967295|255)|nvme\.io_timeout=[0-9]+|clocksource=tsc|tsc=reliable'
REGILD_AWS_ARGUMENTS="($REGILD_AWS_ARGUMENTS|resume(_offset)?=[^[:space:]]+)"

# Versions of the installed kernels that have both modules and an image.
regild_kernels() (
  for folder in /lib/modules/*; do
    version=${folder##*/}
    for image in "/boot/vmlinuz-$version" "/boot/vmlinux-$version" "/boot/Image-$version" "$folder/vmlinuz"; do
      if [ -e "$image" ]; then
        printf '%s\n' "$version"
        break
      fi
    done
  done
)

# Amazon's own kernels lack or do not test the Hyper-V drivers; Ubuntu has a flavour for each cloud.
regild_suits_azure() (
  id=$(regild_os_release ID)
  case $id:$1 in
    *-aws | *amzn*) exit 1 ;;
    ubuntu:*-azure* | ubuntu:*-nvidia* | ubuntu:*-generic) exit 0 ;;
    ubuntu:*) exit 1 ;;
    *) exit 0 ;;
  esac
)

regild_initramfs() (
  for image in "/boot/initrd.img-$1" "/boot/initramfs-$1.img" "/boot/initrd-$1"; do
    if [ -e "$image" ]; then
      printf '%s\n' "$image"
      exit 0
    fi
  done
  exit 1
)

regild_initramfs_files() (
  image=$(regild_initramfs "$1") || exit 1
  if command -v lsinitramfs >/dev/null 2>&1; then lsinitramfs "$image"; else lsinitrd "$image"; fi 2>/dev/null
)

# Whether a kernel has a module built in or in its initramfs; `-` and `_` are the same in module names.
regild_kernel_boots_with() (
  name=$(printf '%s' "$2" | sed 's/[-_]/[-_]/g')
  ! grep -qE "/$name\.ko" "/lib/modules/$1/modules.builtin" 2>/dev/null || exit 0
  regild_initramfs_files "$1" | grep -E "(^|/)$name\.ko" >/dev/null
)

regild_rebuild_initramfs() (
  if [ "$REGILD_FAMILY" = transactional ]; then
    regild_transaction initrd
  elif command -v update-initramfs >/dev/null 2>&1; then
    update-initramfs -u -k all
  elif command -v dracut >/dev/null 2>&1; then
    dracut -f --regenerate-all
  fi >&2
)

# The boot loader's menu. On release 7 with UEFI it lies on the EFI partition; newer systems have a stub there that points to the menu.
regild_grub_config() (
  for file in /boot/grub/grub.cfg /boot/grub2/grub.cfg /boot/efi/EFI/*/grub.cfg; do
    if [ -f "$file" ] && grep -qE 'menuentry|blscfg|^[[:space:]]*linux' "$file"; then
      printf '%s\n' "$file"
      exit 0
    fi
  done
  exit 1
)

regild_rebuild_grub() (
  config=$(regild_grub_config) || exit 0
  if [ "$REGILD_FAMILY" = transactional ]; then
    regild_transaction grub.cfg
  elif command -v update-grub >/dev/null 2>&1; then
    update-grub
  elif command -v grub2-mkconfig >/dev/null 2>&1; then
    grub2-mkconfig -o "$config"
  fi >&2
)

# The kernel command lines of every boot entry, one to a line. On release 8 an entry says `$kernelopts` and means the boot loader's
# environment block.
regild_kernel_lines() (
  config=$(regild_grub_config) || config=''
  if [ -n "$config" ]; then sed -nE 's/^[[:space:]]*linux(efi|16)?[[:space:]]+[^[:space:]]+[[:space:]]+//p' "$config"; fi
  cat /etc/kernel/cmdline 2>/dev/null || :
  options=''
  for block in /boot/grub2/grubenv /boot/efi/EFI/*/grubenv; do
    [ -n "$options" ] || [ ! -f "$block" ] || options=$(sed -n 's/^kernelopts=//p' "$block")
  done
  # shellcheck disable=SC2016 # the boot loader's variable
  for entry in /boot/loader/entries/*.conf; do
    [ ! -f "$entry" ] || sed -n 's/^options[[:space:]]*//p' "$entry" | while IFS= read -r line; do
      case $line in
        *'$kernelopts'*) printf '%s\n' "${line%%'$kernelopts'*}$options${line#*'$kernelopts'}" ;;
        *) printf '%s\n' "$line" ;;
      esac
    done
  done
)

# Kernel arguments for a boot loader that has no serial console yet. `rootdelay` is the longest wait for the disk to dracut;
# initramfs-tools sleeps for the whole of it at every boot, and waits for the disk by itself.
regild_azure_kernel_arguments() (
  if regild_is_arm64; then
    arguments='console=tty1 console=ttyAMA0 earlycon=pl011,0xeffec000 initcall_blacklist=arm_pmu_acpi_init'
  else
    arguments='console=tty1 console=ttyS0,115200n8 earlyprintk=ttyS0,115200'
  fi
  [ "$REGILD_FAMILY" = debian ] || arguments="$arguments rootdelay=300"
  echo "$arguments"
)

regild_add_kernel_arguments() (
  if command -v grubby >/dev/null 2>&1; then
    grubby --update-kernel=ALL --args="$1" >&2
  fi
  if [ -d /etc/default/grub.d ]; then
    # shellcheck disable=SC2016 # expanded when the boot loader's configuration is made
    printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX %s"\n' "$1" | regild_put /etc/default/grub.d/90-regild-azure.cfg 0644
  elif [ -f /etc/default/grub ] && ! grep -qF -- "$1" /etc/default/grub; then
    regild_substitute /etc/default/grub '^(GRUB_CMDLINE_LINUX=")' "\\1$1 "
  fi
  if [ -s /etc/kernel/cmdline ] && ! grep -qF -- "$1" /etc/kernel/cmdline; then
    regild_substitute /etc/kernel/cmdline '$' " $1"
  fi
)

# Mount points of fstab that are not the system's own and stop the boot when their disk is missing. What lies on the disk of / is always
# there.
regild_required_mounts() {
  awk '
    /^[[:space:]]*(#|$)/ { next }
    $2 == "/" { root = $1 }
    { source[NR] = $1; place[NR] = $2; kind[NR] = $3; options[NR] = "," $4 ","; last = NR }
    END {
      for (n = 1; n <= last; n++) {
        if (!(n in place) || source[n] == root || place[n] == "none" || place[n] == "swap" || options[n] ~ /,(nofail|noauto),/) continue
        if (place[n] ~ /^\/(boot(\/efi)?|usr|var|home|tmp|var\/(log|tmp))?$/) continue
        if (kind[n] !~ /^(swap|tmpfs|proc|sysfs|devpts|devtmpfs|cgroup2?|debugfs|hugetlbfs)$/) print place[n]
      }
    }' /etc/fstab
}

# LVM's list names the disks of this machine by their serial numbers; without it LVM takes every disk, and with the other file it makes a
# list of its own at the next boot. Source: lvm2, tools/vgchange.c (auto-import-rootvg).
regild_forget_lvm_devices() {
  [ -e /etc/lvm/devices/system.devices ] || return 0
  regild_remove_path /etc/lvm/devices/system.devices
  : >/etc/lvm/devices/auto-import-rootvg
}

# A boot entry is named after the machine-id. On a machine with another one the entry of a kernel that goes is not found, and the boot
# loader sorts by the id before it sorts by the version: an entry of this build takes the id of the base's own, or osbuild's of no machine.
# Sources: oamg/leapp-repository pull request 1589, stackhpc/stackhpc-kayobe-config pull request 878, kernel-install(8).
regild_rename_boot_entries() (
  id=$(cat /etc/machine-id 2>/dev/null) || id=''
  case $id in
    '' | *[!0-9a-f]*) exit 0 ;;
    *) ;;
  esac
  entries=$(regild_glob "/boot/loader/entries/$id-*.conf")
  [ -n "$entries" ] || exit 0
  others=$(regild_glob '/boot/loader/entries/*.conf' | sed -nE 's|.*/([0-9a-f]{32})-.*|\1|p' | grep -vxF "$id" | sort | tail -n 1)
  others=${others:-ffffffffffffffffffffffffffffffff}
  printf '%s\n' "$entries" | while IFS= read -r entry; do
    mv -f "$entry" "/boot/loader/entries/$others${entry#"/boot/loader/entries/$id"}" || regild_log "could not rename $entry"
  done
  # Both ids have 32 letters: the boot loader's block keeps its size.
  for block in /boot/grub2/grubenv /boot/efi/EFI/*/grubenv; do
    [ ! -f "$block" ] || regild_substitute "$block" "^saved_entry=$id-" "saved_entry=$others-"
  done
  regild_boot_entry_plugin | regild_put /etc/kernel/install.d/99-boot-entries-of-image.install 0755
)

# The id of a new machine is not known here, the version of a kernel that goes is.
regild_boot_entry_plugin() {
  # shellcheck disable=SC2016 # for the plugin
  printf '%s\n' '#!/bin/sh' \
    '# Boot entries of the image are named after no machine: the one of a kernel that goes is found by its version.' \
    '[ "$1" = remove ] || exit 0' 'rm -f /boot/loader/entries/????????????????????????????????-"$2".conf'
}
