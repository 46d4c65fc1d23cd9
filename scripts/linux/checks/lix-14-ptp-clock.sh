# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_14_ptp_clock() {
  [ -e /dev/ptp_hyperv ] || grep -qs hyperv /sys/class/ptp/ptp*/clock_name || fail 'no host clock device'
  ! command -v chronyc >/dev/null 2>&1 || chronyc -n sources 2>/dev/null | grep -q PHC || fail 'chrony does not use the host clock'
}
