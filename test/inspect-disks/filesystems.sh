# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# Each file system as the kernel writes it, in the shapes that differ on the disk. Sourced by run.sh.

same_as_kernel() { # same_as_kernel <kind of tree> <size> <options to mount read-only with> <mkfs command…>
  local tree=$1 size=$2 options=$3 image=$work/disk.img
  shift 3
  make_image "$image" "$size" "$@" &&
    on_mount "$image" rw plant "$tree" &&
    on_mount "$image" "ro$options" compare "$image"
}

# A snapshot of a running machine: what is in the file at that moment, as the kernel's own recovery reads it.
same_as_recovered() { # same_as_recovered <mkfs command…>
  local image=$work/disk.img copy=$work/copy.img recovered=$work/recovered.img
  make_image "$image" 300M "$@" && on_mount "$image" rw plant_and_copy "$image" "$copy" || return 1
  "$node" "$here/needs-recovery.ts" "$copy" || return 1
  cp --sparse=always "$copy" "$recovered"
  on_mount "$recovered" rw true && on_mount "$recovered" ro compare "$copy"
}

plant_and_copy() { # plant_and_copy <image> <copy>
  plant aged 7
  sync -f "$work/mnt"
  # What follows reaches the journal and not yet its place.
  rm -rf "$work/mnt/aged/d1" "$work/mnt/aged/d2"
  plant aged 8
  sync "$work/mnt/aged"/d*/e* "$work/mnt/aged"/d*
  cp --sparse=always "$1" "$2"
}

test_ext() {
  local tree
  for tree in torture aged; do
    ok "ext4, $tree" same_as_kernel "$tree" 400M ,noload mkfs.ext4 -q -F
  done
  ok 'ext4, blocks of 1 KiB' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -b 1024
  ok 'ext4, content in inodes' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -O inline_data
  ok 'ext4, groups of their own descriptors, 32 bits' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -b 1024 -O meta_bg,^resize_inode,^64bit
  ok 'ext4, block maps' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -O ^extents,^64bit
  ok 'ext4, clusters, small inodes' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -O bigalloc -I 128
  ok 'ext4, clusters of small blocks' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -O bigalloc -b 1024
  ok 'ext4, what newer kernels added' same_as_kernel torture 400M ,noload mkfs.ext4 -q -F -O orphan_file,metadata_csum_seed,ea_inode,large_dir,verity,stable_inodes,encrypt,mmp,fast_commit
  ok 'ext4, two copies of the superblock, no journal' same_as_kernel torture 400M '' mkfs.ext4 -q -F -O sparse_super2,^resize_inode,^has_journal,^filetype
  ok 'ext4, blocks of 64 KiB' same_as_folder mkfs.ext4 -q -F -b 65536
  ok 'ext3' same_as_kernel torture 400M ,noload mkfs.ext3 -q -F
  ok 'ext2' same_as_kernel torture 400M '' mkfs.ext2 -q -F -b 1024
  ok 'ext4 of a running machine' same_as_recovered mkfs.ext4 -q -F
  ok 'ext4 of a running machine, 32 bits, half checksums' same_as_recovered mkfs.ext4 -q -F -O ^64bit,^metadata_csum
  ok 'ext4 of a running machine, blocks of 1 KiB, small journal' same_as_recovered mkfs.ext4 -q -F -b 1024 -J size=4
  ok 'ext3 of a running machine' same_as_recovered mkfs.ext3 -q -F
}

test_xfs() {
  local tree
  for tree in torture aged; do
    ok "xfs, $tree" same_as_kernel "$tree" 400M '' mkfs.xfs -q -f
  done
  ok 'xfs, blocks of 1 KiB' same_as_kernel torture 400M '' mkfs.xfs -q -f -b size=1k
  ok 'xfs, directory blocks of 8 KiB, large inodes' same_as_kernel torture 400M '' mkfs.xfs -q -f -n size=8k -i size=1024
  ok 'xfs, 64-bit counts of extents, 8 groups' same_as_kernel torture 1200M '' mkfs.xfs -q -f -i nrext64=1 -d agcount=8
  ok 'xfs, shared extents and a map of owners, sectors of 4 KiB' same_as_kernel torture 600M '' mkfs.xfs -q -f -m reflink=1,rmapbt=1,bigtime=1,inobtcount=1 -s size=4096
  ok 'xfs of a running machine is refused' dirty_log_refused
  ok 'xfs of version 4' same_as_prototype
}

# The kernel here may not mount blocks larger than its pages: mkfs fills them from a folder, which is the judge.
same_as_folder() { # same_as_folder <mkfs command…>
  local folder=$work/folder
  mkdir -p "$folder/many" "$folder/deep/er"
  for index in $(seq 1 3000); do echo "$index" >"$folder/many/file-with-a-long-name-$index"; done
  for index in 1 60 65535 65536 3000000; do head -c "$index" /dev/urandom >"$folder/deep/er/of-$index"; done
  ln -s "$(printf 'l%.0s' $(seq 1 900))" "$folder/long"
  make_image "$work/disk.img" 600M "$@" -d "$folder" || return 1
  WITHOUT_TIME=true "$node" "$here/compare.ts" "$work/disk.img" "$folder" /lost+found
}

dirty_log_refused() {
  local image=$work/disk.img copy=$work/copy.img
  make_image "$image" 400M mkfs.xfs -q -f && on_mount "$image" rw plant_and_copy "$image" "$copy" || return 1
  ! "$node" "$here/compare.ts" "$copy" "$work" >"$work/said" 2>&1 && grep 'unread: xfs: log of the whole disk: was not played back' "$work/said"
}

# The kernel here may not read version 4 any more: mkfs fills it from a folder's description, and the folder is the judge.
same_as_prototype() {
  local folder=$work/v4 image=$work/disk.img index
  mkdir -p "$folder/d" "$folder/many"
  for index in $(seq 1 400); do echo "$index" >"$folder/many/file-with-a-long-name-$index"; done
  for index in 1 4000 4096 70000 3000000; do head -c "$index" /dev/urandom >"$folder/d/of-$index"; done
  ln -s "$(printf 'l%.0s' $(seq 1 900))" "$folder/long"
  ln -s d/of-1 "$folder/short"
  prototype "$folder" >"$work/prototype"
  make_image "$image" 300M mkfs.xfs -q -f -m crc=0 -n ftype=0 -p "$work/prototype" || return 1
  WITHOUT_TIME=true "$node" "$here/compare.ts" "$image" "$folder"
}

prototype() { # prototype <folder> — as mkfs.xfs(8) takes it
  printf '/\n0 0\nd--755 0 0\n'
  prototype_folder "$1"
  echo '$'
}

prototype_folder() {
  local path name
  for path in "$1"/*; do
    name=${path##*/}
    if [ -L "$path" ]; then
      echo "$name l--777 0 0 $(readlink "$path")"
    elif [ -d "$path" ]; then
      echo "$name d--755 0 0"
      prototype_folder "$path"
      echo '$'
    else
      echo "$name ---644 0 0 $path"
    fi
  done
}
