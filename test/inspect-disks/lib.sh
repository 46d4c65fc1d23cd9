# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# Disks of this suite: made, mounted by the kernel, compared. Sourced by run.sh, with the counting of the guest suite.
node=$project/node_modules/.bin/node

attach() { # attach <image> [losetup option…] — the loop device it is; another suite may take the same one at the same time
  local image=$1 try loop
  shift
  for try in 1 2 3 4 5 6 7 8; do
    if loop=$(losetup --find --show "$@" "$image" 2>/dev/null); then
      echo "$loop"
      return 0
    fi
  done
  echo "could not attach $image after $try tries" >&2
  return 1
}

on_mount() { # on_mount <image> <mount options> <command…> — with the image's file system at $work/mnt
  local image=$1 options=$2 status=0
  shift 2
  mount_image "$image" "$options" || return 1
  "$@" || status=$?
  umount "$work/mnt" || status=1
  losetup -d "${loops[0]}"
  loops=()
  return "$status"
}

# A suite that ends beside this one may take a device along that it no longer owns: then the mount is tried again.
mount_image() { # mount_image <image> <mount options>
  local try
  mkdir -p "$work/mnt"
  for try in 1 2 3; do
    # Only what is attached at the moment: a device that was given back may be another's already.
    loops=("$(attach "$1")") || return 1
    mount -o "$2" "${loops[0]}" "$work/mnt" && return 0
    losetup -d "${loops[0]}" 2>/dev/null || true
    loops=()
  done
  echo "could not mount $1 in $try tries" >&2
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
