#!/bin/sh
# inventory.sh before|after: counts what is installed and names the AWS components (inventory-<when>.tsv), and before the build refuses a
# machine that is not the planned one. What a component means for the image is said by checks; what is in a machine, item by item, is
# inventory-lines.sh's.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

enabled_units() {
  systemctl list-unit-files --state=enabled --no-legend --plain 2>/dev/null | awk '{ print $1 }'
}

found_components() {
  regild_component_ids 'remove|keep|report' . | while IFS= read -r id; do
    hits=$(regild_find_component "$id" | head -n 20 | tr '\n' ';')
    [ -z "$hits" ] || printf '%s\t%s\n' "$id" "$hits"
  done
}

# How much is installed, and the first finds of each component: for record.sh.
write_summary() {
  {
    printf 'count\tpackages\t%d\n' "$(regild_package_versions | wc -l)"
    printf 'count\tunits\t%d\n' "$(enabled_units | wc -l)"
    printf 'count\taccounts\t%d\n' "$(regild_accounts | wc -l)"
    printf '%s\n' "$2" | awk -F '\t' 'length { split($2, hits, ";"); printf "component\t%s\t%s\n", $1, hits[1] }'
  } >"$REGILD_HOME/inventory-$1.tsv"
}

main() {
  when=${1:-before}
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  regild_require_family
  regild_log "a system of the $REGILD_FAMILY family, $(uname -m)"
  [ "$when" != before ] || regild_require_planned_system
  [ "$when" != before ] || regild_wait_for_first_boot
  regild_load_packages
  found=$(found_components)
  write_summary "$when" "$found"
  printf '%s\n' "$found" | awk -F '\t' -v when="$when" 'length { printf "regild-inventory\t%s\t%s\t%s\n", when, $1, $2 }'
}

main "$@"
