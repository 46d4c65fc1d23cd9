# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# 168.63.129.16 and 169.254.169.254 are reached directly, by services as by root: no proxy, no rule of a firewall and no route in between.
check_azl_37_platform_addresses() {
  found=$({ regild_service_proxies && regild_platform_blocks; } | regild_unanswered "$REGILD_CHECK" | some 2)
  [ -z "$found" ] || fail "$found"
}
