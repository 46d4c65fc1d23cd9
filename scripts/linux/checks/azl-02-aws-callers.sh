# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_02_aws_callers() {
  [ -f "$REGILD_COMPONENTS" ] || skip 'no component table'
  found=$(regild_component_ids report . | while IFS= read -r id; do
    [ "$(regild_component_field "$id" leftover)" != harmless ] || continue
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || printf '%s (%s)\n' "$id" "$hit"
  done | some)
  [ -z "$found" ] || fail "$found"
}
