# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# One disk in every kind of file, written by qemu-img. Sourced by run.sh.

test_files() {
  local raw=$work/raw.img
  make_image "$raw" 400M mkfs.ext4 -q -F
  on_mount "$raw" rw plant torture >/dev/null
  ok 'VHD, fixed' same_in_file "$raw" -O vpc -o subformat=fixed,force_size=on
  ok 'VHD, dynamic' same_in_file "$raw" -O vpc -o subformat=dynamic
  ok 'VMDK, stream-optimized' same_in_file "$raw" -O vmdk -o subformat=streamOptimized
  ok 'VMDK, sparse' same_in_file "$raw" -O vmdk -o subformat=monolithicSparse
  ok 'qcow2, version 2' same_in_file "$raw" -O qcow2 -o compat=0.10
  ok 'qcow2, version 3' same_in_file "$raw" -O qcow2
  ok 'qcow2, packed with zlib' same_in_file "$raw" -c -O qcow2 -o compression_type=zlib
  ok 'qcow2, packed with zstd, large clusters' same_in_file "$raw" -c -O qcow2 -o compression_type=zstd,cluster_size=2M
}

same_in_file() { # same_in_file <raw image> <qemu-img option…>
  local raw=$1
  shift
  qemu-img convert "$@" "$raw" "$work/disk.file" && on_mount "$raw" ro,noload compare "$work/disk.file"
}
