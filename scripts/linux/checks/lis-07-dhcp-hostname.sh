# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# On SUSE Azure sets the name; Azure Linux sends its own with the request.
check_lis_07_dhcp_hostname() {
  if [ "$(regild_network_standard)" = networkd ]; then
    grep -qsE '^[[:space:]]*option[[:space:]]+.*host_name' /etc/dhcpcd.conf || grep -qs 'host-name' /etc/dhcp/dhclient.conf ||
      fail 'the DHCP client does not send the host name'
    exit 0
  fi
  [ -f /etc/sysconfig/network/dhcp ] || skip 'no wicked'
  grep -qE '^DHCLIENT_SET_HOSTNAME="?no"?' /etc/sysconfig/network/dhcp || fail 'DHCLIENT_SET_HOSTNAME is not "no"'
}
