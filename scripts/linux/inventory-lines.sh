#!/bin/sh
# inventory-lines.sh: prints what is in this machine, for `regild inspect` and for the comparison after a build. Changes nothing, needs root
# for all of it.
#   sh inventory-lines.sh >inventory.tsv
# Lines `kind<TAB>field...`; the last is `end`, so that a cut text is seen. No secret: of passwords whether there is one, of keys how many,
# of files size and digest, of variables the name.
set -eu
LC_ALL=C
export LC_ALL
TAB=$(printf '\t')
ROOTS='/etc /opt /srv /usr/local /var/www /home /root'

release() {
  { cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null || :; } | sed -n "s/^$1=//p" | head -n 1 |
    sed "s/^[\"']//; s/[\"']\$//"
}
# Fields of os-release of a system that is older than that file, from what it says its release in.
older_release() {
  for file in /etc/oracle-release /etc/redhat-release /etc/system-release; do
    [ -f "$file" ] || continue
    name=$(head -n 1 "$file")
    version=$(printf '%s\n' "$name" | sed -nE 's/.*release ([0-9]+(\.[0-9]+)*).*/\1/p')
    case $file:$name in
      /etc/oracle-release:*) id=ol ;;
      *:CentOS*) id=centos ;;
      *:'Red Hat'*) id=rhel ;;
      *:Fedora*) id=fedora ;;
      *:Scientific*) id=scientific ;;
      *:Amazon*) id=amzn ;;
      *) id='' ;;
    esac
    if [ -n "$id" ] && [ -n "$version" ]; then return 0; fi
  done
  id=$(sed -n 's/^DISTRIB_ID=//p' /etc/lsb-release 2>/dev/null | tr -d '"' | tr '[:upper:]' '[:lower:]')
  version=$(sed -n 's/^DISTRIB_RELEASE=//p' /etc/lsb-release 2>/dev/null | tr -d '"')
  name=$(sed -n 's/^DISTRIB_DESCRIPTION=//p' /etc/lsb-release 2>/dev/null | tr -d '"')
  if [ -n "$id" ] && [ -n "$version" ]; then return 0; fi
  name=$(head -n 1 /etc/SuSE-release 2>/dev/null) || name=''
  version=$(sed -nE 's/^(VERSION|PATCHLEVEL) = ([0-9.]+)$/\2/p' /etc/SuSE-release 2>/dev/null | paste -s -d . -)
  case $name in 'SUSE Linux Enterprise'*) id=sles ;; *) id=opensuse ;; esac
  if [ -n "$version" ]; then return 0; fi
  version=$(grep '^[0-9]' /etc/debian_version 2>/dev/null) || version=''
  if [ -n "$version" ]; then id=debian name="Debian $version"; else id='' name=''; fi
}

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

init_system() {
  if [ -e /lib/systemd/systemd ]; then
    echo systemd
  elif [ -e /sbin/openrc ]; then
    echo openrc
  elif [ -e /sbin/initctl ]; then
    echo upstart
  elif [ -e /etc/inittab ]; then
    echo sysvinit
  fi
}

system_lines() {
  id=$(release ID) version=$(release VERSION_ID) name=$(release PRETTY_NAME)
  [ -n "$id" ] || older_release
  line system id "$id"
  line system version "$version"
  line system name "$name"
  case $(uname -m) in
    x86_64) line system architecture x64 ;;
    aarch64) line system architecture arm64 ;;
    *) ;;
  esac
  for folder in /lib/modules/*/; do [ ! -d "$folder" ] || line kernel "$(basename "$folder")"; done
  init=$(init_system)
  [ -z "$init" ] || line system init "$init"
  mode=$(sed -n 's/^SELINUX=//p' /etc/selinux/config 2>/dev/null | head -n 1)
  [ -z "$mode" ] || line system selinux "$mode"
  [ ! -d /etc/apparmor.d/abstractions ] || line system apparmor yes
  if [ -e /etc/system-fips ] || grep -q '^FIPS' /etc/crypto-policies/config 2>/dev/null; then line system fips yes; fi
  locale=$(sed -n 's/^LANG=//p' /etc/locale.conf /etc/default/locale 2>/dev/null | head -n 1 | tr -d "\"'")
  [ -z "$locale" ] || line system locale "$locale"
  zone=$(readlink /etc/localtime 2>/dev/null | sed -n 's|.*/zoneinfo/||p')
  [ -n "$zone" ] || zone=$(cat /etc/timezone 2>/dev/null || :)
  [ -z "$zone" ] || line system timeZone "$zone"
  [ ! -s /etc/hostname ] || line system hostNamePattern "$(tr '0-9' '##########' </etc/hostname)"
  if [ -d /sys/firmware/efi ]; then line boot mode uefi; elif [ -d /sys/firmware ]; then line boot mode bios; fi
}

