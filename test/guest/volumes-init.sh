#!/bin/sh
# First process of the machine of the part `volumes`: makes volume groups as bases on LVM have them, on disks that are larger, and runs grow.sh in a
# system on each. What it saw goes to the disk that the part reads: lines of `group<TAB>when<TAB>what<TAB>name<TAB>value`.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
said=/run/said.tsv

say() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$said"; }

# Whatever ends this script ends the machine: what was seen until then is written down first.
finish() {
  status=$?
  say machine end status init "$status"
  cat "$said" >/dev/disk/by-id/virtio-results
  sync
  echo o >/proc/sysrq-trigger
  while :; do sleep 1; done
}
trap finish EXIT

# A partition for the boot loader and one of a GiB with the group, as on a smaller disk.
lay_out() { # lay_out <disk> <group>
  printf '%s\n' 'label: gpt' 'size=64MiB' 'size=1GiB' | sfdisk -q "$1"
  until [ -e "$1-part2" ]; do udevadm settle && sleep 1; done
  pvcreate -q "$1-part2"
  vgcreate -q "$2" "$1-part2"
  lvcreate -q -W n -n rootlv -L 500m "$2"
  lvcreate -q -W n -n varlv -L 300m "$2"
  lvcreate -q -W n -n homelv -L 100m "$2"
  udevadm settle
  mkfs.xfs -q "/dev/$2/rootlv"
  mkfs.ext4 -q "/dev/$2/varlv"
  mkfs.ext4 -q "/dev/$2/homelv"
}

# A system whose root, /var and /home are those volumes; its programs are this one's.
furnish() { # furnish <group>
  system=/run/system-$1
  mkdir -p "$system"
  mount "/dev/$1/rootlv" "$system"
  for place in var home usr dev proc sys run tmp opt; do mkdir -p "$system/$place"; done
  mount "/dev/$1/varlv" "$system/var"
  mount "/dev/$1/homelv" "$system/home"
  for place in usr dev proc sys run; do mount --rbind "/$place" "$system/$place"; done
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$system/$name"; done
  cp -a /etc /opt "$system/"
  echo kept >"$system/var/content"
}

look() { # look <group> <when>
  vgs --noheadings --separator '	' -o vg_extent_count,vg_free_count "$1" | tr -d ' ' | while IFS='	' read -r all free; do
    say "$1" "$2" group extents "$all"
    say "$1" "$2" group free "$free"
  done
  lvs --noheadings --separator '	' --units b --nosuffix -o lv_name,lv_size "$1" | tr -d ' ' | while IFS='	' read -r name bytes; do
    say "$1" "$2" volume "$name" "$((bytes / 4194304))"
  done
  for place in '' /var /home; do
    say "$1" "$2" filesystem "${place:-/}" "$(df --output=size -B 4M "/run/system-$1$place" | tail -n 1 | tr -d ' ')"
  done
}

grow() { # grow <group> <when>
  status=0
  chroot "/run/system-$1" sh /opt/regild/grow.sh >>/run/grow.log 2>&1 || status=$?
  say "$1" "$2" grow status "$status"
}

checked() { # checked <group> <check>
  chroot "/run/system-$1" sh /opt/regild/checks.sh guest "$2" 2>/dev/null | while IFS='	' read -r _ id status _; do
    say "$1" after check "$id" "$status"
  done
}

# The rule of the manifest is a table beside the scripts.
group_of_a_base() { # group_of_a_base <name of the disk> <group> [line of volumes.tsv…]
  lay_out "/dev/disk/by-id/virtio-$1" "$2"
  furnish "$2"
  rm -f "/run/system-$2/opt/regild/volumes.tsv"
  [ "$#" -eq 2 ] || printf '%s\n' "$3" "$4" "$5" >"/run/system-$2/opt/regild/volumes.tsv"
  look "$2" before
  grow "$2" once
  look "$2" after
  grow "$2" again
  look "$2" again
  say "$2" after content /var "$(cat "/run/system-$2/var/content")"
  checked "$2" azl-38-volume-space
  checked "$2" azl-10-storage-references
}

main() {
  : >"$said"
  mount -o remount,rw /
  /usr/lib/systemd/systemd-udevd --daemon
  udevadm trigger
  udevadm settle
  modprobe dm-mod
  modprobe xfs
  echo 'the machine is up' >/dev/console
  group_of_a_base larger rootvg
  group_of_a_base ruled vg0 '/	20' '/var	70' '/data	10'
  group_of_a_base small system
  # The machine's own root is a partition.
  status=0
  sh /opt/regild/grow.sh >>/run/grow.log 2>&1 || status=$?
  say none once grow status "$status"
}

main
