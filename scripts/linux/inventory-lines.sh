#!/bin/sh
# inventory-lines.sh: prints what is in this machine, for `regild inspect` and for the comparison after a build. Changes nothing, needs root
# for all of it.
#   sh inventory-lines.sh >inventory.tsv
# Lines of `kind<TAB>field…`; the last is `end`, so that a cut text is seen. No secret: of passwords whether there is one, of keys how many,
# of files size and digest, of variables the name.
set -eu
LC_ALL=C
export LC_ALL
TAB=$(printf '\t')
ROOTS='/etc /opt /srv /usr/local /var/www /home /root'

release() { sed -n "s/^$1=//p" /etc/os-release 2>/dev/null | head -n 1 | sed "s/^[\"']//; s/[\"']\$//"; }
# A control character would end a field or a line.
line() {
  first=1
  for field in "$@"; do
    [ "$first" = 1 ] || printf '\t'
    first=0
    printf '%s' "$field" | tr '\t\n\r' '   '
  done
  printf '\n'
}

system_lines() {
  line system id "$(release ID)"
  line system version "$(release VERSION_ID)"
  line system name "$(release PRETTY_NAME)"
  case $(uname -m) in
    x86_64) line system architecture x64 ;;
    aarch64) line system architecture arm64 ;;
    *) ;;
  esac
  for folder in /lib/modules/*/; do [ ! -d "$folder" ] || line kernel "$(basename "$folder")"; done
  [ ! -e /lib/systemd/systemd ] || line system init systemd
  mode=$(sed -n 's/^SELINUX=//p' /etc/selinux/config 2>/dev/null | head -n 1)
  [ -z "$mode" ] || line system selinux "$mode"
  [ ! -d /etc/apparmor.d/abstractions ] || line system apparmor yes
  [ ! -e /etc/system-fips ] || line system fips yes
  locale=$(sed -n 's/^LANG=//p' /etc/locale.conf /etc/default/locale 2>/dev/null | head -n 1 | tr -d '"')
  [ -z "$locale" ] || line system locale "$locale"
  zone=$(readlink /etc/localtime 2>/dev/null | sed -n 's|.*/zoneinfo/||p')
  [ -z "$zone" ] || line system timeZone "$zone"
  [ ! -s /etc/hostname ] || line system hostNamePattern "$(tr '0-9' '##########' </etc/hostname)"
  if [ -d /sys/firmware/efi ]; then line boot mode uefi; elif [ -d /sys/firmware ]; then line boot mode bios; fi
}

package_lines() {
  if command -v dpkg-query >/dev/null 2>&1; then
    automatic=$(apt-mark showauto 2>/dev/null | sort -u) || automatic=''
    # shellcheck disable=SC2016 # dpkg's own format
    dpkg-query -W -f '${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\n' 2>/dev/null | awk -F '\t' -v automatic="$automatic" '
      BEGIN { count = split(automatic, names, "\n"); for (n = 1; n <= count; n++) { sub(/:.*/, "", names[n]); auto[names[n]] = 1 } }
      $1 == "installed" { printf "package\tdeb\t%s\t%s\t%s\t%s\n", $2, $3, $4, ($2 in auto ? "dependency" : "manual") }'
  fi
  if command -v rpm >/dev/null 2>&1 && [ -d /var/lib/rpm ]; then
    rpm -qa --qf 'package\trpm\t%{NAME}\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\t%{ARCH}\t\n' 2>/dev/null |
      grep -v "^package${TAB}rpm${TAB}gpg-pubkey$TAB" || :
  fi
  for folder in /usr/local/lib/python3*/dist-packages /usr/local/lib/python3*/site-packages; do
    for info in "$folder"/*.dist-info; do
      [ ! -d "$info" ] || basename "$info" .dist-info | sed -n 's/^\(.*\)-\([0-9][^-]*\)$/package\tpip\t\1\t\2/p'
    done
  done
}

service_lines() {
  [ -d /etc/systemd/system ] || return 0
  find /etc/systemd/system -mindepth 2 -maxdepth 2 -type l \( -path '*.wants/*' -o -path '*.requires/*' \) | sed 's|.*/||' | sort -u |
    grep -E '\.(service|timer|socket|path|mount|automount|swap)$' | while IFS= read -r name; do line service "$name" enabled; done
  find /etc/systemd/system -maxdepth 1 -type l | sort | while IFS= read -r path; do
    if [ "$(readlink "$path")" = /dev/null ]; then line service "$(basename "$path")" masked; fi
  done
}

