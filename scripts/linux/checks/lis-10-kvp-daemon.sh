# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_10_kvp_daemon() {
  pgrep -x hv_kvp_daemon >/dev/null || pgrep -x hypervkvpd >/dev/null || fail 'no hv_kvp_daemon process'
}
