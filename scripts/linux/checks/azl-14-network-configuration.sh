# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# cloud-init writes 50-cloud-init.yaml anew at each first boot, and some releases ifcfg-eth0 at each boot.
check_azl_14_network_configuration() {
  pinned=$(grep -lE '^[[:space:]]*(HWADDR|MACADDR)=' /etc/sysconfig/network-scripts/ifcfg-* 2>/dev/null |
    while IFS= read -r file; do grep -q 'Created by cloud-init' "$file" || printf '%s\n' "$file"; done)
  netplan=$(find /etc/netplan -name '*.yaml' ! -name 50-cloud-init.yaml -exec grep -lE '^[^#]*macaddress:' {} + 2>/dev/null)
  pinned=$(printf '%s\n' "$pinned" "$netplan" | awk 'length' | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$pinned" ] || fail "pinned to a MAC address: $pinned"
  renderers=$(regild_network_services | tr '\n' ' ')
  case $renderers in
    '') fail 'no network service starts at boot' ;;
    # By netplan the two share the cards of a machine.
    *NetworkManager*systemd-networkd*) [ -d /etc/netplan ] || fail "two network services start at boot: $renderers" ;;
    *) ;;
  esac
}
