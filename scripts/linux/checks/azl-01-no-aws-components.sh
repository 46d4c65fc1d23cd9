# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_01_no_aws_components() {
  [ -f "$REGILD_COMPONENTS" ] || skip 'no component table'
  found=$(regild_leftovers block | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$found" ] || fail "$found"
}
