# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_01_sudo_targetpw() {
  regild_main_file sudoers >/dev/null || skip 'sudo is not installed'
  ! regild_sudoers | grep -qE '^[[:space:]]*Defaults[[:space:]]+targetpw' || fail 'Defaults targetpw in sudoers'
}
