# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_16_client_alive_interval() {
  interval=$(regild_sshd_setting clientaliveinterval)
  if [ "${interval:-0}" -le 0 ] || [ "$interval" -ge 236 ]; then fail "ClientAliveInterval is ${interval:-0}, not within 1 to 235"; fi
}