# rpm makes a database in the home of whoever asks it where the system has none.
has_rpm() {
  command -v rpm >/dev/null 2>&1 || return 1
  for file in /var/lib/rpm/Packages /var/lib/rpm/Packages.db /var/lib/rpm/rpmdb.sqlite \
    /usr/lib/sysimage/rpm/Packages /usr/lib/sysimage/rpm/Packages.db /usr/lib/sysimage/rpm/rpmdb.sqlite; do
    [ ! -s "$file" ] || return 0
  done
  return 1
}

# States in which all files of a package are there (dpkg(1)): one that waits for a trigger, or was not configured, is installed
# too.
PRESENT='^(installed|triggers-pending|triggers-awaited|half-configured|unpacked)$'

# A line for each package that is there, of these fields of dpkg-query.
dpkg_packages() { # dpkg_packages <format>
  # shellcheck disable=SC2016 # dpkg's own format
  dpkg-query -W -f '${db:Status-Status}\t'"$1\n" 2>/dev/null |
    awk -F '\t' -v present="$PRESENT" '$1 ~ present { sub(/^[^\t]*\t/, ""); print }'
}

package_lines() {
  if command -v dpkg-query >/dev/null 2>&1; then
    automatic=$(apt-mark showauto 2>/dev/null | sort -u) || automatic=''
    # shellcheck disable=SC2016 # dpkg's own format
    dpkg_packages '${Package}\t${Version}\t${Architecture}' | awk -F '\t' -v automatic="$automatic" '
      BEGIN { count = split(automatic, names, "\n"); for (n = 1; n <= count; n++) { sub(/:.*/, "", names[n]); auto[names[n]] = 1 } }
      { printf "package\tdeb\t%s\t%s\t%s\t%s\n", $1, $2, $3, ($1 in auto ? "dependency" : "manual") }'
  fi
  if has_rpm; then
    rpm -qa --qf 'package\trpm\t%{NAME}\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\t%{ARCH}\t\n' 2>/dev/null |
      grep -v "^package${TAB}rpm${TAB}gpg-pubkey$TAB" || :
  fi
  for folder in /usr/local/lib /usr/local/lib64 /usr/lib /usr/lib64; do
    for info in "$folder"/python3*/dist-packages/*-info "$folder"/python3*/site-packages/*-info; do
      if [ ! -e "$info" ] || grep -qxF -e "$info" "$scratch/owned"; then continue; fi
      basename "$info" | sed -nE 's/^(.+)-([0-9][^-]*)(-py[0-9.]+)?\.(dist|egg)-info$/package\tpip\t\1\t\2/p'
    done
  done
}

# Another name of a unit is a link to it, one to elsewhere brings the unit.
aliased_units() {
  find /etc/systemd/system -maxdepth 1 -type l | while IFS= read -r path; do
    target=$(readlink "$path")
    case $target in
      /dev/null) ;;
      */systemd/system/*) printf '%s\n' "${target##*/}" ;;
      *) printf '%s\n' "${path##*/}" ;;
    esac
  done
}

service_lines() {
  [ -d /etc/systemd/system ] || return 0
  {
    find /etc/systemd/system -mindepth 2 -maxdepth 2 -type l \( -path '*.wants/*' -o -path '*.requires/*' \) | sed 's|.*/||'
    aliased_units
  } | sort -u | grep -E '\.(service|timer|socket|path|mount|automount|swap)$' |
    while IFS= read -r name; do line service "$name" enabled; done
  find /etc/systemd/system -maxdepth 1 -type l | sort | while IFS= read -r path; do
    if [ "$(readlink "$path")" = /dev/null ]; then line service "$(basename "$path")" masked; fi
  done
}

