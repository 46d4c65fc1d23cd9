# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_11_resource_disk_swap() {
  grep -qE '^ResourceDisk\.EnableSwap=y' /etc/waagent.conf 2>/dev/null || skip 'the agent is not told to make swap'
  [ "$(wc -l </proc/swaps)" -gt 1 ] || fail 'ResourceDisk.EnableSwap=y, and no swap is on'
}
