# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_17_sshd() {
  sshd=$(command -v sshd || echo /usr/sbin/sshd)
  [ -x "$sshd" ] || fail 'no sshd'
  mkdir -p /run/sshd
  text=$("$sshd" -t 2>&1) || fail "$text"
  command=$("$sshd" -T 2>/dev/null | awk '$1 == "authorizedkeyscommand" { print $2 }')
  case $command in
    *eic_* | *ec2* | /opt/aws/*) fail "AuthorizedKeysCommand $command" ;;
    *) ;;
  esac
  # A drop-in can hide the option on the command line, where `sshd -T` does not see it.
  override=$(cat /etc/systemd/system/ssh*.service.d/* /usr/lib/systemd/system/ssh*.service.d/* \
    /lib/systemd/system/ssh*.service.d/* 2>/dev/null |
    grep -E 'ExecStart=.*AuthorizedKeysCommand' | some 1) || :
  [ -z "$override" ] || fail "$override"
}
