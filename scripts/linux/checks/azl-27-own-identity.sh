# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_27_own_identity() {
  grep -qE '^[0-9a-f]{32}$' /etc/machine-id || fail 'no machine-id'
  [ -n "$(find /etc/ssh -name 'ssh_host_*_key' -size +0)" ] || fail 'no host keys'
  name=$(hostname)
  case $name in
    localhost* | ip-[0-9]*) fail "the host name is $name" ;;
    *) ;;
  esac
}
