# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The disk below a partition or a volume.
regild_disk_of() (
  lsblk -n -s -l -o NAME,TYPE "$1" 2>/dev/null | awk '$2 == "disk" { print $1; exit }'
)

# Whether swap in a file or on a device lies on the disk of the root file system; what is not on this machine lies on another disk.
regild_swap_on_os_disk() (
  root=$(findmnt -n -o SOURCE / | sed 's/\[.*//')
  disk=$(regild_disk_of "$root")
  path=$1
  case $path in
    UUID=*) path=/dev/disk/by-uuid/${path#UUID=} ;;
    LABEL=*) path=/dev/disk/by-label/${path#LABEL=} ;;
    *) ;;
  esac
  [ -e "$path" ] || case $path in /dev/* | /mnt/*) exit 1 ;; *) ;; esac
  if [ -b "$path" ]; then
    [ -n "$disk" ] && [ "$(regild_disk_of "$path")" = "$disk" ]
  else
    [ "$(findmnt -n -o SOURCE --target "$(dirname "$path")" | sed 's/\[.*//')" = "$root" ]
  fi
)

check_lis_25_no_swap_on_os_disk() {
  used=$(awk 'NR > 1 { print $1 }' /proc/swaps)
  told=$(awk '$1 !~ /^#/ && $3 == "swap" { print $1 }' /etc/fstab 2>/dev/null)
  found=$(printf '%s\n' "$used" "$told" | awk 'length && !seen[$0]++' | while IFS= read -r path; do
    ! regild_swap_on_os_disk "$path" || printf '%s\n' "$path"
  done | some)
  [ -z "$found" ] || fail "$found"
}
