# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_03_azure_datasource() {
  [ -d /etc/cloud ] || fail 'no cloud-init'
  names=$(regild_datasources | tr '\n' ' ')
  # An absent list means all, Azure among them.
  case " ${names:-Azure }" in
    *' Azure '*) ;;
    *) fail "datasource_list: $names" ;;
  esac
  if grep -qE '^(datasource|policy)[[:space:]]*[:=]' /etc/cloud/ds-identify.cfg 2>/dev/null &&
    ! grep -qE 'Azure|enabled|search' /etc/cloud/ds-identify.cfg; then
    fail 'ds-identify.cfg excludes Azure'
  fi
}
