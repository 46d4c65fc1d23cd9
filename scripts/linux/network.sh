#!/bin/sh
# network.sh: writes the network configuration for Azure; the AWS one is removed only afterwards.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

has_network_manager() {
  regild_unit_exists NetworkManager.service
}

# amazon-ec2-net-utils turns NetworkManager off and never on again, and its own networkd file goes with it.
renderer() {
  if has_network_manager && ! regild_unit_enabled NetworkManager.service && [ -n "$(regild_packages_like '*ec2-net-utils')" ]; then
    regild_unit_on NetworkManager.service
    # Its package turned these on; two services would share the card.
    for unit in systemd-networkd.service systemd-networkd.socket systemd-networkd-wait-online.service; do
      ! regild_unit_exists "$unit" || systemctl disable "$unit" >/dev/null 2>&1 || :
    done
    [ ! -f /etc/resolv.conf.old ] || mv -f /etc/resolv.conf.old /etc/resolv.conf
  fi
  if [ -f /usr/lib/systemd/network/80-ec2.network ] && ! has_network_manager && [ ! -d /etc/netplan ]; then
    printf '%s\n' '[Match]' 'Driver=hv_netvsc' '' '[Network]' 'DHCP=yes' | regild_put /etc/systemd/network/70-azure-dhcp.network 0644
    [ -n "$(regild_network_services)" ] || regild_unit_on systemd-networkd.service
  fi
}

# The virtual function of accelerated networking has the same MAC address as the synthetic device that owns it.
virtual_function() {
  for rule in /usr/lib/udev/rules.d/*azure-unmanaged-sriov.rules /lib/udev/rules.d/*azure-unmanaged-sriov.rules \
    /etc/udev/rules.d/*sriov*.rules; do
    [ ! -e "$rule" ] || return 0
  done
  echo 'SUBSYSTEM=="net", DRIVERS=="hv_pci", ACTION=="add", ENV{NM_UNMANAGED}="1"' |
    regild_put /etc/udev/rules.d/68-azure-sriov-nm-unmanaged.rules 0644
}

network_manager() {
  has_network_manager || return 0
  unmanaged_drivers
  regild_network_manager_settings | grep -qE '^ipv4\.dhcp-timeout=([3-9][0-9]{2}|[0-9]{4,})' ||
    printf '%s\n' '[connection]' 'ipv4.dhcp-timeout=300' | regild_put /etc/NetworkManager/conf.d/99-azure-dhcp-timeout.conf 0644
  if regild_unit_exists nm-cloud-setup.service; then
    printf '%s\n' '[Service]' 'Environment=NM_CLOUD_SETUP_AZURE=yes' |
      regild_put /etc/systemd/system/nm-cloud-setup.service.d/10-azure.conf 0644
  fi
}

# Azure's own bases have a list, which grows with the drivers: one that lacks these is added to, never replaced.
unmanaged_drivers() {
  lists=$(regild_network_manager_settings | grep -E '^unmanaged-devices[+]?=') || lists=''
  case $lists in
    *driver:mlx*) return 0 ;;
    '') file=99-azure-unmanaged-devices.conf sign='=' ;;
    *) file=99-azure-unmanaged-mlx.conf sign='+=' ;;
  esac
  printf '%s\n' '[keyfile]' "unmanaged-devices${sign}driver:mlx4_core;driver:mlx5_core" | regild_put "/etc/NetworkManager/conf.d/$file" 0644
}

dhcp_client() {
  if [ -f /etc/dhcp/dhclient.conf ] && ! grep -qE '^[[:space:]]*timeout[[:space:]]+([3-9][0-9]{2}|[0-9]{4,});' /etc/dhcp/dhclient.conf; then
    regild_delete_lines /etc/dhcp/dhclient.conf '^[[:space:]]*timeout[[:space:]]'
    echo 'timeout 300;' >>/etc/dhcp/dhclient.conf
    regild_log 'set the DHCP timeout to 300 seconds'
  fi
  if [ -f /etc/sysconfig/network/dhcp ]; then regild_set_key /etc/sysconfig/network/dhcp DHCLIENT_SET_HOSTNAME '"no"'; fi
}

# RHEL and relatives: what Azure's image standard asks for, where the base does not say it in another way (cloud-init writes profiles too).
network_scripts() {
  [ "$(regild_network_standard)" = network-scripts ] || return 0
  for profile in /etc/NetworkManager/system-connections/*eth0.nmconnection; do
    [ ! -f "$profile" ] || return 0
  done
  [ -d /etc/sysconfig/network-scripts ] || return 0
  grep -qsiE '^[[:space:]]*NETWORKING=' /etc/sysconfig/network || regild_set_key /etc/sysconfig/network NETWORKING yes
  [ -e /etc/sysconfig/network-scripts/ifcfg-eth0 ] ||
    printf '%s\n' 'DEVICE=eth0' 'ONBOOT=yes' 'BOOTPROTO=dhcp' 'TYPE=Ethernet' 'USERCTL=no' 'PEERDNS=yes' |
    regild_put /etc/sysconfig/network-scripts/ifcfg-eth0 0644
}

# Names and profiles pinned to the build machine's MAC addresses. cloud-init writes its own anew where they belong.
persistent_names() {
  for rule in /etc/udev/rules.d/70-persistent-net.rules /etc/udev/rules.d/85-persistent-net-cloud-init.rules; do
    regild_remove_path "$rule"
  done
  for profile in /etc/sysconfig/network-scripts/ifcfg-*; do
    [ ! -f "$profile" ] || regild_delete_lines "$profile" '^[[:space:]]*(HWADDR|MACADDR)='
  done
}

# Older systems write such names at every boot; a link of the same name to nowhere turns that off, and package updates leave it alone.
name_generator() {
  generator=/etc/udev/rules.d/75-persistent-net-generator.rules
  if [ -s /usr/lib/udev/rules.d/75-persistent-net-generator.rules ] || [ -s /lib/udev/rules.d/75-persistent-net-generator.rules ]; then
    [ "$(readlink "$generator")" = /dev/null ] || ln -sf /dev/null "$generator"
  else
    regild_remove_path "$generator"
  fi
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  regild_load_packages
  renderer
  virtual_function
  network_manager
  dhcp_client
  network_scripts
  persistent_names
  name_generator
}

main "$@"
