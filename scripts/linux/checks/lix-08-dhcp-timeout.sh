# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_08_dhcp_timeout() {
  if regild_unit_exists NetworkManager.service && regild_unit_enabled NetworkManager.service; then
    regild_network_manager_settings | grep -qE '^ipv4\.dhcp-timeout=([3-9][0-9]{2}|[0-9]{4,})' ||
      fail 'ipv4.dhcp-timeout is below 300 in NetworkManager'
  elif [ -f /etc/dhcp/dhclient.conf ]; then
    grep -qE '^[[:space:]]*timeout[[:space:]]+([3-9][0-9]{2}|[0-9]{4,});' /etc/dhcp/dhclient.conf ||
      fail 'the timeout in dhclient.conf is below 300'
  fi
}
