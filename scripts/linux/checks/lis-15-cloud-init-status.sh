# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_15_cloud_init_status() {
  command -v cloud-init >/dev/null 2>&1 || skip 'no cloud-init'
  state=$(regild_cloud_init_state)
  [ "$state" = "done$REGILD_TAB" ] || fail "$(printf '%s' "$state" | tr '\t' ' ')"
}
