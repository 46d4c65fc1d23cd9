# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_13_shell_history() {
  files=$(regild_homes | while IFS= read -r home; do regild_history_files "$home"; done | regild_unanswered "$REGILD_CHECK" SL-06 | some)
  [ -z "$files" ] || fail "$files"
}
