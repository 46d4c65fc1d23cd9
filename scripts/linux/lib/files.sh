# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Files: found by a pattern, changed only where they differ, removed only where nobody else needs them.

# Standard input, with no more of an access key id than its kind.
regild_mask_keys() {
  sed -E 's/(AKIA|ASIA)[A-Z0-9]{16}/\1.../g'
}

# Existing paths that match a glob; `~/` stands for every home.
regild_expand() (
  # shellcheck disable=SC2088 # the catalog's own sign for every home
  case $1 in
    '~/'*)
      regild_homes | while IFS= read -r home; do regild_glob "$home/${1#??}"; done
      ;;
    *) regild_glob "$1" ;;
  esac
)

regild_glob() (
  IFS=''
  # shellcheck disable=SC2086 # the argument is a pattern; with an empty IFS it is not split
  for path in $1; do
    if [ -e "$path" ] || [ -L "$path" ]; then printf '%s\n' "$path"; fi
  done
)

# Files below the paths of a glob in which a line matches an extended regular expression. Large files are not configuration.
regild_files_with() (
  regild_expand "$1" | while IFS= read -r path; do
    find -H "$path" -xdev -path "$REGILD_HOME" -prune -o -type f -size -2048 -exec grep -lE -e "$2" {} + 2>/dev/null || :
  done
)

# Writes standard input to a file when it differs. Keeps the inode, and with it mode, owner and security label, of a file that exists.
regild_put() (
  text=$(cat)
  if [ ! -f "$1" ] || [ "$(cat "$1")" != "$text" ]; then
    mkdir -p "$(dirname "$1")"
    [ -e "$1" ] || { : >"$1" && chmod "$2" "$1"; }
    printf '%s\n' "$text" >"$1"
    ! command -v restorecon >/dev/null 2>&1 || restorecon "$1" >/dev/null 2>&1 || :
    regild_log "wrote $1"
  fi
)

regild_delete_lines() (
  grep -qE -e "$2" "$1" 2>/dev/null || exit 0
  scratch=$(mktemp)
  grep -vE -e "$2" "$1" >"$scratch" || [ "$?" -eq 1 ]
  cat "$scratch" >"$1"
  rm -f "$scratch"
  regild_log "deleted lines from $1"
)

# The separator is a control character that no expression holds.
regild_substitute() (
  separator=$(printf '\001')
  scratch=$(mktemp)
  sed -E "s$separator$2$separator$3${separator}g" "$1" >"$scratch"
  if [ "$(cat "$scratch")" != "$(cat "$1")" ]; then
    cat "$scratch" >"$1"
    regild_log "changed $1"
  fi
  rm -f "$scratch"
)

# Sets key=value in a file of such lines.
regild_set_key() (
  if grep -qE "^$2=" "$1" 2>/dev/null; then
    regild_substitute "$1" "^$2=.*\$" "$2=$3"
  else
    printf '%s=%s\n' "$2" "$3" >>"$1"
    regild_log "added $2 to $1"
  fi
)

# Folders of the system are never removed as a whole, nor what a mount or another package still needs.
regild_removable() (
  case $1 in
    *..* | *//* | [!/]*) exit 1 ;;
    / | /bin | /boot | /dev | /etc | /home | /lib | /lib32 | /lib64 | /media | /mnt | /opt | /proc | /root | /run | /sbin | /srv) exit 1 ;;
    /sys | /tmp | /usr | /var) exit 1 ;;
    /usr/bin | /usr/sbin | /usr/lib | /usr/lib64 | /usr/libexec | /usr/local | /usr/share | /usr/src) exit 1 ;;
    /var/cache | /var/lib | /var/log | /var/opt | /var/run | /var/spool | /var/tmp) exit 1 ;;
    /etc/cloud | /etc/cloud/cloud.cfg.d | /etc/ssh | /etc/systemd | /etc/systemd/system | /etc/udev | /etc/udev/rules.d) exit 1 ;;
    /etc/apt | /etc/yum.repos.d | /etc/sudoers.d) exit 1 ;;
    *) ;;
  esac
  awk -v path="$1" '$2 == path || index($2, path "/") == 1 { found = 1 } END { exit found }' /proc/self/mounts
)

# Removes a path; one that ends in `/` only when nothing but empty folders is left in it.
regild_remove_path() (
  case $1 in
    */)
      folder=${1%/}
      [ -d "$folder" ] || exit 0
      find "$folder" -xdev -depth -type d -exec rmdir {} + 2>/dev/null || :
      exit 0
      ;;
    *) ;;
  esac
  if [ ! -e "$1" ] && [ ! -L "$1" ]; then exit 0; fi
  if ! regild_removable "$1"; then
    regild_log "kept $1: it belongs to the system or holds a mount"
    exit 0
  fi
  owner=$(regild_owner "$1")
  [ -n "$owner" ] || owner=$(regild_owner_below "$1")
  if [ -n "$owner" ]; then
    regild_log "kept $1: it belongs to the package $owner"
    exit 0
  fi
  ! grep -q "^$1 " /proc/swaps 2>/dev/null || swapoff "$1"
  rm -rf "$1"
  regild_log "removed $1"
)
