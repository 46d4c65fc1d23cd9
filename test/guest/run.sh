#!/bin/bash
# Proves what runs inside the image: the scripts' language, then the scripts themselves on real root file systems and on a disk that boots.
# See README.md for what each part proves and what none of them can. Needs root, a Debian mirror and about 15 GB below $TMPDIR.
#   REGILD_GUEST_BASE    a tar file to keep the base system in between runs
#   REGILD_GUEST_WRITE   write expected-difference.txt instead of comparing with it
#   run.sh [part…]       only these parts: shell powershell sessions rootfs rpm families azure-base cases customize disk boot rebuild (boot needs disk, rebuild boot)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
tools='mmdebstrap:mmdebstrap unshare:util-linux shellcheck:shellcheck busybox:busybox dash:dash qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils sgdisk:gdisk mkfs.vfat:dosfstools mcopy:mtools genisoimage:genisoimage ssh:openssh-client openssl:openssl /usr/share/OVMF/OVMF_CODE_4M.ms.fd:ovmf'

refuse() { # refuse <reason> — a laptop passes without the proof, CI does not
  if [ "${CI:-}" = true ]; then
    echo "failed: test/guest $1"
    echo '0 passed, 1 failed, 0 skipped'
    exit 1
  fi
  echo "skipped: test/guest $1"
  exit 0
}

missing_packages() {
  local tool
  for tool in $tools; do command -v "${tool%%:*}" >/dev/null || [ -e "${tool%%:*}" ] || echo "${tool#*:}"; done
}

if [ "$(id -u)" -ne 0 ]; then
  if [ "${CI:-}" = true ] && sudo -n true 2>/dev/null; then exec sudo --preserve-env=CI,PATH,REGILD_GUEST_BASE,TMPDIR "$0" "$@"; fi
  refuse 'needs root'
fi
missing=$(missing_packages | tr '\n' ' ')
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086 # package names
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing; } >/dev/null 2>&1 || refuse "could not install $missing"
fi

work=$(mktemp -d)
for part in lib session sessions machine shell powershell rootfs rpm families azure-base cases customize disk boot rebuild; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done
trap clean_up EXIT

mkdir -p "$work/tables"
"$project/node_modules/.bin/node" "$here/render-tables.ts" "$work/tables" aws-cli-v1=remove fstab-aws=remove cloudinit-default-user=remove
[ "$#" -gt 0 ] || set -- shell powershell sessions rootfs rpm families azure-base cases customize disk boot rebuild
case " $* " in *' rootfs '* | *' rpm '* | *' families '* | *' azure-base '* | *' cases '* | *' customize '* | *' disk '*)
  section 'base system'
  make_base
  ;;
esac
# Parts that share nothing but the base run beside each other; the machines need the disk, and the disk the processors.
beside=() alone=()
for part in "$@"; do
  case $part in
    sessions | rootfs | rpm | families | azure-base | cases | customize) beside+=("test_${part//-/_}") ;;
    *) alone+=("$part") ;;
  esac
done
if [ "${#beside[@]}" -gt 0 ]; then
  section "${beside[*]#test_}"
  side_by_side "${beside[@]}"
fi
for part in "${alone[@]}"; do
  section "$part"
  "test_${part//-/_}"
done
section 'end'
total
