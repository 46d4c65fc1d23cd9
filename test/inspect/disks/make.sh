#!/bin/bash
# Makes the small disks of the unit tests, and beside each what the kernel says of its nodes. Needs root; run by hand when a disk is to change.
#   make.sh [disk…]      only these
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
node=$project/node_modules/.bin/node
work=$(mktemp -d)
mnt=$work/mnt
mkdir "$mnt"
# shellcheck source=/dev/null
. "$project/test/inspect-disks/lib.sh"
loops=()
clean_up() {
  local loop
  umount -q "$mnt" || true
  for loop in "${loops[@]}"; do losetup -d "$loop"; done
  rm -rf "$work"
}
trap clean_up EXIT

fill() { # fill — a little of all that a file system can hold
  mkdir -p "$mnt/etc" "$mnt/usr/lib" "$mnt/many" "$mnt/deep/a/b/c"
  printf 'ID=debian\nVERSION_ID="12"\n' >"$mnt/usr/lib/os-release"
  ln -s ../usr/lib/os-release "$mnt/etc/os-release"
  for index in $(seq 1 120); do echo "$index" >"$mnt/many/file-with-a-name-$index"; done
  rm "$mnt"/many/*-1?
  head -c 100000 /dev/zero | tr '\0' 'x' >"$mnt/large"
  truncate -s 3M "$mnt/sparse"
  printf 'end' | dd of="$mnt/sparse" bs=1 seek=2500000 conv=notrunc status=none
  ln -s "$(printf 'l%.0s' $(seq 1 300))" "$mnt/long-link"
  ln -s loop "$mnt/loop"
  ln "$mnt/large" "$mnt/hard"
  printf 'odd' >"$mnt/$(printf 'odd-\377')"
  mkfifo "$mnt/pipe"
  chown 70000:80000 "$mnt/large"
  chmod 4750 "$mnt/large"
  touch -d @1700000000 "$mnt/large"
}

keep() { # keep <name> — the image, packed, and its nodes as the kernel has them
  on_mount "$work/$1.img" "${2:-ro}" "$node" "$here/write-nodes.ts" "$mnt" "$here/$1.nodes.json" "${@:3}"
  gzip -9 -n -c "$work/$1.img" >"$here/$1.img.gz"
}

make_ext4() {
  make_image "$work/ext4.img" 8M mkfs.ext4 -q -F -b 1024 -N 400 -J size=1 -O inline_data -U 11111111-2222-3333-4444-555555555555 -L data
  on_mount "$work/ext4.img" rw fill
  keep ext4 ro,noload
}

make_ext3() {
  make_image "$work/ext3.img" 8M mkfs.ext3 -q -F -b 1024 -N 400 -J size=1 -U 11111111-2222-3333-4444-666666666666
  on_mount "$work/ext3.img" rw fill
  keep ext3 ro,noload
}

# A copy of a mounted image: what was removed and written last is in the journal only.
make_ext4_running() {
  make_image "$work/live.img" 8M mkfs.ext4 -q -F -b 1024 -N 400 -J size=1 -U 11111111-2222-3333-4444-777777777777
  on_mount "$work/live.img" rw fill_and_copy
  cp "$work/ext4-running.img" "$work/recovered.img"
  on_mount "$work/recovered.img" rw true
  on_mount "$work/recovered.img" ro "$node" "$here/write-nodes.ts" "$mnt" "$here/ext4-running.nodes.json"
  gzip -9 -n -c "$work/ext4-running.img" >"$here/ext4-running.img.gz"
}

fill_and_copy() {
  fill
  sync -f "$mnt"
  rm -r "$mnt/many"
  mkdir "$mnt/after"
  for index in $(seq 1 30); do echo "$index" >"$mnt/after/$index"; done
  sync "$mnt"/after/* "$mnt/after" "$mnt"
  cp "$work/live.img" "$work/ext4-running.img"
}

make_xfs() {
  make_image "$work/xfs.img" 24M mkfs.xfs -q -f --unsupported -d agcount=1 -b size=1k -l size=4m -m uuid=11111111-2222-3333-4444-888888888888 -L data
  on_mount "$work/xfs.img" rw fill
  keep xfs
}

# Everything that a real disk has, small: GPT, boot partition, ESP, root on XFS with /boot and /home of their own.
make_linux() {
  local image=$work/linux.img
  rm -f "$image"
  truncate -s 64M "$image"
  sgdisk -U 00000000-0000-4000-8000-000000000001 -n 14:2048:4095 -t 14:ef02 -u 14:00000000-0000-4000-8000-000000000014 \
    -n 15:4096:12287 -t 15:ef00 -c 15:ESP -u 15:00000000-0000-4000-8000-000000000015 \
    -n 1:12288:61439 -t 1:8304 -c 1:root -u 1:00000000-0000-4000-8000-000000000011 \
    -n 2:61440:77823 -t 2:8300 -c 2:boot -u 2:00000000-0000-4000-8000-000000000012 \
    -n 3:77824:94207 -t 3:8300 -c 3:home -u 3:00000000-0000-4000-8000-000000000013 "$image" >/dev/null
  printf 'GRUB ' | dd of="$image" bs=1 seek=200 conv=notrunc status=none
  printf 'grub core' | dd of="$image" bs=512 seek=2048 conv=notrunc status=none
  part esp 4M mkfs.vfat -n UEFI -i ABCD1234 >/dev/null
  part root 24M mkfs.xfs -q -f --unsupported -d agcount=1 -b size=1k -l size=4m -m uuid=00000000-1111-4000-8000-000000000001 -L root
  part boot 8M mkfs.ext4 -q -F -b 1024 -N 100 -O ^has_journal -U 00000000-1111-4000-8000-000000000002 -L BOOT
  part home 8M mkfs.ext4 -q -F -b 1024 -N 100 -O ^has_journal -U 00000000-1111-4000-8000-000000000003
  on_mount "$work/root.img" rw fill_root
  on_mount "$work/boot.img" rw sh -c "mkdir $mnt/grub && echo menu >$mnt/grub/grub.cfg && ln -s /etc/fstab $mnt/up"
  on_mount "$work/home.img" rw sh -c "mkdir -p $mnt/ann && echo hello >$mnt/ann/note"
  place root 12288 && place boot 61440 && place home 77824 && place esp 4096
  gzip -9 -n -c "$image" >"$here/linux.img.gz"
}

part() { # part <name> <size> <mkfs command…>
  local name=$1 size=$2
  shift 2
  make_image "$work/$name.img" "$size" "$@"
}

place() { # place <name> <sector>
  dd if="$work/$1.img" of="$work/linux.img" bs=512 seek="$2" conv=notrunc,sparse status=none
}

fill_root() {
  mkdir -p "$mnt/etc" "$mnt/usr/lib" "$mnt/boot" "$mnt/home" "$mnt/var/log" "$mnt/srv/data" "$mnt/mnt/efs" "$mnt/data"
  printf 'ID=debian\n' >"$mnt/usr/lib/os-release"
  ln -s /usr/lib/os-release "$mnt/etc/os-release"
  ln -s ../../../../../../etc/passwd "$mnt/etc/outside"
  echo 'root:x:0:0::/root:/bin/sh' >"$mnt/etc/passwd"
  echo hidden >"$mnt/home/hidden-by-mount"
  echo entry >"$mnt/srv/data/entry"
  cat >"$mnt/etc/fstab" <<'FSTAB'
# what boot mounts
UUID=00000000-1111-4000-8000-000000000001 / xfs defaults 0 0
/dev/xvda3 /home ext4 nodev 0 2
LABEL=BOOT /boot ext4 defaults 0 2
PARTUUID=00000000-0000-4000-8000-000000000099 /opt ext4 defaults 0 2
/dev/xvdf /data ext4 nofail 0 2
fs-1234:/ /mnt/efs efs _netdev 0 0
/srv/data /var/log none bind 0 0
tmpfs /tmp tmpfs defaults 0 0
/dev/xvda9 none swap sw 0 0
FSTAB
}

make_fat() {
  local folder=$work/fat
  make_image "$work/fat.img" 4M mkfs.vfat -F 16 -s 1 -n DATA -i ABCD1234 >/dev/null
  mkdir -p "$folder/EFI/BOOT" "$folder/A long name of a folder"
  echo loader >"$folder/EFI/BOOT/BOOTX64.EFI"
  head -c 5000 /dev/zero | tr '\0' 'f' >"$folder/A long name of a folder/Long ending.Text"
  : >"$folder/empty"
  touch -d '2024-03-04 05:06:08 UTC' "$folder/EFI/BOOT/BOOTX64.EFI" "$folder/A long name of a folder/Long ending.Text" "$folder/empty"
  TZ=UTC LC_ALL=C.UTF-8 mcopy -s -m -i "$work/fat.img" "$folder"/* ::
  "$node" "$here/write-nodes.ts" "$folder" "$here/fat.nodes.json" plain
  gzip -9 -n -c "$work/fat.img" >"$here/fat.img.gz"
}

make_btrfs() {
  make_image "$work/btrfs.img" 24M mkfs.btrfs -q --mixed -m single -d single -n 4096 -s 4096 -L data -U 11111111-2222-3333-4444-999999999999
  on_mount "$work/btrfs.img" compress-force=zstd fill_btrfs
  keep btrfs
}

fill_btrfs() {
  local method
  fill
  btrfs -q subvolume create "$mnt/sub"
  btrfs -q subvolume create "$mnt/sub/inner"
  echo within >"$mnt/sub/inner/file"
  for method in zlib lzo zstd none; do
    touch "$mnt/sub/$method"
    btrfs property set "$mnt/sub/$method" compression "$method"
    seq 1 20000 >>"$mnt/sub/$method"
  done
  btrfs -q subvolume snapshot "$mnt/sub" "$mnt/snapshot"
  fallocate -l 200000 "$mnt/reserved"
}

make_ntfs() {
  make_image "$work/ntfs.img" 4M mkfs.ntfs -q -f -F -L data >/dev/null 2>&1
  ntfs-3g -o compression "$work/ntfs.img" "$mnt"
  mkdir -p "$mnt/Windows/System32/config" "$mnt/many" "$mnt/packed"
  printf regf >"$mnt/Windows/System32/config/SOFTWARE"
  for index in $(seq 1 120); do echo "$index" >"$mnt/many/file with a name $index"; done
  setfattr -h -v 0x00080000 -n system.ntfs_attrib "$mnt/packed"
  seq 1 20000 >"$mnt/packed/numbers"
  head -c 100000 /dev/urandom >"$mnt/packed/noise"
  truncate -s 300000 "$mnt/packed/hole"
  for index in $(seq 1 20); do ln "$mnt/packed/numbers" "$mnt/packed/a-name-that-takes-its-room-$index"; done
  "$node" "$here/write-nodes.ts" "$mnt" "$here/ntfs.nodes.json" plain
  umount "$mnt"
  sleep 1
  gzip -9 -n -c "$work/ntfs.img" >"$here/ntfs.img.gz"
}

# An MBR with one NTFS: the files of ../windows/company-windows.ts, hives and all.
make_windows() {
  local image=$work/windows.img
  make_image "$work/system.img" 4M mkfs.ntfs -q -f -F -L Windows -p 2048 >/dev/null 2>&1
  ntfs-3g "$work/system.img" "$mnt"
  "$node" "$here/write-windows.ts" "$mnt"
  umount "$mnt"
  # The program goes on for a moment after its mount is gone, and holds the file.
  while pgrep -f "ntfs-3g .*$work/system.img" >/dev/null; do sleep 0.1; done
  truncate -s 5M "$image"
  printf 'label: dos\nlabel-id: 0x52474c44\nstart=2048, size=8192, type=7, bootable\n' | sfdisk -q "$image"
  printf '\063\300\216\320\274\000\174' | dd of="$image" bs=1 conv=notrunc status=none
  dd if="$work/system.img" of="$image" bs=512 seek=2048 conv=notrunc status=none
  qemu-img convert -c -O qcow2 -o cluster_size=16k,compression_type=zlib "$image" "$here/windows.qcow2"
}

# The disk of ext4 in the files that others write.
make_files() {
  local image=$work/plain.img
  gunzip -c "$here/ext4.img.gz" >"$image"
  qemu-img convert -O vpc -o subformat=fixed,force_size=on "$image" "$work/fixed.vhd"
  qemu-img convert -O vpc -o subformat=dynamic,force_size=on "$image" "$work/dynamic.vhd"
  qemu-img convert -O vmdk -o subformat=streamOptimized "$image" "$work/stream.vmdk"
  qemu-img convert -O vmdk -o subformat=monolithicSparse "$image" "$work/sparse.vmdk"
  qemu-img convert -O qcow2 -o compat=0.10 "$image" "$work/v2.qcow2"
  qemu-img convert -c -O qcow2 -o compression_type=zlib "$image" "$work/zlib.qcow2"
  qemu-img convert -c -O qcow2 -o compression_type=zstd,cluster_size=4k "$image" "$work/zstd.qcow2"
  local file
  for file in fixed.vhd dynamic.vhd stream.vmdk sparse.vmdk v2.qcow2 zlib.qcow2 zstd.qcow2; do gzip -9 -n -c "$work/$file" >"$here/$file.gz"; done
}

[ "$#" -gt 0 ] || set -- ext4 ext3 ext4_running xfs linux files fat btrfs ntfs windows
for disk in "$@"; do "make_$disk"; done
ls -l "$here"
