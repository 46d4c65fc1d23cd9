# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# The bars that reading has to stay below: hostile disks, and what a root of 8 GiB costs. Sourced by run.sh.

# Always the same changes, unless REGILD_MUTATIONS_SEED names the first seed; the figures are printed.
test_mutations() {
  local status=0
  "$node" "$here/mutations.ts" "$rounds" "${REGILD_MUTATIONS_SEED:-1}" >"$work/mutations.txt" 2>&1 || status=$?
  cat "$work/mutations.txt"
  ok "mutations: $rounds of each disk and hive end in an inventory or a refusal" test "$status" = 0
}

# Made of the root file system of the guest suite, which is a Debian 12 with a kernel and AWS's packages.
test_bars() {
  local base=${REGILD_GUEST_BASE:-} image=$work/bars.img
  [ -f "$base" ] || { echo 'bars: skipped, REGILD_GUEST_BASE names no base of the guest suite' && return 0; }
  mkdir "$work/bars" && tar -C "$work/bars" --numeric-owner -xf "$base"
  make_image "$image" 8G mkfs.ext4 -q -d "$work/bars"
  "$node" "$here/count-blocks.ts" "$image" | tee "$work/bars.txt"
  ok 'bars: an ext4 root of 8 GiB takes at most 100 blocks' at_most_blocks 100
  make_image "$image" 8G mkfs.xfs -q -f
  on_mount "$image" rw cp -a "$work/bars/." "$work/mnt/"
  "$node" "$here/count-blocks.ts" "$image" | tee "$work/bars.txt"
  ok 'bars: an XFS root of 8 GiB takes at most 100 blocks' at_most_blocks 100
}

at_most_blocks() { test "$(sed -n 's/.*blocks read: \([0-9]*\) .*/\1/p' "$work/bars.txt")" -le "$1"; }
