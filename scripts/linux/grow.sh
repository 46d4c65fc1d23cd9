#!/bin/sh
# grow.sh: gives the room of a disk that is larger than the base's to the volumes of LVM. cloud-init grows a root file system on a partition
# by itself; a volume group stays as it is. Lines of volumes.tsv: `mount point<TAB>percent of the free room`; without the table / and /var
# share it. A base without LVM, or without free room, is left alone. Safe to run twice: nothing is free the second time.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

# The volume group of a mount point, or nothing.
group_of() {
  source=$(findmnt -n -o SOURCE "$1" 2>/dev/null | sed 's/\[.*//') || return 0
  [ -n "$source" ] || return 0
  lvs --noheadings -o vg_name "$source" 2>/dev/null | tr -d ' ' || :
}

# The partitions that a volume group lies on grow to the end of their disks, and the group with them.
grow_group() {
  pvs --noheadings -o pv_name -S "vg_name=$1" 2>/dev/null | tr -d ' ' | while IFS= read -r partition; do
    number=$(cat "/sys/class/block/${partition##*/}/partition" 2>/dev/null) || continue
    disk=$(lsblk -n -d -o PKNAME "$partition")
    # Status 1 says that there is nothing to grow into.
    growpart "/dev/$disk" "$number" >&2 || [ "$?" -eq 1 ] || regild_log "could not grow $partition"
    pvresize "$partition" >&2 || regild_log "could not resize $partition"
  done
}

# `mount point percent` for those of the rule that are volumes of a group; what the others would have had goes to the first.
shares() {
  if [ -s "$REGILD_HOME/volumes.tsv" ]; then cat "$REGILD_HOME/volumes.tsv"; else printf '%s\t%s\n' / 50 /var 50; fi |
    while IFS=$REGILD_TAB read -r place percent; do
      if ! mountpoint -q "$place" || [ "$(group_of "$place")" != "$1" ]; then place=-; fi
      printf '%s\t%s\n' "$place" "$percent"
    done | awk -F '\t' '
      $1 == "-" { left += $2; next }
      { place[++count] = $1; share[count] = $2 }
      END { if (count) share[1] += left; for (n = 1; n <= count; n++) printf "%s\t%d\n", place[n], share[n] }'
}

grow_volumes() {
  free=$(vgs --noheadings -o vg_free_count "$1" | tr -d ' ')
  [ "${free:-0}" -gt 0 ] || return 0
  shares "$1" | while IFS=$REGILD_TAB read -r place percent; do
    extents=$((free * percent / 100))
    [ "$extents" -gt 0 ] || continue
    if lvextend --resizefs --extents "+$extents" "$(findmnt -n -o SOURCE "$place")" >&2; then
      regild_log "$place grew by $extents extents"
    else
      regild_log "could not grow $place"
    fi
  done
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  command -v lvs >/dev/null 2>&1 || exit 0
  group=$(group_of /)
  [ -n "$group" ] || exit 0
  grow_group "$group"
  grow_volumes "$group"
}

main "$@"
