# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_19_resource_disk() {
  mounted=$(awk '$3 ~ /^(ntfs|ntfs3|fuseblk)$/ { print $2 }' /proc/self/mounts | some)
  [ -z "$mounted" ] || fail "NTFS: $mounted"
}
