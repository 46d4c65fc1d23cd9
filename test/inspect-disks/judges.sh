# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# Strangers who look into disks, on the same disk: dissect.target (PyPI, pinned in requirements.txt) and virt-inspector (libguestfs in software emulation). Sourced by run.sh.

# Made of the root file system of the guest suite.
test_judges() { judged_by judges dissect.target dissect; }

# Not in CI: the machine that virt-inspector starts takes minutes without KVM, and the kernel that it starts has another name on each distribution.
test_appliance() { judged_by appliance virt-inspector virt_inspector; }

judged_by() { # judged_by <part> <program> <word of its functions>
  local image=$work/judged.img
  [ -f "${REGILD_GUEST_BASE:-}" ] || { refuse_part "$1" && return 0; }
  make_judged "$image"
  ok "$1: $2 is installed" "install_$3"
  ok "$1: $2 looks at the disk" "ask_$3" "$image"
  ok "$1: it says the same of system and packages" "$node" "$here/judge-inventory.ts" "$image" "$2" "$work/said"
}

make_judged() { # make_judged <image>
  [ -d "$work/judged" ] && return 0
  mkdir "$work/judged" && tar -C "$work/judged" --numeric-owner -xf "$REGILD_GUEST_BASE"
  make_image "$1" 8G mkfs.ext4 -q -d "$work/judged"
}

# Kept between runs as the strangers of test/peers are; an environment that is whole says so in the end.
dissect=${REGILD_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/regild-peers}/dissect

install_dissect() {
  ! diff -q "$here/requirements.txt" "$dissect/whole" >/dev/null 2>&1 || return 0
  rm -rf "$dissect" && mkdir -p "$(dirname "$dissect")" && python3 -m venv "$dissect" &&
    "$dissect/bin/pip" install --quiet --no-deps --disable-pip-version-check --requirement "$here/requirements.txt" &&
    cp "$here/requirements.txt" "$dissect/whole"
}

# One line of what it says of the system, then a line of JSON for each package.
ask_dissect() {
  "$dissect/bin/target-query" -q -f os,version,architecture "$1" >"$work/said" &&
    "$dissect/bin/target-query" -q -j -f dpkg.status "$1" >>"$work/said"
}

install_virt_inspector() {
  command -v virt-inspector >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install libguestfs-tools linux-image-cloud-amd64
}

# The machine that it starts must not ask for KVM: where that is there and cannot run a kernel, it waits for ten minutes.
ask_virt_inspector() {
  LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg virt-inspector -a "$1" >"$work/said"
}
