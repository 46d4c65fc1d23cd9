# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_18_resource_disk_warning() {
  folder=$(regild_resource_disk) || skip 'the agent is not told to format a resource disk'
  mountpoint -q "$folder" || skip 'no resource disk'
  [ -f "$folder/DATALOSS_WARNING_README.txt" ] || fail "no DATALOSS_WARNING_README.txt in $folder"
}