keys_of() {
  cat "$1/.ssh/authorized_keys" "$1/.ssh/authorized_keys2" 2>/dev/null | grep -cvE '^[[:space:]]*(#|$)' || :
}

shadow_state() {
  awk -F : -v name="$1" '$1 == name { print ($2 == "" ? "empty" : $2 ~ /^[!*x]/ ? "locked" : "set") }' /etc/shadow 2>/dev/null || :
}

account_lines() {
  # The last line may have no end.
  while IFS=: read -r name secret uid gid _ home shell || [ -n "$name" ]; do
    case $secret in
      x) hash=$(shadow_state "$name") ;;
      '') hash=empty ;;
      '!'* | '*'* | x*) hash=locked ;;
      *) hash='set' ;;
    esac
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
    sed -e ':join' -e '/\\$/{N;s/\\\n[[:space:]]*/ /;b join' -e '}' "$file" |
      grep -vE '^[[:space:]]*(#|@include|$|Defaults|[A-Z][a-z]+_Alias)' |
      sed 's/^[[:space:]]*//; s/[[:space:]]*$//; s/[[:space:]][[:space:]]*/ /g' |
      while IFS= read -r rule; do line sudo "$file" "$rule"; done
  done
}

setting_lines() {
  for file in /etc/sysctl.conf /etc/sysctl.d/*.conf; do
    [ ! -f "$file" ] ||
      sed -nE 's/^\s*([^#;=[:space:]][^=]*[^=[:space:]])\s*=\s*(.*[^[:space:]])\s*$/\1\t\2/p' "$file" |
      while IFS=$TAB read -r name value || [ -n "$name" ]; do line setting sysctl "$name" "$value" "$file"; done
  done
  for file in /etc/security/limits.conf /etc/security/limits.d/*.conf; do
    [ ! -f "$file" ] ||
      awk -v file="$file" '$1 !~ /^#/ && NF >= 4 { printf "setting\tlimit\t%s %s %s\t%s\t%s\n", $1, $2, $3, $4, file }' "$file"
  done
}

# What dpkg keeps of each installed package in a file of its own; of a removed package only the settings are left, and they are nobody's.
dpkg_info() { # dpkg_info list|md5sums
  # shellcheck disable=SC2016 # dpkg's own format
  dpkg_packages '${Package}\t${Package}:${Architecture}' |
    while IFS=$TAB read -r name full; do
      for file in "/var/lib/dpkg/info/$name.$1" "/var/lib/dpkg/info/$full.$1"; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
    done | tr '\n' '\0' | xargs -0 -r cat
}

# `digest  path` of the settings that dpkg asks about before it replaces them.
packed_settings() {
  # shellcheck disable=SC2016 # dpkg's own format
  dpkg-query -W -f '${db:Status-Status}\n${Conffiles}\n' 2>/dev/null |
    awk -v present="$PRESENT" '/^[a-z]/ { status = $1 } /^ \// && status ~ present' |
    sed -n 's|^[[:space:]]*\(/[^[:space:]]*\) \([0-9a-f]\{32\}\).*|\2  \1|p'
}

# Paths of packages with where those lie that were diverted (dpkg-divert(1)); what a person put in their place is no package's.
diverted() {
  if [ -s /var/lib/dpkg/diversions ]; then
    awk 'NR == FNR { line[(FNR - 1) % 3] = $0; if (FNR % 3 == 0) { to[line[0]] = line[1]; by[line[0]] = line[2] }; next }
      ($0 in to) { print to[$0]; if (by[$0] == ":") next }
      { print }' /var/lib/dpkg/diversions -
  else cat; fi
}

# Paths that packages brought, one to a line, under both names that a merged /usr has.
owned_paths() {
  if command -v dpkg-query >/dev/null 2>&1; then
    dpkg_info list | diverted
    sed 's/^[0-9a-f]*[[:space:]]*//' /var/lib/ucf/hashfile 2>/dev/null || :
  fi
  if has_rpm; then rpm -qal 2>/dev/null || :; fi
}

