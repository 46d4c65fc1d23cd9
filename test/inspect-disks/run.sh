#!/bin/bash
# Proves that regild reads disks as the kernel does: file systems made here, filled with what is hard, mounted, and compared node by node.
# See README.md for what each part compares. Needs root and about 3 GB below $TMPDIR.
#   REGILD_PEERS         the folder that keeps dissect.target between runs (default: regild-peers in the user's cache)
#   REGILD_DISKS_SCALE   how much larger than in CI the trees are (1)
#   run.sh [part…]       only these parts: ext xfs btrfs ntfs fat lvm named files registry databases circle mutations bars judges appliance
#   run.sh mutations --rounds N   every small disk and hive, changed N times (100)
#   run.sh bars                   what reading a root costs: 8 and 100 GiB, small, aged; made of $REGILD_GUEST_BASE, the guest suite's base
#   run.sh judges                 what dissect.target says of such a root
#   run.sh appliance              what virt-inspector says of it, which starts a machine for that
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
# shellcheck disable=SC2034 # lib.sh uses it
scale=${REGILD_DISKS_SCALE:-1}
tools='mkfs.ext4:e2fsprogs mkfs.xfs:xfsprogs setfattr:attr losetup:mount partx:util-linux sgdisk:gdisk sfdisk:fdisk qemu-img:qemu-utils lvcreate:lvm2 mkfs.vfat:dosfstools mcopy:mtools mkfs.btrfs:btrfs-progs ntfs-3g:ntfs-3g rpmbuild:rpm mmdebstrap:mmdebstrap hivexsh:libhivex-bin mksquashfs:squashfs-tools genisoimage:genisoimage mkfs.f2fs:f2fs-tools mkfs.exfat:exfatprogs cryptsetup:cryptsetup-bin'

refuse() { # refuse <reason> — a laptop passes without the proof, CI does not
  if [ "${CI:-}" = true ]; then
    echo "failed: test/inspect-disks $1"
    echo '0 passed, 1 failed, 0 skipped'
    exit 1
  fi
  echo "skipped: test/inspect-disks $1"
  exit 0
}

missing_packages() {
  local tool
  for tool in $tools; do command -v "${tool%%:*}" >/dev/null || echo "${tool#*:}"; done
  /usr/bin/python3 -c 'import hivex' 2>/dev/null || echo python3-hivex
}

if [ "$(id -u)" -ne 0 ]; then
  if [ "${CI:-}" = true ] && sudo -n true 2>/dev/null; then exec sudo --preserve-env=CI,PATH,REGILD_DISKS_SCALE,REGILD_GUEST_BASE,REGILD_PEERS,TMPDIR "$0" "$@"; fi
  refuse 'needs root'
fi
missing=$(missing_packages | sort -u | tr '\n' ' ')
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086 # package names
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing; } >/dev/null 2>&1 || refuse "could not install $missing"
fi

# Mounts of its own: a suite that makes a namespace at the same time would take a copy of them along, and hold the disks.
if [ -z "${REGILD_DISKS_ALONE:-}" ]; then exec env REGILD_DISKS_ALONE=true unshare --mount --propagation private "$0" "$@"; fi

# shellcheck disable=SC2034 # so do the parts
work=$(mktemp -d)
# shellcheck source=/dev/null
for part in "$project/test/guest/lib.sh" "$here/lib.sh" "$here/filesystems.sh" "$here/files.sh" "$here/volumes.sh" "$here/named.sh" "$here/btrfs.sh" "$here/ntfs.sh" "$here/registry.sh" "$here/databases.sh" "$here/circle.sh" "$here/bars.sh" "$here/judges.sh"; do . "$part"; done
trap clean_up EXIT

rounds=100
if [ "${2:-}" = --rounds ]; then
  # shellcheck disable=SC2034 # bars.sh uses it
  rounds=${3:?--rounds needs a number}
  set -- "$1"
fi
[ "$#" -gt 0 ] || set -- ext xfs btrfs ntfs fat lvm named files registry databases circle mutations
for part in "$@"; do
  section "$part"
  "test_$part"
done
section 'end'
total
