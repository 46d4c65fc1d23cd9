# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# Disks of this suite: made, mounted by the kernel, compared. Sourced by run.sh, with the counting of the guest suite.
node=$project/node_modules/.bin/node

# A device of this suite's own: what others attach and detach at the same time is the lowest one that is free.
loop_device=/dev/loop$((128 + $$ % 800))
loops=()

attach() { # attach <image> — prints the loop device that it is
  losetup "$loop_device" "$1" || return 1
  # What the kernel remembers of the device may be of the file before.
  blockdev --flushbufs "$loop_device"
  echo "$loop_device"
}

# Gives back what a part that ended in the middle took of this machine; its mounts end with the mounts of this suite.
clean_up() {
  local loop
  umount -l "$work/mnt" 2>/dev/null || true
  for loop in "${loops[@]}"; do
    partx -d "$loop" 2>/dev/null || true
    losetup -d "$loop" 2>/dev/null || true
  done
  rm -rf --one-file-system "$work"
}

on_mount() { # on_mount <image> <mount options> <command…> — with the image's file system at $work/mnt
  local image=$1 options=$2 status=0
  shift 2
  mount_image "$image" "$options" || return 1
  "$@" || status=$?
  umount "$work/mnt" || status=1
  losetup -d "$loop_device"
  loops=()
  return "$status"
}

mount_image() { # mount_image <image> <mount options>
  mkdir -p "$work/mnt"
  loops=("$(attach "$1")") || return 1
  mount -o "$2" "$loop_device" "$work/mnt" && return 0
  losetup -d "$loop_device"
  loops=()
  return 1
}

plant() { # plant <kind> [seed] — fills what is mounted
  "$node" "$here/plant-tree.ts" "$work/mnt" "$1" "${2:-1}" "$scale"
}

compare() { # compare <image> [path to leave out…] — with what is mounted
  local image=$1
  shift
  "$node" "$here/compare.ts" "$image" "$work/mnt" "$@"
}

make_image() { # make_image <image> <size> <command…> — an empty file of that size, handed to the command
  local image=$1 size=$2
  shift 2
  rm -f "$image"
  truncate -s "$size" "$image"
  "$@" "$image"
}

# What some parts are made of is the guest suite's: in CI that has run before, and here it may not have.
refuse_part() { # refuse_part <part>
  if [ "${CI:-}" = true ]; then ok "$1: REGILD_GUEST_BASE names the base of the guest suite" false; else echo "$1: skipped, REGILD_GUEST_BASE names no base of the guest suite"; fi
}
