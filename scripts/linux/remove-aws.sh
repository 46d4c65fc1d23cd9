#!/bin/sh
# remove-aws.sh <phase>: removes the AWS components that the plan decided on in this phase and reports the ones it leaves.
# What still is found afterwards is no error here: the check azl-01-no-aws-components decides what that means.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

run_uninstaller() {
  # shellcheck disable=SC2086 # a program with its arguments, from the catalog
  set -- $1
  [ -x "$1" ] || return 0
  regild_log "runs $*"
  if command -v timeout >/dev/null 2>&1; then timeout 300 "$@" >&2; else "$@" >&2; fi </dev/null || regild_log "$1 ended with an error"
}

# The vendor's own way out, unless it would take a package along that the workload needs.
run_uninstallers() {
  needed=$(regild_each_value "$1" uninstall-unless regild_packages_like | tr '\n' ' ')
  if [ -z "$needed" ]; then
    regild_each_value "$1" uninstall run_uninstaller
  elif [ -n "$(regild_component_field "$1" uninstall)" ]; then
    regild_log "did not run the uninstaller of $1: it would take along $needed"
  fi
}

remove_packages() {
  [ "$(regild_component_field "$1" packages)" != keep ] || return 0
  names=$(regild_each_value "$1" "$(regild_package_kind)" regild_packages_like | sort -u | tr '\n' ' ')
  [ -n "$names" ] || return 0
  # shellcheck disable=SC2086 # names is a list of words
  regild_remove_packages $names </dev/null || regild_log "could not remove $names"
  regild_load_packages
}

remove_snap() {
  [ -d "/snap/$1" ] && command -v snap >/dev/null 2>&1 || return 0
  snap remove --purge "$1" >&2 </dev/null || regild_log "snap could not remove $1"
}

remove_pip() {
  [ -n "$(regild_pip_paths "$1")" ] || return 0
  PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip --no-input uninstall -y "$1" >&2 </dev/null || regild_log "pip could not remove $1"
}

remove_paths() {
  case $1 in
    */) regild_remove_path "$1" ;;
    *) regild_expand "$1" | while IFS= read -r path; do regild_remove_path "$path"; done ;;
  esac
}

delete_lines() {
  regild_expand "$1" | while IFS= read -r file; do
    [ ! -f "$file" ] || regild_delete_lines "$file" "$2"
  done
}

substitute() {
  regild_expand "$1" | while IFS= read -r file; do
    [ ! -f "$file" ] || regild_substitute "$file" "$2" "$3"
  done
}

# What was not found is not touched: Azure's own base may have a file of the same name.
remove_component() {
  run_uninstallers "$1"
  regild_each_value "$1" service regild_unit_off
  remove_packages "$1"
  regild_each_value "$1" snap remove_snap
  regild_each_value "$1" pip remove_pip
  regild_each_value "$1" user regild_remove_user
  regild_each_value "$1" remove-path remove_paths
  regild_each_value "$1" delete-line delete_lines
  regild_each_value "$1" substitute substitute
}

# What a component shares with others, such as a folder, is empty only when all of them are gone.
report_removal() {
  [ -z "$2" ] || regild_each_value "$1" remove-path remove_paths
  left=$(regild_find_component "$1" | head -n 1)
  if [ -n "$left" ]; then
    regild_report_component "$1" left "$left"
  elif [ -n "$2" ]; then
    regild_report_component "$1" removed "$(printf '%s' "$2" | tr '\n' ';')"
  else
    regild_report_component "$1" not-found ''
  fi
}

report_others() {
  regild_component_ids 'keep|report' "$1" | while IFS= read -r id; do
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || regild_report_component "$id" kept "$hit"
  done
}

# A unit that ended with an error when it was stopped is remembered as failed after its file is gone.
forget_units() {
  command -v systemctl >/dev/null 2>&1 || return 0
  systemctl daemon-reload >/dev/null 2>&1 || :
  systemctl list-units --all --state=failed --plain --no-legend 2>/dev/null | awk '$2 == "not-found" { print $1 }' |
    while IFS= read -r unit; do
      systemctl reset-failed "$unit" >/dev/null 2>&1 || :
    done
}

main() {
  phase=${1:?the phase is missing}
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  regild_load_packages
  found=$(mktemp -d)
  ids=$(regild_component_ids remove "$phase")
  for id in $ids; do
    regild_find_component "$id" >"$found/$id"
    [ ! -s "$found/$id" ] || remove_component "$id"
  done
  for id in $ids; do report_removal "$id" "$(cat "$found/$id")"; done
  rm -rf "$found"
  report_others "$phase"
  forget_units
}

main "$@"
