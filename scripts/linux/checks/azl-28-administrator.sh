# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_28_administrator() {
  azure=$(regild_azure_user)
  [ -n "$azure" ] || skip 'the agent kept no account name'
  getent passwd "$azure" >/dev/null || fail "the account $azure does not exist"
  sudo -n -l -U "$azure" 2>/dev/null | grep -q 'ALL' || fail "$azure may not use sudo"
}
