# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# Strangers who look into disks, on the same disk: dissect.target (PyPI, pinned) and virt-inspector (libguestfs in software emulation). Sourced by run.sh.

# Made of the root file system of the guest suite.
test_judges() {
  local image=$work/judged.img
  [ -f "${REGILD_GUEST_BASE:-}" ] || { refuse_part judges && return 0; }
  make_judged "$image"
  ok 'judges: dissect.target is installed' install_dissect
  ok 'judges: dissect.target looks at the disk' ask_dissect "$image"
  ok 'judges: it says the same of system and packages' "$node" "$here/judge-inventory.ts" "$image" dissect "$work/dissect.txt"
}

# Not in CI: the machine that virt-inspector starts takes minutes without KVM, and the kernel that it starts has another name on each distribution.
test_appliance() {
  local image=$work/judged.img
  [ -f "${REGILD_GUEST_BASE:-}" ] || { refuse_part appliance && return 0; }
  make_judged "$image"
  ok 'appliance: virt-inspector is installed' install_virt_inspector
  ok 'appliance: virt-inspector looks at the disk' ask_virt_inspector "$image"
  ok 'appliance: it says the same of system and packages' "$node" "$here/judge-inventory.ts" "$image" virt-inspector "$work/virt-inspector.xml"
}

make_judged() { # make_judged <image>
  [ -d "$work/judged" ] && return 0
  mkdir "$work/judged" && tar -C "$work/judged" --numeric-owner -xf "$REGILD_GUEST_BASE"
  make_image "$1" 8G mkfs.ext4 -q -d "$work/judged"
}

install_dissect() { python3 -m venv "$work/dissect" && "$work/dissect/bin/pip" install -q 'dissect.target[full]==3.25.1'; }

# One line of what it says of the system, then a line of JSON for each package.
ask_dissect() {
  "$work/dissect/bin/target-query" -q -f os,version,architecture "$1" >"$work/dissect.txt" &&
    "$work/dissect/bin/target-query" -q -j -f dpkg.status "$1" >>"$work/dissect.txt"
}

install_virt_inspector() {
  command -v virt-inspector >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install libguestfs-tools linux-image-cloud-amd64
}

# The machine that it starts must not ask for KVM: where that is there and cannot run a kernel, it waits for ten minutes.
ask_virt_inspector() {
  LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg virt-inspector -a "$1" >"$work/virt-inspector.xml"
}
