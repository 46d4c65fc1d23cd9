# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# What the clouds put in at a boot (registrations, answer files) belongs to the phase generalize and is looked at before it.
check_azl_01_no_aws_components() {
  [ -f "$REGILD_COMPONENTS" ] || skip 'no component table'
  found=$(regild_component_ids remove . | while IFS= read -r id; do
    [ "$(regild_component_field "$id" leftover)" = block ] || continue
    if [ "$REGILD_STAGE" = test-vm ] && awk -F '\t' -v id="$id" '$1 == id { exit !($3 == "generalize") }' "$REGILD_COMPONENTS"; then continue; fi
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || printf '%s (%s)\n' "$id" "$hit"
  done | some)
  [ -z "$found" ] || fail "$found"
}
