# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# What is on disks and is not read is named, and what is odd about a table is told, as the tools of each make it. Sourced by run.sh.

test_named() {
  local root=$work/named-root
  mkdir -p "$root/etc"
  echo 'ID=debian' >"$root/etc/os-release"
  ok 'named: SquashFS' says 'is SquashFS' 0 mksquashfs "$root" "$work/named.img" -quiet -noappend
  ok 'named: ISO 9660' says 'is ISO 9660' 0 genisoimage -quiet -R -o "$work/named.img" "$root"
  ok 'named: F2FS' says 'is F2FS' 64M mkfs.f2fs -q "$work/named.img"
  ok 'named: exFAT' says 'is exFAT' 16M mkfs.exfat "$work/named.img"
  ok 'named: LUKS 1' says 'is encrypted (LUKS)' 32M encrypt luks1 --pbkdf-force-iterations 1000
  ok 'named: LUKS 2' says 'is encrypted (LUKS)' 32M encrypt luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000
  ok 'named: a journal on a device of its own' says 'has a feature that is not read: journal_dev' 32M mke2fs -q -F -O journal_dev "$work/named.img"
  ok 'named: a hibernated system' says 'holds the memory of a hibernated system' 16M hibernate
  ok 'GPT: sectors of 4 KiB' says 'partition 1: ext4, on /' 64M in_partition 4096 "$root" -n 1:256:+32M
  ok 'GPT: 256 entries' says 'partition 200: ext4, on /' 64M in_partition 512 "$root" -S 256 -n 200:4096:+32M
  ok 'GPT: beside partitions of a hybrid MBR' says 'partition 1: ext4, on /' 64M in_partition 512 "$root" -n 1:4096:+32M -h 1
  ok 'GPT: a disk that was cut' says 'partition 1 ends at byte 35651584, behind the end of the disk at 20971520' 64M cut_short "$root"
}

says() { # says <text> <size, 0 for what the command makes itself> <command…> — of named.img, which the command fills
  local text=$1 size=$2
  shift 2
  rm -f "$work/named.img"
  [ "$size" = 0 ] || truncate -s "$size" "$work/named.img"
  "$@" >"$work/named.log" 2>&1 || { cat "$work/named.log"; return 1; }
  "$node" "$project/src/main.js" inspect "$work/named.img" >"$work/named.txt" 2>&1 || true
  grep -F "$text" "$work/named.txt" || { cat "$work/named.txt"; return 1; }
}

encrypt() { # encrypt <type> <option…>
  local type=$1
  shift
  printf pw | cryptsetup luksFormat --batch-mode --type "$type" "$@" "$work/named.img" -
}

# The kernel writes this over the name of the swap space when it has put its memory there (kernel/power/swap.c).
hibernate() { mkswap "$work/named.img" && printf 'S1SUSPEND\0' | dd of="$work/named.img" bs=1 seek=4086 conv=notrunc status=none; }

in_partition() { # in_partition <bytes of a sector> <root> <option of sgdisk…> — an ext4 with that root in the partition
  local sector=$1 root=$2 first
  shift 2
  losetup --sector-size "$sector" "$loop_device" "$work/named.img" || return 1
  sgdisk -o "$@" "$loop_device" || true
  losetup -d "$loop_device"
  case $* in *:256:*) first=256 ;; *) first=4096 ;; esac
  mkfs.ext4 -q -F -d "$root" -E "offset=$((first * sector))" "$work/named.img" 32M
}

cut_short() { # cut_short <root>
  in_partition 512 "$1" -n 1:4096:+32M && truncate -s 20M "$work/named.img"
}
