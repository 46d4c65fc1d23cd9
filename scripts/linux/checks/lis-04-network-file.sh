# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Azure Linux has systemd-networkd and no network scripts.
check_lis_04_network_file() {
  if [ "$(regild_network_standard)" = networkd ]; then
    [ -f /etc/systemd/networkd.conf ] || [ -f /usr/lib/systemd/networkd.conf ] || fail 'no systemd/networkd.conf'
    exit 0
  fi
  grep -qsiE '^[[:space:]]*NETWORKING="?yes"?' /etc/sysconfig/network && exit 0
  ! regild_network_manager_alone || exit 0
  case $(regild_eth0_profile) in
    *.nmconnection) ;;
    *) fail '/etc/sysconfig/network does not say NETWORKING=yes' ;;
  esac
}
