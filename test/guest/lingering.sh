# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# Everything that a part may leave behind, for the part `ends`, which names a file to be told by and how to go on. Sourced by suite.sh.

# A process in a session of its own that ignores what ends others, a mount, a disk with a partition, a network with a server in it.
test_lingering() {
  setsid sh -c 'trap "" TERM HUP INT; while :; do sleep 1; done' &
  mkdir "$work/mount"
  mount -t tmpfs tmpfs "$work/mount"
  truncate -s 8M "$work/lingering.raw"
  losetup -f "$work/lingering.raw"
  open_network
  : >"$work/admin.pub"
  in_network "$node" "$here/fabric.ts" "$work/fabric" name user key 00:00:00:00:00:00 >"$work/port" &
  wait_for 60 test -s "$work/port"
  echo ready >"$LINGERING_TOLD"
  [ -n "${LINGERING_ENDS:-}" ] || sleep infinity
}
