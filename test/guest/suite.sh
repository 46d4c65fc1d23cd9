#!/bin/bash
# The parts of the suite, as the first process of a process namespace with mounts of its own: whatever they start and mount is gone with it, and
# nothing outlives it. Started by run.sh: suite.sh <folder> <part…>. The end of its standard input ends it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
work=$1
shift
[ "$$" -eq 1 ] || { echo 'suite.sh is started by run.sh' >&2 && exit 2; }
exec 7<&0 </dev/null
# What the parts' tools put somewhere for a while, too.
export TMPDIR=$work/tmp
mkdir -p "$TMPDIR"

for part in lib session sessions machine shell powershell rootfs rpm families azure-base cases inputs numbers named customize golden volumes disk boot rebuild lingering ends; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

run_parts() {
  local part beside=() alone=()
  mkdir -p "$work/tables"
  "$project/node_modules/.bin/node" "$here/render-tables.ts" "$work/tables" aws-cli-v1=remove fstab-aws=remove cloudinit-default-user=remove
  case " $* " in *' rootfs '* | *' rpm '* | *' families '* | *' azure-base '* | *' cases '* | *' inputs '* | *' numbers '* | *' named '* | *' customize '* | *' golden '* | *' volumes '* | *' disk '*)
    section 'base system'
    make_base
    ;;
  esac
  # Parts that share nothing but the base run beside each other; the machines need the disk, and the disk the processors.
  for part in "$@"; do
    case $part in
      sessions | rootfs | rpm | families | azure-base | cases | inputs | numbers | named | customize | golden | volumes) beside+=("test_${part//-/_}") ;;
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
}

[ "$#" -gt 0 ] || set -- shell powershell sessions rootfs rpm families azure-base cases inputs numbers named customize golden volumes disk boot rebuild ends
run_parts "$@" 7<&- &
parts=$!
cat <&7 >/dev/null &
status=0
wait -n "$parts" "$!" || status=$?
# The parts are there yet: it was the pipe that ended.
! kill -0 "$parts" 2>/dev/null || status=143
disown -a
release
exit "$status"
