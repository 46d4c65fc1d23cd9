# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# The bars that reading has to stay below: hostile disks, and what a root of 8 GiB costs. Sourced by run.sh.

# Always the same changes, unless REGILD_MUTATIONS_SEED names the first seed; the figures are printed.
test_mutations() {
  local status=0
  "$node" "$here/mutations.ts" "$rounds" "${REGILD_MUTATIONS_SEED:-1}" >"$work/mutations.txt" 2>&1 || status=$?
  cat "$work/mutations.txt"
  ok "mutations: $rounds of each disk and hive end in an inventory or a refusal" test "$status" = 0
}

# Made of the root file system of the guest suite, which is a Debian 12 with a kernel and AWS's packages.
test_bars() {
  local base=${REGILD_GUEST_BASE:-} image=$work/bars.img
  [ -f "$base" ] || { echo 'bars: skipped, REGILD_GUEST_BASE names no base of the guest suite' && return 0; }
  mkdir "$work/bars" && tar -C "$work/bars" --numeric-owner -xf "$base"
  grow_root "$work/bars"
  make_image "$image" 8G mkfs.ext4 -q -d "$work/bars"
  "$node" "$here/count-blocks.ts" "$image" | tee "$work/bars.txt"
  ok 'bars: an ext4 root of 8 GiB takes at most 3 % of its blocks' at_most_percent 3
  make_image "$image" 8G mkfs.xfs -q -f
  on_mount "$image" rw cp -a "$work/bars/." "$work/mnt/"
  "$node" "$here/count-blocks.ts" "$image" | tee "$work/bars.txt"
  ok 'bars: an XFS root of 8 GiB takes at most 3 % of its blocks' at_most_percent 3
}

# The base has as much as a machine that does nothing; people's have two or three times as many packages. Each of its packages is there three times.
grow_root() { # grow_root <root>
  local root=$1 number list plain
  for number in 1 2; do
    mkdir -p "$root/usr/lib/copy$number"
    tar -C "$root/usr" --exclude='./lib/copy*' -cf - . | tar -C "$root/usr/lib/copy$number" -xf -
    for list in "$root"/var/lib/dpkg/info/*.list; do
      plain=${list%.list} && plain=${plain%%:*}
      case $plain in *-copy[12]) continue ;; esac
      grep '^/usr/' "$list" | sed "s|^/usr/|/usr/lib/copy$number/|" >"$plain-copy$number.list" || true
      [ ! -f "${list%.list}.md5sums" ] || grep '  usr/' "${list%.list}.md5sums" | sed "s|  usr/|  usr/lib/copy$number/|" >"$plain-copy$number.md5sums" || true
    done
    sed "s/^Package: .*/&-copy$number/" "$root/var/lib/dpkg/status" >"$work/status.$number"
  done
  cat "$work"/status.[12] >>"$root/var/lib/dpkg/status"
}

at_most_percent() { awk -v most="$1" '{ for (i = 1; i < NF; i++) if ($(i + 1) ~ /^%/) percent = $i } END { exit !(percent > 0 && percent <= most) }' "$work/bars.txt"; }