keys_of() {
  cat "$1/.ssh/authorized_keys" "$1/.ssh/authorized_keys2" 2>/dev/null | grep -cvE '^[[:space:]]*(#|$)' || :
}

account_lines() {
  while IFS=: read -r name _ uid gid _ home shell; do
    hash=$(awk -F : -v name="$name" '$1 == name { print ($2 == "" ? "empty" : $2 ~ /^[!*x]/ ? "locked" : "set") }' /etc/shadow 2>/dev/null)
    case $home in
      / | '') keys=0 ;;
      *) keys=$(keys_of "$home") ;;
    esac
    line account "$name" "$uid" "$gid" "$home" "$shell" "${hash:-locked}" "$keys"
  done </etc/passwd
  for file in /etc/sudoers /etc/sudoers.d/*; do
    [ -f "$file" ] || continue
    case $(basename "$file") in
      *.* | *~) continue ;;
      *) ;;
    esac
    sed -e ':join' -e '/\\$/{N;s/\\\n[[:space:]]*/ /;b join' -e '}' "$file" | grep -vE '^[[:space:]]*(#|@|$|Defaults|[A-Z][a-z]+_Alias)' |
      sed 's/^[[:space:]]*//; s/[[:space:]]*$//; s/[[:space:]][[:space:]]*/ /g' |
      while IFS= read -r rule; do line sudo "$file" "$rule"; done
  done
}

setting_lines() {
  for file in /etc/sysctl.conf /etc/sysctl.d/*.conf; do
    [ ! -f "$file" ] ||
      sed -n 's/^[[:space:]]*\([a-z][^=[:space:]]*\)[[:space:]]*=[[:space:]]*\(.*[^[:space:]]\)[[:space:]]*$/\1\t\2/p' "$file" |
      while IFS=$TAB read -r name value; do line setting sysctl "$name" "$value" "$file"; done
  done
  for file in /etc/security/limits.conf /etc/security/limits.d/*.conf; do
    [ ! -f "$file" ] ||
      awk -v file="$file" '$1 !~ /^#/ && NF >= 4 { printf "setting\tlimit\t%s %s %s\t%s\t%s\n", $1, $2, $3, $4, file }' "$file"
  done
}

# Paths that packages brought, one to a line, under both names that a merged /usr has.
owned_paths() {
  if command -v dpkg-query >/dev/null 2>&1; then
    cat /var/lib/dpkg/info/*.list 2>/dev/null || :
    sed 's/^[0-9a-f]*[[:space:]]*//' /var/lib/ucf/hashfile 2>/dev/null || :
  fi
  if command -v rpm >/dev/null 2>&1 && [ -d /var/lib/rpm ]; then rpm -qal 2>/dev/null || :; fi
}

