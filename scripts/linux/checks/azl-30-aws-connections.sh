# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_30_aws_connections() {
  command -v ss >/dev/null 2>&1 || skip 'no ss'
  regild_has_journal || unknown 'the journal cannot be read'
  peers=$(ss -Htun 2>/dev/null | awk '{ print $6 }' | grep -E '^169\.254\.(169\.123|170\.2):' | some) || :
  [ -z "$peers" ] || fail "$peers"
  names=$(journalctl -b --no-pager -q 2>/dev/null | grep -oE '[a-z0-9.-]+\.amazonaws\.com' | sort -u | some) || :
  [ -z "$names" ] || fail "$names"
}
