# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# Disks with partitions and volumes: LVM without the device mapper, which no container has. Sourced by run.sh.

test_lvm() {
  ok 'LVM: a root in two pieces and /srv in stripes' lvm_disk
}

# The volumes are written as files, and copied to where the metadata says.
lvm_disk() {
  local disk=$work/lvm.img loop
  rm -f "$disk"
  truncate -s 800M "$disk"
  printf 'label: dos\nsize=20480,type=ef\nsize=400000,type=8e\ntype=5\nsize=1000000,type=8e\n' | sfdisk -q "$disk" || return 1
  loop=$(attach "$disk") || return 1
  loops=("$loop")
  partx -a "$loop" && make_volumes "${loop}p2" "${loop}p5" || return 1
  sync
  partx -d "$loop"
  losetup -d "$loop"
  loops=()
  fill_volumes "$disk" 11 208 || return 1
  # The judge is the file that each volume was copied from.
  on_mount "$work/root.img" ro,noload compare "$disk" /srv || return 1
  on_mount "$work/srv.img" ro,noload env SUBTREE=/srv "$node" "$here/compare.ts" "$disk" "$work/mnt"
}

lvm() { # lvm <command> [argument…]
  LVM_SUPPRESS_FD_WARNINGS=1 "$@" >"$work/lvm.log" 2>&1 || { cat "$work/lvm.log"; return 1; }
}

make_volumes() { # make_volumes <first physical volume> <second>
  lvm pvcreate -y "$1" "$2" && lvm vgcreate vg-a "$1" "$2" || return 1
  local create=(lvcreate --driverloaded n -an -Zn -Wn -y)
  lvm "${create[@]}" -L 40M -n root vg-a "$1" &&
    lvm "${create[@]}" -L 20M -n between vg-a "$1" &&
    lvm lvextend --driverloaded n -y -L +60M vg-a/root "$1" &&
    lvm "${create[@]}" -i 2 -I 64k -L 40M -n srv-data vg-a
}

fill_volumes() { # fill_volumes <disk> <MiB at which the first physical volume begins> <the second>
  local disk=$1 first=$2 second=$3
  make_image "$work/root.img" 100M mkfs.ext4 -q -F && on_mount "$work/root.img" rw fill_lvm_root || return 1
  make_image "$work/srv.img" 40M mkfs.ext4 -q -F && on_mount "$work/srv.img" rw plant aged 3 || return 1
  # Extents of 4 MiB behind the first MiB of a physical volume, as `pvdisplay -m` says: root in 0–9 and 15–29, srv-data from 30 of one and 0 of the other.
  dd if="$work/root.img" of="$disk" bs=1M count=40 seek=$((first + 1)) conv=notrunc status=none
  dd if="$work/root.img" of="$disk" bs=1M skip=40 count=60 seek=$((first + 61)) conv=notrunc status=none
  "$node" "$here/stripe.ts" "$work/srv.img" 65536 "$disk" $(((first + 121) * 1048576)) "$disk" $(((second + 1) * 1048576))
}

fill_lvm_root() {
  mkdir -p "$work/mnt/etc" "$work/mnt/srv"
  echo 'ID=rhel' >"$work/mnt/etc/os-release"
  printf '/dev/mapper/vg--a-root / ext4 defaults 0 0\n/dev/vg-a/srv-data /srv ext4 defaults 0 0\n' >"$work/mnt/etc/fstab"
  plant aged 2
}

# FAT has no kernel here as a rule: mtools write it, and the folder that they copied is the judge.
test_fat() {
  ok 'FAT12' same_fat 12 15M
  ok 'FAT16' same_fat 16 40M
  ok 'FAT32' same_fat 32 80M -s 1
}

same_fat() { # same_fat <bits> <size> [mkfs option…]
  local bits=$1 size=$2 image=$work/fat.img folder=$work/fat
  shift 2
  rm -rf "$folder"
  mkdir -p "$folder"
  make_image "$image" "$size" mkfs.vfat -F "$bits" "$@" >/dev/null || return 1
  "$node" "$here/plant-tree.ts" "$folder" small 5 || return 1
  LC_ALL=C.UTF-8 MTOOLS_SKIP_CHECK=1 mcopy -s -m -i "$image" "$folder"/* :: || return 1
  PLAIN=true WITHOUT_TIME=true "$node" "$here/compare.ts" "$image" "$folder"
}
