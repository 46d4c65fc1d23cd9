# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The messages of several releases for a system on which no datasource was read yet.
check_azl_04_cloud_init_schema() {
  cloud-init schema --help >/dev/null 2>&1 || skip 'cloud-init has no schema command'
  text=$(cloud-init schema --system 2>&1) && exit 0
  case $text in
    *'not find any data source'* | *'No user data'* | *'Config file  does not exist'*) skip 'no datasource has been read here' ;;
    *) fail "$(printf '%s\n' "$text" | grep -iE 'error|invalid' | some 2)" ;;
  esac
}
