# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_15_name_resolution() {
  getent ahosts management.azure.com >/dev/null || fail 'management.azure.com does not resolve'
}
