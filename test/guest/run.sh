#!/bin/bash
# Proves what runs inside the image: the scripts' language, then the scripts themselves on real root file systems and on a disk that boots.
# See README.md for what each part proves and what none of them can. Needs root, a Debian mirror and about 15 GB below $TMPDIR.
#   REGILD_GUEST_BASE    a tar file to keep the base system in between runs
#   REGILD_GUEST_WRITE   write expected-difference.txt instead of comparing with it
#   run.sh [part…]       only these parts: shell powershell sessions rootfs rpm families azure-base cases inputs numbers named customize golden volumes disk boot rebuild ends (boot needs disk, rebuild boot)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools='mmdebstrap:mmdebstrap unshare:util-linux shellcheck:shellcheck busybox:busybox dash:dash qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils sgdisk:gdisk mkfs.vfat:dosfstools mcopy:mtools genisoimage:genisoimage ssh:openssh-client openssl:openssl gpg:gnupg /usr/share/OVMF/OVMF_CODE_4M.ms.fd:ovmf'

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

# The suite works in names, mounts and a folder of its own, which end with it: at its end, when this script is killed, and when it is killed with
# -9. It has the other end of a pipe, and reads its end when this script is there no more.
work=$(mktemp -d)
mkfifo "$work/lifeline"
unshare --pid --mount --mount-proc --fork "$here/suite.sh" "$work" "$@" <"$work/lifeline" &
suite=$!
exec 8>"$work/lifeline"

end() {
  local status=0
  exec 8>&-
  wait "$suite" || status=$?
  exit "$status"
}
trap end TERM INT HUP
wait "$suite"
