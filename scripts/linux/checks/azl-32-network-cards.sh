# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# A file about a card that no Azure machine has is waited for, or takes the place of one about the card that there is.
check_azl_32_network_cards() {
  found=$(regild_described_cards | awk '
    $2 !~ /^(eth0|lo|e\*|eth\*|en\*|\*|docker[0-9]+|br.*|virbr.*|bond.*|wg.*|tun.*|vlan.*)$/ { print $2 " in " $1 }' |
    regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$found" ] || fail "$found"
}
