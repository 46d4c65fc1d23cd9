# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_20_waagent_version() {
  agent=$(command -v waagent || echo /usr/sbin/waagent)
  version=$("$agent" -version 2>/dev/null | sed -nE 's/^WALinuxAgent-([0-9.]+).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail 'no Azure agent'
  ! grep -qE '^AutoUpdate\.(UpdateToLatestVersion|Enabled)=y' /etc/waagent.conf 2>/dev/null || exit 0
  [ "$(printf '%s\n' 2.2.53.1 "$version" | sort -V | head -n 1)" = 2.2.53.1 ] || fail "version $version, older than 2.2.53.1"
}
