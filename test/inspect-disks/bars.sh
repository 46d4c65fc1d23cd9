# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# The bars that reading has to stay below: hostile disks, and what a root of 8 GiB costs. Sourced by run.sh.

# Always the same changes, unless REGILD_MUTATIONS_SEED names the first seed; the figures are printed.
test_mutations() {
  local status=0
  "$node" "$here/mutations.ts" "$rounds" "${REGILD_MUTATIONS_SEED:-1}" >"$work/mutations.txt" 2>&1 || status=$?
  cat "$work/mutations.txt"
  ok "mutations: $rounds of each disk and hive end in an inventory or a refusal" test "$status" = 0
}

# Made of the root file system of the guest suite, which is a Debian 12 with a kernel and AWS's packages. Blocks are counted and judged; time and memory,
# which are the machine's, are printed.
test_bars() {
  local base=${REGILD_GUEST_BASE:-} root=$work/bars image=$work/bars.img
  [ -f "$base" ] || { refuse_part bars && return 0; }
  mkdir "$root" && tar -C "$root" --numeric-owner -xf "$base"
  make_image "$image" 8G mkfs.ext4 -q -d "$root"
  weigh "$image"
  # What every system has (dpkg's lists, tables of inodes, the folders that are looked into) is a larger part of a disk that holds little else.
  bar 5 'a root of 0.8 GB, as of a machine that does nothing,' "$image"
  grow_root "$root"
  make_image "$image" 8G mkfs.ext4 -q -d "$root"
  weigh "$image"
  bar 3 'an ext4 root of 8 GiB' "$image"
  make_image "$image" 100G mkfs.ext4 -q -d "$root"
  bar 3 'an ext4 root of 100 GiB' "$image"
  make_image "$image" 8G mkfs.xfs -q -f
  on_mount "$image" rw cp -a "$root/." "$work/mnt/"
  bar 3 'an XFS root of 8 GiB' "$image"
  make_image "$image" 8G mkfs.ext4 -q -F
  on_mount "$image" rw scatter "$root" "$work/mnt"
  # The worst that there is: each file of each package lies somewhere else.
  bar 15 'an aged ext4 root, its files in a random order,' "$image"
}

bar() { # bar <percent> <what> <image>
  "$node" "$here/count-blocks.ts" "$3" | tee "$work/bars.txt"
  ok "bars: $2 takes at most $1 % of its blocks" at_most_percent "$1"
}

# The most memory of the published program, which loads less than the sources do.
weigh() { # weigh <image>
  [ -f "$project/dist/main.js" ] || { echo 'no bundle: npm run bundle' && return 0; }
  /usr/bin/python3 - "$node" "$project/dist/main.js" inspect "$1" --json <<'PYTHON'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(f'{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB of memory at most, of the bundle')
PYTHON
}

# Always the same order.
scatter() { # scatter <from> <to>
  (cd "$1" && find . -type d -print0 | tar --null --no-recursion -cf - -T -) | tar -C "$2" --numeric-owner -xf - &&
    (cd "$1" && find . ! -type d -print0 | sort -z | shuf -z --random-source=<(yes) | tar --null --no-recursion -cf - -T -) | tar -C "$2" --numeric-owner -xf -
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
