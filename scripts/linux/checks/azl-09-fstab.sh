# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_09_fstab() {
  [ -f /etc/fstab ] || exit 0
  names=$(awk '$1 ~ /^\/dev\/(sd|xvd|vd|nvme)/ { print $1 }' /etc/fstab | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$names" ] || fail "device names: $names"
  required=$(regild_required_mounts | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$required" ] || fail "without nofail: $required"
}
