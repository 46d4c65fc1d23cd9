# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_09_floppy() {
  [ ! -d /sys/module/floppy ] || fail 'the floppy module is loaded'
  grep -rqsE '^[[:space:]]*blacklist[[:space:]]+floppy' /etc/modprobe.d /usr/lib/modprobe.d /lib/modprobe.d ||
    fail 'floppy is not blacklisted'
}
