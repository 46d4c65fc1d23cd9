# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The table of AWS components: what it says, and where on this system a component is found.

# Takes the component table from standard input instead of the guest's folder (checks on a booted machine have no folder).
regild_use_table() {
  REGILD_COMPONENTS=$(mktemp)
  cat >"$REGILD_COMPONENTS"
}

# Ids with an action (`remove|keep`, joined by a bar) in a phase (`.` = any).
regild_component_ids() (
  awk -F '\t' -v actions="$1" -v phase="$2" '
    $2 ~ "^(" actions ")$" && (phase == "." || $3 == phase) && !seen[$1]++ { print $1 }' "$REGILD_COMPONENTS"
)

regild_component_phase() {
  awk -F '\t' -v id="$1" '$1 == id { print $3; exit }' "$REGILD_COMPONENTS"
}

# Values of one field of a component; further columns stay tab-separated.
regild_component_field() (
  awk -F '\t' -v id="$1" -v field="$2" '
    $1 == id && $4 == field {
      line = $5
      for (column = 6; column <= NF; column++) line = line "\t" $column
      print line
    }' "$REGILD_COMPONENTS"
)

# The values of a component's field, each handed to a function as its first words; stops at nothing.
regild_each_value() (
  regild_component_field "$1" "$2" | while IFS=$REGILD_TAB read -r value second third; do
    "$3" "$value" "$second" "$third" || :
  done
)

# Where a component is found, `field value` to a line. Needs regild_load_packages.
regild_find_component() (
  regild_each_value "$1" "$(regild_package_kind)" regild_find_package
  regild_each_value "$1" snap regild_find_snap
  regild_each_value "$1" pip regild_find_pip
  regild_each_value "$1" service regild_find_unit
  regild_each_value "$1" path regild_find_path
  regild_each_value "$1" user regild_find_user
  regild_each_value "$1" content regild_find_content
)

regild_find_package() {
  regild_packages_like "$1" | sed 's/^/package /'
}

regild_find_snap() {
  [ ! -d "/snap/$1" ] || printf 'snap %s\n' "$1"
}

regild_pip_paths() (
  name=$(printf '%s' "$1" | sed 's/[-_.]/[-_.]/g')
  for folder in '/usr/local/lib/python3*/dist-packages' '/usr/local/lib/python3*/site-packages' \
    '/usr/local/lib64/python3*/site-packages'; do
    regild_glob "$folder/$name-[0-9]*.dist-info"
    regild_glob "$folder/$name-[0-9]*.egg-info"
  done
)

regild_find_pip() {
  [ -z "$(regild_pip_paths "$1")" ] || printf 'pip %s\n' "$1"
}

regild_find_unit() {
  ! regild_unit_exists "$1" || printf 'unit %s\n' "$1"
}

regild_find_path() {
  regild_expand "$1" | while IFS= read -r path; do
    regild_is_workload_home "$path" || printf 'path %s\n' "$path"
  done
}

# An account that the workload runs as is its own, whoever made it first.
regild_find_user() {
  if getent passwd "$1" >/dev/null && [ -z "$(regild_workload_of "$1")" ]; then printf 'account %s\n' "$1"; fi
}

regild_find_content() {
  regild_files_with "$1" "$2" | sed 's/^/text in /'
}

# What nobody keeps though Azure has no use for it: what was to be removed, and what nothing on Azure works with.
regild_unwanted_ids() {
  awk -F '\t' '
    ($2 == "remove" || ($2 == "report" && $4 == "policy" && $5 == "unsupported")) && !seen[$1]++ { print $1 }' "$REGILD_COMPONENTS"
}

# What nobody keeps, means `block` or `warn` where it stays, and is there: `id (field value)` to a line.
# What the clouds put in at a boot (registrations, answer files) belongs to the phase generalize and is looked at before it.
regild_leftovers() (
  regild_unwanted_ids | while IFS= read -r id; do
    [ "$(regild_component_field "$id" leftover)" = "$1" ] || continue
    if [ "$REGILD_STAGE" = test-vm ] && [ "$(regild_component_phase "$id")" = generalize ]; then continue; fi
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || printf '%s (%s)\n' "$id" "$hit"
  done
)

# Says what became of a component: in the build log, and in the folder for the inventory.
regild_report_component() {
  printf 'regild-component\t%s\t%s\t%s\n' "$1" "$2" "$3"
  [ ! -d "$REGILD_HOME" ] || printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$REGILD_HOME/report.tsv"
}
