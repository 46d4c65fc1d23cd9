# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Who makes the administrator of a fresh machine, and who would keep that person out.

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
