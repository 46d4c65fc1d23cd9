# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# The bars that reading has to stay below: hostile disks, and what a root of 8 GiB costs. Megabytes have a margin of a seventh over what
# was measured: when V8 collects is the machine's. Sourced by run.sh.

# Always the same changes, unless REGILD_MUTATIONS_SEED names the first seed; the figures are printed.
test_mutations() {
  local status=0
  "$node" "$here/mutations.ts" "$rounds" "${REGILD_MUTATIONS_SEED:-1}" >"$work/mutations.txt" 2>&1 || status=$?
  cat "$work/mutations.txt"
  ok "mutations: $rounds of each disk and hive end in an inventory or a refusal" test "$status" = 0
}

# Made of the root file system of the guest suite, which is a Debian 12 with a kernel and AWS's packages. Blocks are counted, and the peak of the bundle's
# memory is measured, from the file and over EBS direct; both are judged. Time is printed. At the end stands the table of all.
test_bars() {
  local base=${REGILD_GUEST_BASE:-} root=$work/bars image=$work/bars.img
  [ -f "$base" ] || { refuse_part bars && return 0; }
  [ -f "$project/dist/main.js" ] || (cd "$project" && "$node" src/bundle/index.ts) || { ok 'bars: the bundle' false && return 0; }
  mkdir "$root" && tar -C "$root" --numeric-owner -xf "$base"
  make_image "$image" 8G mkfs.ext4 -q -d "$root"
  # What every system has (dpkg's lists, tables of inodes, the folders that are looked into) is a larger part of a disk that holds little else.
  bar 5 165 'ext4, 8 GiB, 0.8 GB' "$image"
  grow_root "$root"
  make_image "$image" 8G mkfs.ext4 -q -d "$root"
  bar 3 190 'ext4, 8 GiB, 2.4 GB' "$image"
  make_image "$image" 100G mkfs.ext4 -q -d "$root"
  bar 3 190 'ext4, 100 GiB, 2.4 GB' "$image"
  make_image "$image" 8G mkfs.xfs -q -f
  on_mount "$image" rw cp -a "$root/." "$work/mnt/"
  bar 3 190 'XFS, 8 GiB, 2.4 GB' "$image"
  make_image "$image" 8G mkfs.ext4 -q -F
  on_mount "$image" rw scatter "$root" "$work/mnt"
  # The worst that there is: each file of each package lies somewhere else.
  bar 15 220 'ext4, aged, 2.4 GB' "$image"
  printf '%s\n' 'root                    blocks         %      twice  calls  seconds  MB from file  MB over EBS direct'
  cat "$work/table"
}

bar() { # bar <percent> <megabytes> <what> <image>
  local counted file ebs
  "$node" "$here/count-blocks.ts" "$4" >"$work/counted" || { ok "bars: $3 is read" false && return 0; }
  counted=$(tail -n 1 "$work/counted")
  file=$(weigh inspect "$4" --json)
  ebs=$(weigh_ebs "$4")
  printf '%-22s  %s  %12s  %s\n' "$3" "$counted" "$file" "$ebs" | tee -a "$work/table"
  ok "bars: $3 takes at most $1 % of its blocks" at_most "$(echo "$counted" | awk '{ print $4 }')" "$1"
  ok "bars: $3 takes at most $2 MB from a file" at_most "$file" "$2"
  ok "bars: $3 takes at most $2 MB over EBS direct" at_most "$ebs" "$2"
}

at_most() { awk -v value="$1" -v most="$2" 'BEGIN { exit !(value > 0 && value <= most) }'; } # at_most <value> <most>

# The most memory of the published program in MB, which loads less than the sources do; nothing where it fails.
weigh() { # weigh <word…>
  /usr/bin/python3 - "$node" "$project/dist/main.js" "$@" <<'PYTHON'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
PYTHON
}

# The same of an AMI: the embedded clouds serve the disk in another process.
weigh_ebs() { # weigh_ebs <image>
  local world=$work/world snapshot=snap-02d2316acf89f7e60 ami=ami-098befc4c91bf8068 server waited=0
  rm -rf "$world" && mkdir "$world"
  "$node" "$project/test/guest/golden/world.ts" "$world" "$snapshot" "$1" >"$world/log" 2>&1 &
  server=$!
  until grep -q listening "$world/log" || [ "$waited" -ge 120 ]; do sleep 1 && waited=$((waited + 1)); done
  # shellcheck source=/dev/null
  (. "$world/environment" && weigh inspect "$ami" --region eu-west-1 --json)
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null || true
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
