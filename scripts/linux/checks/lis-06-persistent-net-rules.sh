# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_06_persistent_net_rules() {
  [ ! -s /etc/udev/rules.d/70-persistent-net.rules ] || fail /etc/udev/rules.d/70-persistent-net.rules
  # A link of the same name to nowhere turns the generator off.
  [ "$(readlink /etc/udev/rules.d/75-persistent-net-generator.rules)" != /dev/null ] || exit 0
  for file in /lib/udev/rules.d/75-persistent-net-generator.rules /usr/lib/udev/rules.d/75-persistent-net-generator.rules; do
    [ ! -s "$file" ] || fail "$file"
  done
}
