# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_09_fstab() {
  [ -f /etc/fstab ] || exit 0
  names=$(awk '$1 ~ /^\/dev\/(sd|xvd|vd|nvme)/ { print $1 }' /etc/fstab | some)
  [ -z "$names" ] || fail "device names: $names"
  required=$(awk '
    /^[[:space:]]*(#|$)/ || $2 ~ /^\/(boot(\/efi)?|usr|var|home|tmp|var\/(log|tmp))?$/ || $2 == "none" || $3 ~ /^(swap|tmpfs|proc|sysfs|devpts|devtmpfs|cgroup2?|debugfs|hugetlbfs)$/ { next }
    ("," $4 ",") !~ /,(nofail|noauto),/ { print $2 }' /etc/fstab | some)
  [ -z "$required" ] || fail "without nofail: $required"
}
