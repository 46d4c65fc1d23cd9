# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_15_accelerated_networking() {
  for rule in /usr/lib/udev/rules.d/*sriov*.rules /lib/udev/rules.d/*sriov*.rules /etc/udev/rules.d/*sriov*.rules \
    /usr/lib/systemd/network/*sriov*.network; do
    [ ! -e "$rule" ] || exit 0
  done
  fail 'no rule leaves the virtual function unmanaged'
}
