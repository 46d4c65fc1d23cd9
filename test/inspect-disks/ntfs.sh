# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# NTFS as ntfs-3g writes it, which is also the judge: few kernels have a driver. Sourced by run.sh.

test_ntfs() {
  local tree
  for tree in plain aged; do
    ok "ntfs, $tree" same_as_ntfs3g "$tree" 300M mkfs.ntfs -q -f -F
  done
  ok 'ntfs, small clusters' same_as_ntfs3g plain 200M mkfs.ntfs -q -f -F -c 512
  ok 'ntfs, packed files' packed_same_as_ntfs3g
  ok 'ntfs, what Windows keeps elsewhere is told' told_of_ntfs3g
}

same_as_ntfs3g() { # same_as_ntfs3g <kind of tree> <size> <mkfs command…>
  local tree=$1 size=$2 image=$work/ntfs.img
  shift 2
  make_image "$image" "$size" "$@" >/dev/null 2>&1 || return 1
  on_ntfs3g "$image" "" plant "$tree" && on_ntfs3g "$image" ro env PLAIN=true "$node" "$here/compare.ts" "$image" "$work/mnt"
}

on_ntfs3g() { # on_ntfs3g <image> <options> <command…>
  local image=$1 options=$2 status=0
  shift 2
  mkdir -p "$work/mnt"
  ntfs-3g -o "compression,windows_names,$options" "$image" "$work/mnt" || return 1
  "$@" || status=$?
  fusermount -u "$work/mnt" || umount "$work/mnt"
  # The program goes on for a moment after its mount is gone, and holds the file.
  while pgrep -f "ntfs-3g .*$image" >/dev/null; do sleep 0.1; done
  return "$status"
}

packed_same_as_ntfs3g() {
  local image=$work/ntfs.img
  make_image "$image" 200M mkfs.ntfs -q -f -F >/dev/null 2>&1 || return 1
  on_ntfs3g "$image" "" plant_packed && on_ntfs3g "$image" ro env PLAIN=true "$node" "$here/compare.ts" "$image" "$work/mnt"
}

# A directory whose files are packed has a flag in its attributes; what is made in it later has it too.
plant_packed() {
  mkdir "$work/mnt/packed"
  setfattr -h -v 0x00080000 -n system.ntfs_attrib "$work/mnt/packed"
  "$node" "$here/plant-tree.ts" "$work/mnt/packed" plain 4 "$scale"
  truncate -s 2M "$work/mnt/packed/hole"
  # So many names do not fit into one record: the file gets a list of attributes.
  local index
  for index in $(seq 1 40); do ln "$work/mnt/packed/sizes/of-65536" "$work/mnt/packed/a-name-that-takes-its-room-$index"; done
  getfattr -h -e hex -n system.ntfs_attrib "$work/mnt/packed/sizes/of-1048577" | grep -q '0x200800\|0x200*8'
}

# What Windows packs with CompactOS or deduplicates has a reparse point in place of its content (MS-FSCC 2.1.2).
told_of_ntfs3g() {
  local image=$work/ntfs.img
  make_image "$image" 100M mkfs.ntfs -q -f -F >/dev/null 2>&1 || return 1
  on_ntfs3g "$image" "" plant_reparse_points || return 1
  "$node" "$project/src/main.js" inspect "$image" >"$work/ntfs.txt" 2>&1
  grep -F 'is packed by Windows (CompactOS, WOF), which is not read' "$work/ntfs.txt" &&
    grep -F 'is deduplicated, which is not read' "$work/ntfs.txt" && grep -E 'unowned  C:\\plain +2 bytes' "$work/ntfs.txt"
}

plant_reparse_points() {
  local file
  mkdir -p "$work/mnt/Windows/System32/config"
  for file in packed deduplicated plain; do echo x >"$work/mnt/$file"; done
  setfattr -n system.ntfs_reparse_data -v 0x170000801000000001000000020000000100000000000000 "$work/mnt/packed" &&
    setfattr -n system.ntfs_reparse_data -v 0x130000801000000000000000000000000000000000000000 "$work/mnt/deduplicated"
}