# Files of packages whose content is no longer what was packed.
changed_paths() {
  if command -v dpkg-query >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # dpkg's own format
    {
      dpkg-query -W -f '${Conffiles}\n' 2>/dev/null | sed -n 's|^[[:space:]]*\(/[^[:space:]]*\) \([0-9a-f]\{32\}\).*|\2  \1|p'
      cat /var/lib/dpkg/info/*.md5sums 2>/dev/null | sed -n 's|^\([0-9a-f]\{32\}\)[[:space:]]*\(etc/.*\)|\1  /\2|p'
    } | md5sum -c --quiet 2>/dev/null | sed -n 's/: FAILED$//p' || :
  fi
  if command -v rpm >/dev/null 2>&1 && [ -d /var/lib/rpm ]; then
    rpm -Va --nodeps --noscripts 2>/dev/null | sed -n 's|^..5[^/]*\(/etc/.*\)|\1|p' || :
  fi
}

# Digests of everything that packages brought, wherever: their scripts put copies of it elsewhere.
packed_digests() {
  cat /var/lib/dpkg/info/*.md5sums 2>/dev/null | cut -d ' ' -f 1 || :
  sed -n 's|^ /[^[:space:]]* \([0-9a-f]\{32\}\).*|\1|p' /var/lib/dpkg/status 2>/dev/null || :
  if command -v rpm >/dev/null 2>&1 && [ -d /var/lib/rpm ]; then rpm -qa --qf '[%{FILEDIGESTS}\n]' 2>/dev/null || :; fi
}

# Of the paths on standard input those that are copies.
copies() {
  tr '\n' '\0' >"$scratch/names"
  { xargs -0 -r md5sum <"$scratch/names" && xargs -0 -r sha256sum <"$scratch/names"; } 2>/dev/null |
    awk 'NR == FNR { known[$1] = 1; next } $1 in known { sub(/^[^ ]+  /, ""); print }' "$scratch/packed" -
}

# A link that leads to what a package brought, under either name that a merged /usr has.
leads_to_package() {
  target=$(readlink "$1")
  case $target in
    /*) ;;
    *) target=$(dirname "$1")/$target ;;
  esac
  case $target in
    /etc/alternatives/*) return 0 ;;
    *) grep -qxF -e "$target" -e "/usr$target" -e "${target#/usr}" "$scratch/owned" ;;
  esac
}

# `content<TAB>origin<TAB>path<TAB>kind<TAB>bytes<TAB>mode<TAB>owner<TAB>digest or target`
content_lines() {
  packed_digests | awk 'length >= 32' | sort -u >"$scratch/packed"
  changed_paths | sort -u >"$scratch/changed"
  # shellcheck disable=SC2086 # a list of folders
  find $ROOTS -xdev \( -name .cache -o -name __pycache__ -o -path /opt/regild \) -prune -o \( -type f -o -type l \) -print 2>/dev/null |
    sort >"$scratch/all"
  comm -23 "$scratch/all" "$scratch/owned" >"$scratch/unowned"
  # shellcheck disable=SC2086
  find $ROOTS -xdev -type f -size +0 -size -2048 -print 2>/dev/null |
    sort | comm -12 - "$scratch/unowned" | copies | sort >"$scratch/copies"
  comm -23 "$scratch/unowned" "$scratch/copies" | sed "s/^/unowned$TAB/" >"$scratch/items"
  comm -12 "$scratch/all" "$scratch/changed" | sed "s/^/changed$TAB/" >>"$scratch/items"
  while IFS=$TAB read -r origin path; do
    if [ -L "$path" ]; then
      leads_to_package "$path" ||
        line content "$origin" "$path" link "$(readlink "$path" | tr -d '\n' | wc -c | tr -d ' ')" 0777 \
          "$(stat -c '%u:%g' "$path")" "$(readlink "$path")"
    elif [ -f "$path" ]; then
      size=$(stat -c %s "$path")
      digest=''
      [ "$size" -gt 1048576 ] || digest=$(sha256sum <"$path" | cut -d ' ' -f 1)
      line content "$origin" "$path" file "$size" "$(printf '%04o' "0$(stat -c %a "$path")")" "$(stat -c '%u:%g' "$path")" "$digest"
    fi
  done <"$scratch/items"
}

# Those of packages are the packages' business.
cron_lines() {
  for file in /etc/crontab /etc/cron.d/* /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/* \
    /var/spool/cron/* /var/spool/cron/crontabs/* /var/spool/cron/tabs/*; do
    if [ ! -s "$file" ] || [ ! -f "$file" ]; then continue; fi
    ! grep -qxF -e "$file" "$scratch/owned" || continue
    case $file in
      */.placeholder) continue ;;
      /etc/cron.*ly/*) jobs=1 ;;
      *) jobs=$(grep -cvE '^[[:space:]]*(#|$)|^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$file" || :) ;;
    esac
    line cron "$file" "$jobs" "$(sha256sum <"$file" | cut -d ' ' -f 1)"
  done
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
owned_paths | sort -u >"$scratch/owned"
line regild-inventory 1
system_lines
package_lines
service_lines
account_lines
setting_lines
cron_lines
content_lines
line end
