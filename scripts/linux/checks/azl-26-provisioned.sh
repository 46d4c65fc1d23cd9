# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_26_provisioned() {
  command -v cloud-init >/dev/null 2>&1 || skip 'no cloud-init'
  state=$(regild_cloud_init_state)
  case ${state%%"$REGILD_TAB"*} in
    done | degraded*) ;;
    *) fail "cloud-init says $(printf '%s' "$state" | tr '\t' ' ')" ;;
  esac
  case $(cloud-init status --long 2>/dev/null) in
    *DataSourceAzure* | *azure*) ;;
    *) fail 'cloud-init did not use the Azure datasource' ;;
  esac
}
