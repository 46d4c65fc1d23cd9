# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_14_network_configuration() {
  pinned=$(grep -lE '^[[:space:]]*(HWADDR|MACADDR)=' /etc/sysconfig/network-scripts/ifcfg-* 2>/dev/null | some) || :
  # cloud-init writes 50-cloud-init.yaml anew at each first boot.
  pinned=$pinned$(find /etc/netplan -name '*.yaml' ! -name 50-cloud-init.yaml -exec grep -lE '^[^#]*macaddress:' {} + 2>/dev/null | some)
  [ -z "$pinned" ] || fail "pinned to a MAC address: $pinned"
  renderers=$(regild_network_services | tr '\n' ' ')
  case $renderers in
    '') fail 'no network service starts at boot' ;;
    *NetworkManager*systemd-networkd*) fail "two network services start at boot: $renderers" ;;
    *) ;;
  esac
}
