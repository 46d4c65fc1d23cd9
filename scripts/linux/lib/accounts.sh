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

# Whether a path is the home of an account that the workload runs as.
regild_is_workload_home() (
  name=$(regild_accounts | awk -F : -v home="$1" '$3 == home && $2 >= 1000 { print $1; exit }')
  [ -n "$name" ] && [ -n "$(regild_workload_of "$name")" ]
)

regild_remove_user() (
  getent passwd "$1" >/dev/null || exit 0
  workload=$(regild_workload_of "$1" | head -n 1)
  if [ -n "$workload" ]; then
    regild_log "kept the account $1: $workload runs as it"
    exit 1
  fi
  uid=$(id -u "$1")
  azure=$(regild_azure_user)
  if [ "$uid" -eq 0 ] || [ "$1" = "${SUDO_USER:-}" ] || [ "$1" = "$azure" ]; then
    regild_log "kept the account $1: it runs the build"
    exit 1
  fi
  # A service account's home may be shared with a package; a person's home goes with the person.
  if [ "$uid" -ge 1000 ]; then userdel -r "$1" >&2; else userdel "$1" >&2; fi
)

# Files of a home with a key that lets somebody in. cloud-init's line for root only prints a text (`command="echo ..."`).
regild_key_files() (
  for file in "$1"/.ssh/authorized_keys*; do
    [ ! -f "$file" ] || ! grep -vE '^[[:space:]]*(#|$)' "$file" | grep -qvE 'command="echo .Please login as' || printf '%s\n' "$file"
  done
)

# Accounts with a password hash, or with none needed. `*`, `!` and `x` in front say that no password fits.
regild_password_accounts() {
  awk -F : '$2 !~ /^[*!x]/ { print $1 }' /etc/shadow
}

# Files that a shell or an editor keeps of what was typed in a home.
regild_history_files() {
  find "$1" -maxdepth 1 -type f -size +0 \
    \( -name '.*_history' -o -name .history -o -name .viminfo -o -name .lesshst -o -name .wget-hsts \) 2>/dev/null
}

# What of the workload starts as an account or from its home, one to a line: units and timers that start at boot, crontabs. The account is
# then content.
regild_workload_of() (
  home=$(getent passwd "$1" | cut -d : -f 6)
  for file in /etc/systemd/system/*.service /usr/local/lib/systemd/system/*.service; do
    [ -f "$file" ] || continue
    grep -qE "^[[:space:]]*(User=$1[[:space:]]*\$|(ExecStart|WorkingDirectory|EnvironmentFile)[^=]*=.*$home(/|[[:space:]]|\$))" "$file" ||
      continue
    unit=${file##*/}
    if regild_unit_enabled "$unit" || regild_unit_enabled "${unit%.service}.timer"; then printf '%s\n' "$unit"; fi
  done
  for file in "/var/spool/cron/crontabs/$1" "/var/spool/cron/tabs/$1" "/var/spool/cron/$1"; do
    [ ! -f "$file" ] || ! grep -qvE '^[[:space:]]*(#|$)' "$file" || printf '%s\n' "$file"
  done
  for file in /etc/crontab /etc/cron.d/*; do
    [ ! -f "$file" ] || ! grep -qE "^[^#]*([[:space:]]$1[[:space:]]|$home/)" "$file" || printf '%s\n' "$file"
  done
)
