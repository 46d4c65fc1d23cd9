# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_22_provisioning_media() {
  [ -b /dev/sr0 ] || skip 'no DVD drive'
  label=$(blkid -p -s LABEL -o value /dev/sr0 2>/dev/null) || label=''
  [ -z "$label" ] || fail "$label is in the drive"
}
