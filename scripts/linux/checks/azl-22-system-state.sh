# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Failed units are the business of lix-16: here it is whether the boot came to its end.
check_azl_22_system_state() {
  state=$(regild_await_boot)
  case $state in
    running | degraded) ;;
    offline | unknown | '') skip 'systemd does not run here' ;;
    *) fail "$state after five minutes: $(systemctl list-jobs --no-legend --plain 2>/dev/null | awk '{ print $2 }' | some)" ;;
  esac
}
