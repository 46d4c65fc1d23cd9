# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_16_system_running() {
  failed=$(systemctl list-units --failed --plain --no-legend 2>/dev/null | awk '{ print $1 }' | regild_unanswered "$REGILD_CHECK" | some 4)
  [ -z "$failed" ] || fail "$failed"
}
