# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154 # the parts that suite.sh sources share their variables
# What the parts of the guest suite share: counting, root file systems, and running things inside one. Sourced by suite.sh.
passed=0 failed=0 skipped=0

# Says what starts, and how long what was before it took.
section() {
  [ -z "${section_name:-}" ] || printf '# %s took %d s\n' "$section_name" "$((SECONDS - section_start))"
  section_name=$1 section_start=$SECONDS
  printf '# %s (%d s)\n' "$1" "$SECONDS"
}

ok() { # ok <what> <command…>
  local what=$1
  shift
  if "$@" >"$work/last.log" 2>&1; then
    passed=$((passed + 1))
    echo "ok - $what"
  else
    failed=$((failed + 1))
    echo "not ok - $what"
    tail -n 15 "$work/last.log" | sed 's/^/    /'
  fi
}

not() { ! "$@"; }

# Runs functions at the same time, each in a folder of its own that shares base and tables, and then says what each said and counts it.
side_by_side() { # side_by_side <function…>
  local name pids=()
  for name in "$@"; do
    mkdir -p "$work/$name"
    ln -sfn "$work/base" "$work/$name/base"
    ln -sfn "$work/tables" "$work/$name/tables"
    (
      work=$work/$name
      SECONDS=0
      "$name"
      echo "$SECONDS" >"$work/seconds"
    ) >"$work/$name/said" 2>&1 &
    pids+=($!)
  done
  wait "${pids[@]}" || true
  for name in "$@"; do
    [ ! -s "$work/$name/seconds" ] || printf '# %s took %d s\n' "${name#test_}" "$(cat "$work/$name/seconds")"
    cat "$work/$name/said"
    passed=$((passed + $(grep -c '^ok - ' "$work/$name/said" || true)))
    failed=$((failed + $(grep -c '^not ok - ' "$work/$name/said" || true)))
    # A function that says nothing ended before it could.
    [ -s "$work/$name/said" ] || ok "$name" false
  done
}

wait_for() { # wait_for <seconds> <command…>
  local deadline=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 3
  done
}

skip() { # skip <what> <reason>
  skipped=$((skipped + 1))
  echo "skipped - $1: $2"
}

# The total, in the form that CI reads; the status says whether everything held.
total() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
}

alone_here() { # whether no process but the first is in this namespace
  local processes=(/proc/[0-9]*)
  [ "${#processes[@]}" -eq 1 ]
}

# Ends whatever the parts started, and gives back what they took of this machine. What a guest mounted goes a moment after its last process.
release() {
  local folder loop
  kill -KILL -1 2>/dev/null || true
  until alone_here; do sleep 0.1; done
  awk -v below="$work/" 'index($2, below) == 1 { print $2 }' /proc/self/mounts | sort -r | while IFS= read -r folder; do umount -l "$folder" || true; done
  losetup --list --noheadings --output NAME,BACK-FILE | awk -v below="$work/" 'index($2, below) == 1 { print $1 }' | while IFS= read -r loop; do
    ! compgen -G "/sys/block/${loop#/dev/}/${loop#/dev/}p*" >"$work/partitions" || wait_for 60 partx -d "$loop" || true
    losetup -d "$loop" || true
  done
  rm -rf --one-file-system "$work"
}

# Everything the suite asks of a Debian system: what a careless base has, the real agents and tools, two boot loaders.
guest_packages=amazon-ec2-utils,amazon-ec2-net-utils,amazon-ecr-credential-helper,awscli,cloud-init,waagent,chrony,openssh-server,sudo,systemd-sysv,dbus,linux-image-cloud-amd64,initramfs-tools,hyperv-daemons,cloud-guest-utils,eject,gdisk,procps,iproute2,curl,busybox,rpm,dnf,zypper,createrepo-c,e2fsprogs,dracut-core,grub2-common,grub-pc-bin,grub-efi-amd64-bin,grub-efi-amd64-signed,shim-signed

# What Debian's own image for Azure has of release 13, as packages.
trixie_packages=cloud-init,waagent,chrony,openssh-server,sudo,systemd-sysv,systemd-resolved,dbus,netplan.io,linux-image-cloud-amd64,initramfs-tools,hyperv-daemons,cloud-guest-utils,eject,gdisk,procps,iproute2,curl,e2fsprogs

# How this machine reaches a mirror, one setting a line.
apt_options() { apt-config dump Acquire | grep -E '^Acquire::(Check|http::Proxy|https::Proxy)'; }

# A system as mmdebstrap makes it, in a tar file that the next run with REGILD_GUEST_BASE finds again: its name is printed. Status 1 where the mirror
# cannot be had.
bootstrapped() { # bootstrapped <base|name> <mmdebstrap's arguments…>
  local tar=$work/$1.tar options=() line
  [ -z "${REGILD_GUEST_BASE:-}" ] || case $1 in
    base) tar=$REGILD_GUEST_BASE ;;
    *) tar=${REGILD_GUEST_BASE%.tar}-$1.tar ;;
  esac
  if [ ! -s "$tar" ]; then
    while IFS= read -r line; do options+=("--aptopt=$line"); done < <(apt_options)
    mmdebstrap --quiet "${options[@]}" "${@:2:3}" "${tar%.tar}.$$.tar" "${@:5}" >&2 || return 1
    # Another run that keeps its base in the same place finds it whole or not at all.
    mv "${tar%.tar}.$$.tar" "$tar"
  fi
  echo "$tar"
}

