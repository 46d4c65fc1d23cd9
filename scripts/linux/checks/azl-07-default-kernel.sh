# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_07_default_kernel() {
  kernel=$(uname -r)
  regild_suits_azure "$kernel" || fail "the running kernel is $kernel"
}
