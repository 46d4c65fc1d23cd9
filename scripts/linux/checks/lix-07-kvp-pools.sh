# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_07_kvp_pools() {
  count=$(find /var/lib/hyperv -maxdepth 1 -name '.kvp_pool_*' 2>/dev/null | wc -l)
  [ "$count" -ge 5 ] || fail "$((count)) of 5 pools in /var/lib/hyperv"
}
