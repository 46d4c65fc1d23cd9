# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_26_provisioned() {
  command -v cloud-init >/dev/null 2>&1 || skip 'no cloud-init'
  status=$(timeout 300 cloud-init status --wait --long 2>/dev/null) || :
  case $status in
    *'status: done'* | *'status: degraded'*) ;;
    *) fail "$(printf '%s' "$status" | tr '\n' ' ')" ;;
  esac
  case $status in
    *DataSourceAzure*) ;;
    *) fail 'cloud-init did not use the Azure datasource' ;;
  esac
}
