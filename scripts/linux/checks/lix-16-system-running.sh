# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_16_system_running() {
  units=$(regild_ask_systemd list-units --failed --plain --no-legend) || {
    [ -d /run/systemd/system ] || skip 'systemd does not run here'
    unknown 'systemd does not answer'
  }
  failed=$(printf '%s\n' "$units" | awk 'NF { print $1 }' | regild_unanswered "$REGILD_CHECK" | some 4)
  [ -z "$failed" ] || fail "$failed"
}
