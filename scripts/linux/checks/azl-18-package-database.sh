# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_18_package_database() {
  trouble=$(regild_package_trouble | some)
  [ -z "$trouble" ] || fail "$trouble"
}
