# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_20_provisioning_media() {
  blocked=$(cat /etc/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf /lib/modprobe.d/*.conf 2>/dev/null |
    grep -oE '^[[:space:]]*(install|blacklist)[[:space:]]+(udf|vfat|fat|isofs|cdrom|sr_mod)([[:space:]]|$)' | sort -u | some)
  [ -z "$blocked" ] || fail "$blocked"
}
