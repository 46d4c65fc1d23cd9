#!/bin/sh
# measure.sh <metric...>: how fast this machine is, by what every Linux has: systemd, dd, Python and curl.
# Prints `regild-measure<TAB>metric<TAB>value or -<TAB>how it was measured, or why not`. Metrics: boot (s), diskRead, diskWrite (MB/s),
# diskIops, diskLatency (ms), network (MB/s, of REGILD_URL), networkLatency (ms, to the host of REGILD_LATENCY_URL).
# It needs nothing beside itself: run on an EC2 instance of the AMI it gives the figures to compare with.
# With REGILD_INLINE set the text defines functions only: validation sends it to a booted machine.
set -eu
LC_ALL=C
export LC_ALL

MEGABYTES=256
REGILD_MEASURED=''

measured() { printf 'regild-measure\t%s\t%s\t%s\n' "$@"; }
unmeasured() { measured "$1" - "$2"; }

regild_measure_boot() {
  finished=$(systemctl show -p FinishTimestampMonotonic 2>/dev/null | cut -d = -f 2) || finished=''
  if [ "${finished:-0}" -gt 0 ] 2>/dev/null; then
    seconds=$(awk -v microseconds="$finished" 'BEGIN { printf "%.1f", microseconds / 1000000 }')
    measured boot "$seconds" 'from the start of the kernel to the last unit of systemd'
  else
    unmeasured boot 'systemd does not say that the boot is over'
  fi
}

# The line in which dd tells what it did, as MB/s; status 1 where it did nothing.
dd_rate() {
  dd "$@" 2>&1 | awk '/ copied, / { for (n = 2; n <= NF; n++) if ($n ~ /^s,?$/ && $(n - 1) > 0) rate = $1 / $(n - 1) / 1000000 }
    END { if (!rate) exit 1; printf "%.1f", rate }'
}

# A file to measure with, written past the cache; prints how fast.
written() {
  free=$(df -Pk /var/tmp | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -gt $((MEGABYTES * 2)) ] || return 1
  dd_rate if=/dev/zero "of=$REGILD_MEASURED" bs=1M "count=$MEGABYTES" oflag=direct conv=fsync
}

regild_python() {
  command -v python3 || { [ ! -x /usr/libexec/platform-python ] || echo /usr/libexec/platform-python; }
}

# Reads of 4 KiB at random places of the file, past the cache, by so many readers for so many seconds: prints reads per second, and the
# mean time of one in milliseconds.
random_reads() { # random_reads <readers> <seconds>
  python=$(regild_python) && [ -n "$python" ] || return 1
  timeout 60 "$python" -c '
import mmap, os, random, sys, threading, time
path, readers, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
counts, blocks, end = [0] * readers, os.path.getsize(path) // 4096, time.time() + seconds
def read(reader):
    descriptor, page = os.open(path, os.O_RDONLY | os.O_DIRECT), mmap.mmap(-1, 4096)
    while time.time() < end:
        os.lseek(descriptor, random.randrange(blocks) * 4096, os.SEEK_SET)
        os.readv(descriptor, [page])
        counts[reader] += 1
threads = [threading.Thread(target=read, args=(reader,)) for reader in range(readers)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("%.0f %.3f" % (sum(counts) / seconds, readers * seconds * 1000 / max(1, sum(counts))))
sys.exit(0 if all(counts) else 1)' "$REGILD_MEASURED" "$1" "$2" 2>/dev/null
}

regild_measure_disk() { # regild_measure_disk <metric> <rate of writing>
  case $1 in
    diskWrite) measured diskWrite "$2" "dd past the cache: $MEGABYTES MiB in blocks of 1 MiB" ;;
    diskRead)
      if rate=$(dd_rate "if=$REGILD_MEASURED" of=/dev/null bs=1M iflag=direct); then
        measured diskRead "$rate" "dd past the cache: $MEGABYTES MiB in blocks of 1 MiB, just written"
      else
        unmeasured diskRead 'dd cannot read past the cache here'
      fi
      ;;
    *)
      if [ "$1" = diskIops ]; then readers=32; else readers=1; fi
      if result=$(random_reads "$readers" 4); then
        if [ "$1" = diskIops ]; then value=${result% *}; else value=${result#* }; fi
        measured "$1" "$value" "Python past the cache: 4 KiB at random places of $MEGABYTES MiB, $readers at a time, 4 s"
      else
        unmeasured "$1" 'there is no Python that can read past the cache here'
      fi
      ;;
  esac
}

regild_measure_disks() { # regild_measure_disks <metric...>
  [ "$#" -gt 0 ] || return 0
  # On the disk of the system; /mnt may be another one.
  REGILD_MEASURED=$(mktemp /var/tmp/regild-measure.XXXXXX)
  if rate=$(written); then
    for metric in "$@"; do regild_measure_disk "$metric" "$rate"; done
  else
    why="/var/tmp has no $((MEGABYTES * 2)) MiB of room, or dd cannot write past the cache there"
    for metric in "$@"; do unmeasured "$metric" "$why"; done
  fi
  rm -f "$REGILD_MEASURED"
}

# What curl got in twenty seconds, whether it came to an end or not.
regild_measure_network() {
  command -v curl >/dev/null 2>&1 || { unmeasured network 'curl is missing' && return 0; }
  got=$(curl -sL -o /dev/null -m 20 -w '%{speed_download} %{size_download} %{http_code}' "${REGILD_URL:-}" 2>/dev/null) || :
  case $got in
    *' 200')
      measured network "$(printf '%s' "$got" | awk '{ printf "%.1f", $1 / 1000000 }')" \
        "curl: $(printf '%s' "$got" | awk '{ printf "%.0f", $2 / 1000000 }') MB in one stream, at most 20 s"
      ;;
    *) unmeasured network "the server answered with ${got##* }" ;;
  esac
}

regild_measure_networkLatency() {
  command -v curl >/dev/null 2>&1 || { unmeasured networkLatency 'curl is missing' && return 0; }
  times=$(for _ in 1 2 3 4 5; do
    curl -s -o /dev/null -I -m 5 -w '%{time_namelookup} %{time_connect}\n' "${REGILD_LATENCY_URL:-}" 2>/dev/null || :
  done | awk '$2 > 0 { printf "%.2f\n", ($2 - $1) * 1000 }' | sort -n)
  median=$(printf '%s\n' "$times" | awk 'length { line[++count] = $1 } END { if (count) print line[int((count + 1) / 2)] }')
  if [ -n "$median" ]; then
    measured networkLatency "$median" 'curl: median of five TCP connections'
  else
    unmeasured networkLatency 'no connection came about'
  fi
}

regild_measure() {
  trap '[ -z "$REGILD_MEASURED" ] || rm -f "$REGILD_MEASURED"' EXIT
  disks=''
  for metric in "$@"; do
    case $metric in
      boot | network | networkLatency) "regild_measure_$metric" ;;
      disk*) disks="$disks $metric" ;;
      *) unmeasured "$metric" 'nobody knows this metric' ;;
    esac
  done
  # shellcheck disable=SC2086 # metrics are words
  regild_measure_disks $disks
}

if [ -z "${REGILD_INLINE:-}" ]; then
  [ "$#" -gt 0 ] || set -- boot diskWrite diskRead diskIops diskLatency
  regild_measure "$@"
fi
