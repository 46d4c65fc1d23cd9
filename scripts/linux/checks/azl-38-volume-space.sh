# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Each file system of the image with what is left of it, where that is less than a tenth; a volume of LVM does not grow with its disk by
# itself.
check_azl_38_volume_space() {
  found=$(df -Pk -x tmpfs -x devtmpfs -x squashfs -x overlay 2>/dev/null | awk '
    NR > 1 && $2 > 0 && $6 !~ /^\/(boot|mnt|snap|media|run)/ && $4 * 10 < $2 {
    printf "%s has %d of %d MiB left\n", $6, $4 / 1024, $2 / 1024 }' | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$found" ] || fail "$found"
}
