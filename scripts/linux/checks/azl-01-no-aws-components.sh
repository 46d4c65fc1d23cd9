# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# What the clouds put in at a boot (registrations, answer files) belongs to the phase generalize and is looked at before it.
check_azl_01_no_aws_components() {
  [ -f "$REGILD_COMPONENTS" ] || skip 'no component table'
  found=$(regild_component_ids remove . | while IFS= read -r id; do
    [ "$(regild_component_field "$id" leftover)" = block ] || continue
    if [ "$REGILD_STAGE" = test-vm ] && [ "$(regild_component_phase "$id")" = generalize ]; then continue; fi
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || printf '%s (%s)\n' "$id" "$hit"
  done | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$found" ] || fail "$found"
}
