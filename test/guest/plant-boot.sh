#!/bin/sh
# Runs inside the disk's root file system after plant.sh: an initramfs made for one EC2 instance, which lacks what Hyper-V needs,
# the boot loader's menu with the kernel arguments of AWS, and the settings that Debian's own cloud images have.
# Beside the NVMe driver the initramfs keeps only what QEMU's IDE disk and DVD drives take.
set -eu

mkdir -p /etc/initramfs-tools/conf.d
echo 'MODULES=list' >/etc/initramfs-tools/conf.d/aws
printf '%s\n' nvme ext4 ena ata_piix virtio_scsi sd_mod sr_mod >>/etc/initramfs-tools/modules
printf '%s\n' 'manage_etc_hosts: true' 'locale: C.UTF-8' >/etc/cloud/cloud.cfg.d/01_debian_cloud.cfg
update-initramfs -u -k all
update-grub
