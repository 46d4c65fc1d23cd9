# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_01_sudo_targetpw() {
  [ -f /etc/sudoers ] || skip 'sudo is not installed'
  ! cat /etc/sudoers /etc/sudoers.d/* 2>/dev/null | grep -qE '^[[:space:]]*Defaults[[:space:]]+targetpw' || fail 'Defaults targetpw in sudoers'
}
