# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Before there is a machine, the administrator is somebody with a name of the user's choice and the groups that cloud-init gives.
check_azl_35_administrator_login() {
  command -v sshd >/dev/null 2>&1 || [ -x /usr/sbin/sshd ] || fail 'no sshd'
  [ ! -e /etc/nologin ] || fail '/etc/nologin keeps everybody out'
  mkdir -p /run/sshd
  azure=''
  [ "$REGILD_STAGE" != test-vm ] || azure=$(regild_azure_user)
  if [ -n "$azure" ]; then groups=$(id -Gn "$azure" 2>/dev/null); else groups="azureuser $(regild_cloud_groups)"; fi
  name=${azure:-azureuser}
  why=$(regild_sshd_refuses "$name" "$groups" | regild_unanswered "$REGILD_CHECK" | some 1)
  [ -z "$why" ] || fail "$why"
  why=$(regild_pam_refuses "$name" "$groups" | regild_unanswered "$REGILD_CHECK" | some 1)
  [ -z "$why" ] || fail "$why"
}
