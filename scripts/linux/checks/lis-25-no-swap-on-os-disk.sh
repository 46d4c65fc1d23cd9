# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The disk below a partition or a volume.
regild_disk_of() (
  lsblk -n -s -l -o NAME,TYPE "$1" 2>/dev/null | awk '$2 == "disk" { print $1; exit }'
)

check_lis_25_no_swap_on_os_disk() {
  root=$(findmnt -n -o SOURCE / | sed 's/\[.*//')
  disk=$(regild_disk_of "$root")
  awk 'NR > 1 { print $1, $2 }' /proc/swaps | while read -r path kind; do
    if [ "$kind" = file ]; then
      holder=$(findmnt -n -o SOURCE --target "$path" | sed 's/\[.*//')
      [ "$holder" != "$root" ] || fail "$path"
    elif [ -n "$disk" ]; then
      parent=$(regild_disk_of "$path")
      [ "$parent" != "$disk" ] || fail "$path"
    fi
  done || exit 1
  # A file below /mnt is on the resource disk.
  lines=$(awk '$1 !~ /^#/ && $3 == "swap" && $1 !~ /^\/mnt\// { print $1 }' /etc/fstab 2>/dev/null | some)
  [ -z "$lines" ] || fail "swap in fstab: $lines"
}
