# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_15_cloud_init_status() {
  command -v cloud-init >/dev/null 2>&1 || skip 'no cloud-init'
  status=$(timeout 300 cloud-init status --wait 2>/dev/null) || fail "$status"
}