# Files of packages whose content is no longer what was packed.
changed_paths() {
  if command -v dpkg-query >/dev/null 2>&1; then
    {
      packed_settings
      dpkg_info md5sums | sed -nE 's,^([0-9a-f]{32})[[:space:]]*((etc|opt|srv|usr/local|var/www|home|root)/.*),\1  /\2,p'
      sed -n 's|^\([0-9a-f]\{32\}\)[[:space:]]*\(/.*\)|\1  \2|p' /var/lib/ucf/hashfile 2>/dev/null || :
    } | md5sum -c --quiet 2>/dev/null | sed -n 's/: FAILED$//p' || :
  fi
  if has_rpm; then
    rpm -Va --nodeps --noscripts 2>/dev/null | sed -nE 's,^..5[^/]*(/(etc|opt|srv|usr/local|var/www|home|root)/.*),\1,p' || :
  fi
}

# Digests of everything that packages brought, wherever: their scripts put copies of it elsewhere.
packed_digests() {
  if command -v dpkg-query >/dev/null 2>&1; then
    { dpkg_info md5sums && packed_settings; } | cut -d ' ' -f 1
    cut -c 1-32 /var/lib/ucf/hashfile 2>/dev/null || :
  fi
  if has_rpm; then rpm -qa --qf '[%{FILEDIGESTS}\n]' 2>/dev/null || :; fi
}

# `digest<TAB>path` of the files whose paths are on standard input. A line with a backslash before it has each of its name doubled.
digests() {
  tr '\n' '\0' | xargs -0 -r "$1" 2>/dev/null |
    sed -n -e '/^\\/{s/^.//;s/\\\\/\\/g' -e '}' -e "s/^\([0-9a-f]*\)  \(.*\)/\1$TAB\2/p"
}

