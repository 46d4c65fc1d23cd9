# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_17_no_passwords_or_keys() {
  azure=''
  [ "$REGILD_STAGE" != test-vm ] || azure=$(regild_azure_user)
  hashes=$(regild_password_accounts | grep -vxF "${azure:-:}" | sed 's/^/password of /' | regild_unanswered "$REGILD_CHECK" SL-14 | some)
  [ -z "$hashes" ] || fail "a password that lets in, or none needed: $hashes"
  keys=$(regild_homes | while IFS= read -r home; do
    [ "${home##*/}" = "${azure:-:}" ] || regild_key_files "$home"
  done | regild_unanswered "$REGILD_CHECK" SL-01 | some)
  [ -z "$keys" ] || fail "authorized keys: $keys"
}
