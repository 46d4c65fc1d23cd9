# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_24_omi_version() {
  [ -x /opt/omi/bin/omiserver ] || exit 0
  version=$(/opt/omi/bin/omiserver --version | sed -nE 's/.*OMI-([0-9.]+)-?([0-9]*).*/\1.\2/p' | head -n 1)
  [ "$(printf '%s\n' 1.6.8.1 "${version:-0}" | sort -V | head -n 1)" = 1.6.8.1 ] || fail "version ${version:-unknown}, older than 1.6.8.1"
}