# Folders of more than 500 files that no package brought are told as one line each, as a disk's are; below /etc a package's script makes
# many.
# What belongs to one machine or one person is no part of them.
# `tree<TAB>folder<TAB>path` and `item<TAB>path` for the paths that no package brought, which are on standard input, and `owned<TAB>folder`
# for the folders of them that hold something of a package too.
fold_trees() {
  awk -v roots="$ROOTS" '
    function folders(path, list,   count) {
      count = 0
      while (sub(/\/[^\/]*$/, "", path) && path != "" && !(path in root)) list[++count] = path
      return count
    }
    function foldable(path) { return path !~ /^\/etc\// && path !~ /^\/(root|home\/.*)\/(\.ssh\/|\..*history$)/ }
    BEGIN { n = split(roots, names, " "); for (i = 1; i <= n; i++) root[names[i]] = 1 }
    NR == FNR { for (i = folders($0, list); i > 0; i--) owned[list[i]] = 1; next }
    { path[++known] = $0; for (i = folders($0, list); i > 0; i--) { all[list[i]] = 1; if (foldable($0)) files[list[i]]++ } }
    END {
      for (folder in all) if (folder in owned) print "owned\t" folder
      for (n = 1; n <= known; n++) {
        whole = ""
        # The outermost one is the last.
        count = folders(path[n], list)
        for (i = 1; i <= count && foldable(path[n]); i++) if (files[list[i]] > 500 && !(list[i] in owned)) whole = list[i]
        print (whole == "" ? "item" : "tree") "\t" (whole == "" ? path[n] : whole "\t" path[n])
      }
    }' "$scratch/owned" -
}

# What is told of a file is joined by its path: of links whether they lead to what a package brought, under either name that a merged /usr
# has.
# `content<TAB>origin<TAB>path<TAB>kind<TAB>bytes<TAB>mode<TAB>owner<TAB>digest or target`
item_lines() {
  awk -F '\t' -v owned="$scratch/owned" -v digests="$scratch/sha256" -v seen="$scratch/seen" '
    function packaged(path, target) {
      if (target !~ /^\//) { sub(/\/[^\/]*$/, "", path); target = path "/" target }
      if (target ~ /^\/etc\/alternatives\//) return 1
      if (target in brought || ("/usr" target) in brought) return 1
      return sub(/^\/usr/, "", target) && target in brought
    }
    BEGIN {
      while ((getline line < owned) > 0) brought[line] = 1
      while ((getline line < digests) > 0) { cut = index(line, "\t"); digest[substr(line, cut + 1)] = substr(line, 1, cut - 1) }
      while ((getline line < seen) > 0) { cut = index(line, "\t"); facts[substr(line, 1, cut - 1)] = substr(line, cut + 1) }
    }
    {
      if (!($2 in facts)) next
      split(facts[$2], fact, "\t")
      if (fact[1] == "f") printf "content\t%s\t%s\tfile\t%s\t%04d\t%s\t%s\n", $1, $2, fact[2], fact[3], fact[4], digest[$2]
      else if (!packaged($2, fact[5])) printf "content\t%s\t%s\tlink\t%s\t0777\t%s\t%s\n", $1, $2, fact[2], fact[4], fact[5]
    }'
}

# One line for each folder that is told as a whole:
# `content<TAB>unowned<TAB>folder<TAB>tree<TAB>bytes<TAB>0755<TAB>owner<TAB>digest<TAB>files`
tree_lines() {
  cut -f 1 "$scratch/trees" | uniq | while IFS= read -r folder; do
    FOLDER=$folder awk -F '\t' '$1 == ENVIRON["FOLDER"] { print "unowned\t" $2 }' "$scratch/trees" | item_lines >"$scratch/tree"
    digest=$(awk -F '\t' '{ printf "%s\t%s\t%s\n", $3, $5, $8 }' "$scratch/tree" | sort | sha256sum | cut -d ' ' -f 1)
    FOLDER=$folder awk -F '\t' -v digest="$digest" 'NR == 1 { owner = $7 } { bytes += $5 }
      END {
        if (NR > 0) printf "content\tunowned\t%s\ttree\t%.0f\t0755\t%s\t%s\t%d\n", ENVIRON["FOLDER"], bytes, owner, digest, NR
      }' "$scratch/tree"
  done
}

# A name with a control character would end a field or a line: it is left out.
content_lines() {
  packed_digests | awk 'length >= 32' | sort -u >"$scratch/packed"
  changed_paths | sort -u >"$scratch/changed"
  # shellcheck disable=SC2086 # a list of folders
  find $ROOTS -xdev \( -name .cache -o -name __pycache__ -o -name .npm -o -name lost+found \
    -o -path /opt/regild -o -name '*[[:cntrl:]]*' \) -prune -o \
    \( -type f -o -type l \) -printf '%p\t%y\t%s\t%m\t%U:%G\t%l\0' 2>/dev/null | tr '\n\0' ' \n' | sort >"$scratch/seen"
  cut -f 1 "$scratch/seen" >"$scratch/all"
  comm -23 "$scratch/all" "$scratch/owned" >"$scratch/unowned"
  # Larger files are told without a digest.
  awk -F '\t' '$2 == "f" && $3 <= 1048576 { print $1 }' "$scratch/seen" >"$scratch/small"
  comm -12 "$scratch/small" "$scratch/changed" | comm -12 - "$scratch/owned" >"$scratch/altered"
  sort -u "$scratch/unowned" "$scratch/altered" | comm -12 - "$scratch/small" | digests sha256sum >"$scratch/sha256"
  # What packages' scripts copied elsewhere is the packages'; of an empty file nobody can tell.
  awk -F '\t' '$2 == "f" && $3 > 0 && $3 <= 1048576 { print $1 }' "$scratch/seen" |
    comm -12 - "$scratch/unowned" >"$scratch/tested"
  { digests md5sum <"$scratch/tested" && cat "$scratch/sha256"; } |
    awk -F '\t' 'NR == FNR { known[$1] = 1; next } $1 in known { print $2 }' "$scratch/packed" - |
    sort -u | comm -12 - "$scratch/tested" >"$scratch/copies"
  comm -23 "$scratch/unowned" "$scratch/copies" | fold_trees | sort >"$scratch/folded"
  sed -n "s/^tree$TAB//p" "$scratch/folded" >"$scratch/trees"
  sed -n "/^owned$TAB/p" "$scratch/folded"
  {
    sed -n "s/^item$TAB/unowned$TAB/p" "$scratch/folded"
    sed "s/^/changed$TAB/" "$scratch/altered"
  } | item_lines
  tree_lines
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
