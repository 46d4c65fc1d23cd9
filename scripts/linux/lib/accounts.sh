# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Accounts and their homes.

# name:uid:home:shell of every account.
regild_accounts() (
  getent passwd | awk -F : '{ print $1 ":" $3 ":" $6 ":" $7 }'
)

# Accounts that a person could log in to, beside root.
regild_login_users() (
  regild_accounts | awk -F : '$2 >= 1000 && $2 < 60000 && $4 !~ /(nologin|false|sync)$/ { print $1 }'
)

regild_homes() (
  {
    echo /root
    regild_accounts | awk -F : '$2 >= 1000 && $2 < 60000 { print $3 }'
    for folder in /home/*; do printf '%s\n' "$folder"; done
  } | sort -u | while IFS= read -r home; do
    [ ! -d "$home" ] || [ "$home" = / ] || printf '%s\n' "$home"
  done
)

# The account that Azure made when it provisioned this machine.
regild_azure_user() (
  sed -n 's/.*<[a-z0-9]*:*UserName>\([^<]*\)<.*/\1/p' /var/lib/waagent/ovf-env.xml 2>/dev/null | head -n 1
)

regild_remove_user() (
  getent passwd "$1" >/dev/null || exit 0
  uid=$(id -u "$1")
  azure=$(regild_azure_user)
  if [ "$uid" -eq 0 ] || [ "$1" = "${SUDO_USER:-}" ] || [ "$1" = "$azure" ]; then
    regild_log "kept the account $1: it runs the build"
    exit 1
  fi
  # A service account's home may be shared with a package; a person's home goes with the person.
  if [ "$uid" -ge 1000 ]; then userdel -r "$1" >&2; else userdel "$1" >&2; fi
)
