# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# btrfs as the kernel writes it, packed in each way, and with subvolumes. Sourced by run.sh.

test_btrfs() {
  local method
  ok 'btrfs, torture' same_as_packed torture rw
  ok 'btrfs, aged' same_as_packed aged rw
  for method in zlib lzo zstd; do ok "btrfs, $method" same_as_packed torture "compress-force=$method"; done
  ok 'btrfs, subvolumes and a snapshot' same_subvolumes
  ok 'btrfs, a root in a subvolume' same_root_subvolume
  ok 'btrfs, a root in a snapshot that is the default' same_default_subvolume
  ok 'btrfs, everything twice, quotas, other checksums' same_as_kernel torture 900M '' mkfs.btrfs -q -f -d dup -m dup -R quota --csum xxhash
}

same_as_packed() { # same_as_packed <kind of tree> <mount options>
  local image=$work/disk.img
  make_image "$image" 500M mkfs.btrfs -q && on_mount "$image" "$2" plant "$1" && on_mount "$image" ro compare "$image"
}

same_subvolumes() {
  local image=$work/disk.img
  make_image "$image" 300M mkfs.btrfs -q && on_mount "$image" rw plant_subvolumes && on_mount "$image" ro compare "$image" /snapshot/inner
}

plant_subvolumes() {
  local inner=$work/mnt/outer/inner
  btrfs -q subvolume create "$work/mnt/outer" && btrfs -q subvolume create "$inner" || return 1
  plant aged 4
  cp -a "$work/mnt/aged" "$inner/"
  mv "$work/mnt/aged" "$work/mnt/outer/"
  btrfs -q subvolume snapshot "$work/mnt/outer" "$work/mnt/snapshot"
  rm -rf "$work/mnt/outer/aged/d1" "$work/mnt/outer/aged/d2"
}

# As snapper lays it out on SUSE: what is mounted without a name is a snapshot within a subvolume.
same_default_subvolume() {
  local image=$work/disk.img
  make_image "$image" 300M mkfs.btrfs -q -U 00000000-1111-4000-8000-00000000000a && on_mount "$image" rw plant_default_subvolume || return 1
  on_mount "$image" ro compare "$image" /home && on_mount "$image" ro,subvol=@/home env SUBTREE=/home "$node" "$here/compare.ts" "$image" "$work/mnt"
}

plant_default_subvolume() {
  local top=$work/mnt/@ root
  btrfs -q subvolume create "$top" && btrfs -q subvolume create "$top/home" && btrfs -q subvolume create "$top/.snapshots" || return 1
  mkdir "$top/.snapshots/1"
  root=$top/.snapshots/1/snapshot
  btrfs -q subvolume create "$root" && btrfs -q subvolume set-default "$root" || return 1
  mkdir -p "$root/etc" "$root/home" "$root/.snapshots" "$top/home/ann"
  echo 'ID=sles' >"$root/etc/os-release"
  echo 'UUID=00000000-1111-4000-8000-00000000000a /home btrfs subvol=/@/home 0 0' >"$root/etc/fstab"
  echo hello >"$top/home/ann/note"
}

# As SUSE and Fedora lay it out: the root in a subvolume, its fstab mounts another.
same_root_subvolume() {
  local image=$work/disk.img
  make_image "$image" 300M mkfs.btrfs -q -U 00000000-1111-4000-8000-000000000009 && on_mount "$image" rw plant_root_subvolume || return 1
  on_mount "$image" ro,subvol=@ compare "$image" /home &&
    on_mount "$image" ro,subvol=@home env SUBTREE=/home "$node" "$here/compare.ts" "$image" "$work/mnt"
}

plant_root_subvolume() {
  btrfs -q subvolume create "$work/mnt/@" && btrfs -q subvolume create "$work/mnt/@home" || return 1
  mkdir -p "$work/mnt/@/etc" "$work/mnt/@/home"
  echo 'ID=opensuse' >"$work/mnt/@/etc/os-release"
  printf 'UUID=00000000-1111-4000-8000-000000000009 /home btrfs subvol=@home 0 0\n' >"$work/mnt/@/etc/fstab"
  plant aged 6
  cp -a "$work/mnt/aged" "$work/mnt/@/" && mv "$work/mnt/aged" "$work/mnt/@home/"
}
