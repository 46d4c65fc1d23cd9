# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_10_storage_references() {
  devices=$(awk '$1 !~ /^#/ && NF >= 2 && $4 !~ /nofail/ { print $2 }' /etc/crypttab 2>/dev/null) || devices=''
  for device in $devices; do
    case $device in
      UUID=*) [ -e "/dev/disk/by-uuid/${device#UUID=}" ] || fail "crypttab: $device" ;;
      /dev/sd* | /dev/xvd* | /dev/nvme*) fail "crypttab: $device" ;;
      *) ;;
    esac
  done
  [ ! -s /etc/lvm/devices/system.devices ] || fail '/etc/lvm/devices/system.devices names the disks of this machine'
}
