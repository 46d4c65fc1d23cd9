# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_13_shell_history() {
  files=$(regild_homes | while IFS= read -r home; do find "$home" -maxdepth 1 \( -name '.*_history' -o -name .history \) -size +0 2>/dev/null; done | some)
  [ -z "$files" ] || fail "$files"
}
