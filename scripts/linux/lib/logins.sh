# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Who makes the administrator of a fresh machine, and who would keep that person out.

# What cloud-init says of this boot, waiting for its end: `done`, `degraded done`, `error`, ... and after a tab the errors that it went on
# after. The exit code does not tell: releases before 23.4 and the packages of Ubuntu and RHEL end with 0 where others end with 2.
# Source: cloud-init doc/rtd/reference/cli.rst, doc/rtd/explanation/return_codes.rst.
regild_cloud_init_state() {
  said=$(timeout 300 cloud-init status --wait --format json 2>/dev/null) || :
  case $said in *'"status"'*) ;; *) said=$(timeout 300 cloud-init status --wait --long 2>/dev/null) || : ;; esac
  printf '%s\n' "$said" | tr -d '",' | awk '
    { sub(/^[[:space:]]+/, "") }
    /^status:/ { sub(/^status:[[:space:]]*/, ""); state = $0 }
    /^extended_status:/ { sub(/^extended_status:[[:space:]]*/, ""); extended = $0 }
    inside && /^[^]}]/ && !/^[A-Z]+: *\[$/ && !seen[$0]++ { words = words (words == "" ? "" : "; ") $0 }
    /^(errors|recoverable_errors): *[[{]$/ { inside = 1 }
    /^[]}]/ { inside = 0 }
    END { if (extended ~ /^degraded/) state = extended; print state "\t" words }'
}

# Takes the administrator of this machine, and from standard input the key that lets that person in.
regild_use_login() {
  REGILD_LOGIN=$1
  REGILD_LOGIN_KEY=$(cat)
}

# Where sshd is reached from this machine itself, `port address`: over IPv4 where it listens there, since IPv6 may be off.
regild_sshd_address() {
  regild_sshd_setting listenaddress | awk '
    NR == 1 || $1 ~ /^0\.0\.0\.0:/ { port = address = $1; sub(/.*:/, "", port); sub(/:[0-9]+$/, "", address); gsub(/[][]/, "", address) }
    END {
      if (address == "" || address == "0.0.0.0") address = "127.0.0.1"
      if (address == "::") address = "::1"
      print port == "" ? 22 : port, address
    }'
}

# Logs in as the administrator, into this machine from itself, and prints what the session says, or why there was none.
regild_log_in() (
  folder=$(mktemp -d /run/regild.XXXXXX 2>/dev/null || mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  umask 077
  printf '%s\n' "$REGILD_LOGIN_KEY" >"$folder/key"
  address=$(regild_sshd_address)
  ssh -n -F /dev/null -i "$folder/key" -p "${address% *}" -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none \
    -o PreferredAuthentications=publickey -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null \
    -o ConnectTimeout=60 -o LogLevel=ERROR -l "$REGILD_LOGIN" "${address#* }" 'id -un' 2>&1
)

# The accounts that cloud-init is told to make, on one line; empty where its default holds. The last file wins.
regild_cloud_users() {
  for file in /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg; do
    [ ! -f "$file" ] || awk '
      /^users[[:space:]]*:/ { inside = 1; text = "-"; sub(/^users[[:space:]]*:/, ""); gsub(/[][,]/, " "); text = text " " $0; next }
      inside && /^[^[:space:]#-]/ { inside = 0 }
      inside && /^[[:space:]]*-[[:space:]]/ { sub(/^[[:space:]]*-[[:space:]]*/, ""); sub(/^name:[[:space:]]*/, ""); text = text " " $1 }
      END { if (text != "") print text }' "$file"
  done | tail -n 1 | tr -s ' ' | sed 's/ $//'
}

# The groups that cloud-init gives its default user.
regild_cloud_groups() {
  cat /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg 2>/dev/null | awk '
    /^[[:space:]]+groups[[:space:]]*:/ { sub(/.*groups[[:space:]]*:/, ""); gsub(/[][,"]/, " "); print; exit }' |
    tr -s ' ' '\n' | awk 'length' | tr '\n' ' '
}

# Why sshd would refuse an account of a name and groups; nothing where it lets it in.
regild_sshd_refuses() {
  for setting in denyusers denygroups allowusers allowgroups; do
    patterns=$(regild_sshd_setting "$setting" -C "user=$1,host=client,addr=192.0.2.1" | tr '\n' ' ')
    [ -n "$patterns" ] || continue
    case $setting in
      *users) hit=$(regild_matches "$1" "$patterns") ;;
      *) hit=$(for group in $2; do regild_matches "$group" "$patterns"; done) ;;
    esac
    case $setting:${hit:+hit} in
      deny*:hit) printf '%s\n' "sshd: $setting $patterns: $1 is among them" ;;
      allow*:) printf '%s\n' "sshd: $setting ${patterns% }: the administrator of a new machine is not among them" ;;
      *) ;;
    esac
  done
  if [ "$(regild_sshd_setting pubkeyauthentication)" = no ] && [ "$(regild_sshd_setting passwordauthentication)" = no ]; then
    printf '%s\n' 'sshd: neither keys nor passwords let anybody in'
  fi
}

# Whether a name is among patterns of sshd, `user` or `user@host`: prints the pattern.
regild_matches() (
  set -f
  for pattern in $2; do
    # shellcheck disable=SC2254 # a pattern
    case $1 in
      ${pattern%%@*}) printf '%s\n' "$pattern" ;;
      *) ;;
    esac
  done
)

# Why PAM's table of logins would refuse an account that comes over the network; the first line that fits decides. Source: access.conf(5).
regild_pam_refuses() {
  cat /etc/pam.d/sshd /etc/pam.d/common-account /etc/pam.d/password-auth /etc/pam.d/system-auth 2>/dev/null |
    grep -qE '^[[:space:]]*-?account[[:space:]].*pam_access\.so' || return 0
  cat /etc/security/access.conf /etc/security/access.d/*.conf 2>/dev/null | awk -F '[[:space:]]*:[[:space:]]*' -v name="$1" -v groups="$2" '
    function fits(list,   n, count, words, m, groupCount, names) {
      count = split(list, words, /[[:space:],]+/)
      groupCount = split(groups, names, / +/)
      for (n = 1; n <= count; n++) {
        if (words[n] == "EXCEPT") return 0
        if (words[n] == "ALL" || words[n] == name) return 1
        for (m = 1; m <= groupCount; m++)
          if (words[n] == names[m] || words[n] == "(" names[m] ")" || words[n] == "@" names[m]) return 1
      }
      return 0
    }
    /^[[:space:]]*(#|$)/ { next }
    { sub(/^[[:space:]]+/, "", $1) }
    ($1 == "+" || $1 == "-") && fits($2) && $3 !~ /^(LOCAL|cron|crond|:[0-9]|tty)/ {
      if ($1 == "-") print "pam_access: " $0
      exit
    }'
}