# A second base in $work/trixie, of release 13.
make_trixie() {
  local tar
  tar=$(bootstrapped trixie --variant=apt "--include=$trixie_packages" trixie) || return 1
  mkdir -p "$work/trixie"
  tar -C "$work/trixie" -xf "$tar"
}

make_base() {
  local tar sources=() file
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if [ -s "$file" ] && grep -q bookworm "$file"; then
      sources=("$file")
      break
    fi
  done
  tar=$(bootstrapped base --variant=apt "--include=$guest_packages" bookworm "${sources[@]}")
  mkdir -p "$work/base"
  tar -C "$work/base" -xf "$tar"
}

# Puts the guest scripts and their data where a build puts them.
deliver() {
  mkdir -p "$1/opt/regild"
  cp -r "$project"/scripts/linux/. "$1/opt/regild/"
  cp "$work/tables/"*.tsv "$work/tables/guest.env" "$1/opt/regild/"
}

# A fresh copy of a base, with the scripts and their data in place, in $root.
fresh() { # fresh <name> [base]
  root=$work/$1
  mkdir -p "$root" "$work/$1.up" "$work/$1.work"
  mount -t overlay overlay -o "lowerdir=$work/${2:-base},upperdir=$work/$1.up,workdir=$work/$1.work" "$root" 2>/dev/null || {
    rmdir "$root"
    cp -a "$work/${2:-base}" "$root"
  }
  deliver "$root"
}

# Device nodes that a guest sees beside the usual ones, and the file system whose name it knows: `<uuid>=<device>`.
guest_devices='' guest_uuid=''
# The network of a guest: of its own, where nothing answers (`--net`), or this shell's (empty), or the one that a command enters first.
guest_net=--net guest_enter=''

# Runs a command in $root as its only system: own names, processes, mounts and no network. The firmware is hidden,
# so that the result is the same on every machine that runs the suite.
inside() {
  # shellcheck disable=SC2016,SC2086 # expanded by the inner shell; options or nothing
  GUEST_DEVICES=$guest_devices GUEST_UUID=$guest_uuid $guest_enter unshare --uts --mount --pid --ipc $guest_net --fork sh -c '
    mount -t proc proc "$0/proc" && mount -t sysfs -o ro sysfs "$0/sys" && mount -t tmpfs tmpfs "$0/run"
    [ ! -d "$0/sys/firmware" ] || mount -t tmpfs tmpfs "$0/sys/firmware"
    mount -t tmpfs tmpfs "$0/dev" && mkdir -p "$0/dev/shm" "$0/dev/disk/by-uuid"
    for device in null zero full random urandom tty $GUEST_DEVICES; do : >"$0/dev/$device" && mount --bind "/dev/$device" "$0/dev/$device"; done
    [ -z "$GUEST_UUID" ] || ln -s "/dev/${GUEST_UUID#*=}" "$0/dev/disk/by-uuid/${GUEST_UUID%%=*}"
    unset GUEST_DEVICES GUEST_UUID
    ln -s /proc/self/fd "$0/dev/fd"
    # The clock of Hyper-V, as far as being there goes.
    : >"$0/dev/ptp_hyperv"
    # A folder of the machine that runs the suite is none of the guest.
    unset TMPDIR
    exec chroot "$0" "$@"' "$root" "$@"
}

plant() { # plant [script] — puts in what AWS and a careless build leave behind
  local script=${1:-plant.sh}
  cp "$here/$script" "$root/tmp/plant.sh"
  inside env "AWS_KEY=${aws_key:-}" "ROOT_UUID=${guest_uuid%%=*}" "ESP_UUID=${esp_uuid:-}" sh /tmp/plant.sh
  rm "$root/tmp/plant.sh"
}

# Every step before generalize, under one shell.
run_steps() { # run_steps <shell> <log>
  local step
  while IFS= read -r step; do
    [ "$step" != generalize.sh ] || continue
    # The fabric's endpoints cannot answer here: the checks are looked at one by one.
    # shellcheck disable=SC2086 # a script with its arguments, a shell with its own
    inside $1 /opt/regild/$step >>"$work/$2.log" 2>&1 </dev/null || [ "$step" = 'checks.sh guest' ] || {
      echo "$step failed" && tail -n 20 "$work/$2.log"
      return 1
    }
  done <"$work/tables/steps.txt"
}

# The version of the one kernel in $root.
kernel() { basename "$root"/lib/modules/*; }
absent() { [ ! -e "$root$1" ] && [ ! -L "$root$1" ]; }
no_text() { ! grep -rqsE -e "$1" "$root$2"; }
text() { grep -qE -e "$1" "$root$2"; }

# What a check said last, by its id.
check_said() { grep -qP "^regild-check\t$1\t$2(\t|$)" "$work/checks.txt"; }

# Whether the user's own checks (own-checks.ts) were asked in a file of check lines: the one passed, the other failed with what it printed.
own_answered() { # own_answered <file>
  diff <(printf 'regild-check\t%s\n' $'suite-fails\tfail\tit ended with 1: seen' $'suite-passes\tpass\t') <(grep -P '^regild-check\tsuite-' "$1" | sort)
}

# Ids of the checks of severity `block` in a file of check lines that did not pass.
blocking() { failing "$1" | grep -xFf <(awk -F '\t' '$2 == "block" { print $1 }' "$work/tables/checks.tsv"); }

# Ids of the checks in a file of check lines that did not pass.
failing() { awk -F '\t' '$1 == "regild-check" && ($3 == "fail" || $3 == "error") { print $2 }' "$1" | sort; }
