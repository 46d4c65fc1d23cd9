# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# A disk that starts by BIOS and by UEFI, made from the base system, run through the guest scripts and generalized. Sourced by suite.sh.
# Partitions as AWS and Debian make them: 14 for the BIOS loader, 15 for EFI, 1 for the system.

make_disk() {
  disk=$work/guest.raw
  truncate -s 6G "$disk" &&
    sgdisk --clear --new=14:2048:+3M --typecode=14:ef02 --new=15:0:+124M --typecode=15:ef00 --new=1:0:0 --typecode=1:8300 "$disk" &&
    attach_disk && mkfs.ext4 -q -F "${loop}p1" && mkfs.vfat -F 32 -n UEFI "${loop}p15" || return 1
  guest_uuid=$(blkid -s UUID -o value "${loop}p1")=${loop#/dev/}p1
  esp_uuid=$(blkid -s UUID -o value "${loop}p15")
  root=$work/disk
  mkdir -p "$root" && mount "${loop}p1" "$root" || return 1
  cp -a "$work/base/." "$root/" && mkdir -p "$root/boot/efi"
}

# Some kernels read no partition table themselves.
attach_disk() {
  loop=$(losetup -f --show "$disk") || return 1
  guest_devices="${loop#/dev/} ${loop#/dev/}p1"
  # A run that was cut off may have left partitions behind.
  partx -d "$loop" 2>/dev/null || true
  partx -a "$loop"
}

# The EFI partition is written by mtools: not every kernel mounts VFAT.
install_loaders() {
  # shellcheck disable=SC2016 # for the boot loader
  printf '%s\n' "search --no-floppy --fs-uuid --set=root ${guest_uuid%%=*}" 'set prefix=($root)/boot/grub' 'configfile $prefix/grub.cfg' >"$work/esp.cfg"
  inside grub-install --target=i386-pc "$loop" &&
    mmd -i "${loop}p15" ::EFI ::EFI/BOOT ::EFI/debian &&
    mcopy -i "${loop}p15" "$root/usr/lib/shim/shimx64.efi.signed" ::EFI/BOOT/BOOTX64.EFI &&
    mcopy -i "${loop}p15" "$root/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed" ::EFI/BOOT/grubx64.efi &&
    mcopy -i "${loop}p15" "$work/esp.cfg" ::EFI/debian/grub.cfg
}

# What waits in the machines that start from this disk has the patience of a busy host: at 90 seconds, systemd gives a boot up for which the host had no
# time, and the kernel ends in a panic when QEMU's timer is late while it counts. The data disk, which no machine here has, is waited for as short as
# may be.
be_patient() {
  mkdir -p "$root/etc/default/grub.d"
  # shellcheck disable=SC2016 # for grub-mkconfig
  echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX no_timer_check"' >"$root/etc/default/grub.d/99-suite.cfg"
  sed -i -E 's/^[[:space:]]*linux[[:space:]].*/& no_timer_check/' "$root/boot/grub/grub.cfg"
  mkdir -p "$root/etc/systemd/system.conf.d" "$root/etc/systemd/system/systemd-networkd-wait-online.service.d"
  printf '%s\n' '[Manager]' 'DefaultTimeoutStartSec=1800s' >"$root/etc/systemd/system.conf.d/99-suite.conf"
  printf '%s\n' '[Service]' 'ExecStart=' 'ExecStart=/lib/systemd/systemd-networkd-wait-online --timeout=1800' >"$root/etc/systemd/system/systemd-networkd-wait-online.service.d/99-suite.conf"
  sed -i -E '/^[^#]+[[:space:]]\/srv[[:space:]]/! s/^(UUID=[^[:space:]]+[[:space:]]+[^[:space:]]+[[:space:]]+[^[:space:]]+[[:space:]]+[^[:space:]]+)/\1,x-systemd.device-timeout=1800s/; /[[:space:]]\/srv[[:space:]]/ s/nofail/nofail,x-systemd.device-timeout=5s/' "$root/etc/fstab"
  grep -qE '/boot/efi .*device-timeout=1800s' "$root/etc/fstab" && grep -qE '/srv .*device-timeout=5s' "$root/etc/fstab"
}

release_disk() {
  # The last process of a guest may still be on its way out, and it has the mount too.
  wait_for 300 umount "$root" && wait_for 300 partx -d "$loop" && losetup -d "$loop" || return 1
  guest_devices='' guest_uuid=''
}

initramfs_has() { inside lsinitramfs "/boot/initrd.img-$(kernel)" | grep -E "/$1\.ko" >/dev/null; }

serial_console_everywhere() {
  grep -E '^[[:space:]]*linux[[:space:]]' "$root/boot/grub/grub.cfg" >"$work/menu" && ! grep -v 'console=ttyS0' "$work/menu"
}

# From an AWS disk to a generalized Azure image, in the disk itself.
test_disk() {
  ok 'disk: partitions, file systems and the base system' make_disk
  mountpoint -q "$work/disk" || return 0
  ok 'disk: boot loaders for BIOS and UEFI' install_loaders
  deliver "$root"
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/aws"
  aws_key=$(cat "$work/aws.pub")
  ok 'disk: what AWS leaves behind' plant
  cat "$root"/etc/ssh/ssh_host_*_key.pub >"$work/aws.hostkeys"
  ok 'disk: an initramfs and a menu as on EC2' plant plant-boot.sh
  ok 'disk: the initramfs of EC2 cannot reach a Hyper-V disk' not initramfs_has hv_storvsc
  ok 'disk: the menu has the arguments of EC2' text 'linux.*resume=UUID=0b0b' /boot/grub/grub.cfg
  ok 'disk: the menu names the root by identifier' text "linux.*root=UUID=${guest_uuid%%=*}" /boot/grub/grub.cfg
  ok 'disk: every step ends well' run_steps dash disk
  "$node" "$here/own-checks.ts" "$root/opt/regild"
  inside dash /opt/regild/checks.sh guest >"$work/checks.txt" 2>/dev/null || true
  ok 'disk: only the fabric fails the checks' diff <(echo azl-23-platform-endpoints) <(failing "$work/checks.txt" | grep -v '^suite-')
  ok 'disk: the checks of the user are asked before generalize' own_answered "$work/checks.txt"
  ok 'disk: and what each said is in the record' diff <(printf '%s\n' $'check\tsuite-fails\tfail\tit ended with 1: seen' $'check\tsuite-passes\tpass\t') <(grep -P '^check\tsuite-' "$root/var/lib/regild/translation.tsv" | sort)
  for module in hv_vmbus hv_storvsc hv_netvsc pci-hyperv; do ok "disk: the initramfs has $module" initramfs_has "$module"; done
  ok 'disk: every entry of the menu has the serial console' serial_console_everywhere
  ok 'disk: no entry of the menu has arguments of EC2' no_text 'resume=|io_timeout=4294967295' /boot/grub/grub.cfg
  ok 'disk: no entry of the menu names the root by device' no_text 'root=/dev/' /boot/grub/grub.cfg
  ok 'disk: no entry of the menu makes initramfs-tools sleep' no_text 'rootdelay=' /boot/grub/grub.cfg
  ok 'disk: generalize' inside env SUDO_USER=packer dash /opt/regild/generalize.sh
  ok 'disk: machines that start from it have patience' be_patient
  ok 'disk: released' release_disk
  ok 'disk: the file system is clean' fsck_root
}

# The root partition lies behind the two small ones; its place is in the partition table.
fsck_root() {
  local start
  start=$(partx -g -o START -n 1 "$disk") && loop=$(losetup -f --show -o $((start * 512)) "$disk") || return 1
  e2fsck -fn "$loop" && losetup -d "$loop"
}
