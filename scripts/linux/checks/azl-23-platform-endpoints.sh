# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_23_platform_endpoints() {
  command -v curl >/dev/null 2>&1 || skip 'no curl'
  regild_ask_fabric -o /dev/null 'http://168.63.129.16/?comp=versions' || fail '168.63.129.16 port 80 does not answer'
  provider=$(regild_metadata compute/provider) || provider=''
  [ "$provider" = Microsoft.Compute ] || fail "the metadata service says '$provider'"
}
