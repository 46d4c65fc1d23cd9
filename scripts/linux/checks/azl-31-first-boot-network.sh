# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# cloud-init describes the card of a fresh machine, or NetworkManager, wicked or a file of the image does: one of them must, and by DHCP.
# What cloud-init wrote for the build machine is deleted before capture.
check_azl_31_first_boot_network() {
  fixed=$(regild_fixed_addresses | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$fixed" ] || fail "a fixed address: $fixed"
  disabled=$(regild_cloud_network_disabled)
  [ -n "$disabled" ] || exit 0
  ! regild_cards_come_up_by_dhcp || exit 0
  fail "$disabled: cloud-init must not describe the network, and nothing else does"
}
