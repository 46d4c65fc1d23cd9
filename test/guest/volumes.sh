# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# Volumes of LVM on a disk that is larger than their base: the step grow.sh, the device mapper of a real kernel, lvm2, growpart, XFS and ext4. The kernel
# that runs this suite need not have a device mapper, so a machine under QEMU runs it (volumes-init.sh), and writes what it saw to a disk. Sourced by
# suite.sh.

# What the base lacks for it, unpacked over a copy of it: the other parts are about systems without LVM.
volume_packages=lvm2,xfsprogs,fdisk,udev

unpack_volumes() {
  local tar
  tar=$(bootstrapped volumes --variant=extract "--include=$volume_packages" bookworm) || return 1
  tar -C "$root" --keep-directory-symlink --exclude='./dev/*' -xf "$tar"
}

# Its own disk, the disk for what it saw, and three with volume groups: two larger than these, one that is not.
make_volume_disks() {
  cp "$here/volumes-init.sh" "$root/opt/volumes-init" && chmod 0755 "$root/opt/volumes-init" &&
    truncate -s 2G "$work/system.raw" && mkfs.ext4 -q -F -L volumes -d "$root" "$work/system.raw" &&
    truncate -s 1M "$work/results.raw" && truncate -s 3G "$work/larger.raw" "$work/ruled.raw" && truncate -s 1090M "$work/small.raw"
}

run_volume_machine() {
  local disk drives=()
  for disk in system results larger ruled small; do drives+=(-drive "if=none,id=$disk,format=raw,file=$work/$disk.raw" -device "virtio-blk-pci,drive=$disk,serial=$disk"); done
  timeout 1800 qemu-system-x86_64 -accel tcg,thread=multi -m 768 -display none -monitor none -nic none -no-reboot -serial "file:$work/volumes.serial" -cpu qemu64 \
    -kernel "$(echo "$work"/base/boot/vmlinuz-*)" -initrd "$(echo "$work"/base/boot/initrd.img-*)" \
    -append 'root=LABEL=volumes rw init=/opt/volumes-init console=ttyS0 loglevel=4 no_timer_check panic=-1' "${drives[@]}"
  tr -d '\0' <"$work/results.raw" >"$work/said.tsv"
  [ -s "$work/said.tsv" ] || {
    tail -n 20 "$work/volumes.serial"
    return 1
  }
}

# What the machine said of a group and a subject, whenever that was.
said_exactly() { # said_exactly <group> <subject> <name and value…>
  diff <(printf '%s\n' "${@:3}") <(awk -F '\t' -v group="$1" -v subject="$2" '$1 == group && $3 == subject { print $4 "\t" $5 }' "$work/said.tsv")
}

# Group and volumes in extents of 4 MiB: as the machine saw them, and as they must be.
volume_lines() { awk -F '\t' -v group="$1" -v when="$2" '$1 == group && $2 == when && ($3 == "group" || $3 == "volume") { print $4, $5 }' "$work/said.tsv"; } # volume_lines <group> <when>
volumes() { printf '%s %s\n' extents "$1" free "$2" homelv 25 rootlv "$3" varlv "$4"; } # volumes <all> <free> <of /> <of /var>

# A file system fills its volume, but for what it keeps for itself: both are told in extents.
file_systems_fill() { # file_systems_fill <group>
  local when
  for when in before after again; do
    fills "$1" "$when" rootlv / && fills "$1" "$when" varlv /var && fills "$1" "$when" homelv /home || return 1
  done
}

fills() { # fills <group> <when> <volume> <mount point>
  awk -F '\t' -v group="$1" -v when="$2" -v volume="$3" -v place="$4" '
    $1 != group || $2 != when { next }
    $3 == "volume" && $4 == volume { whole = $5 }
    $3 == "filesystem" && $4 == place { used = $5 }
    END { exit !(whole > 0 && used <= whole && used * 100 >= whole * 85) }' "$work/said.tsv"
}

# What every group must show, whatever its rule: the step ended well, a second run changes nothing, and what was in it is there.
volumes_kept() { # volumes_kept <group>
  ok "volumes: $1: grow.sh ends well, also when it runs again" diff <(printf '%s\tgrow\tstatus\t0\n' once again) <(awk -F '\t' -v OFS='\t' -v group="$1" '$1 == group && $3 == "grow" { print $2, $3, $4, $5 }' "$work/said.tsv")
  ok "volumes: $1: the second run changes nothing" diff <(volume_lines "$1" after) <(volume_lines "$1" again)
  ok "volumes: $1: file systems fill their volumes" file_systems_fill "$1"
  ok "volumes: $1: what was in it is there" said_exactly "$1" content $'/var\tkept'
  ok "volumes: $1: the checks of volumes and storage pass" said_exactly "$1" check $'azl-38-volume-space\tpass' $'azl-10-storage-references\tpass'
}

test_volumes() {
  local group
  fresh volumes
  ok 'volumes: lvm2 and XFS on the base' unpack_volumes
  ok 'volumes: a system and its disks' make_volume_disks
  ok 'volumes: the machine runs to its end' run_volume_machine
  ok 'volumes: which is well' said_exactly machine status $'init\t0'
  for group in rootvg vg0 system; do
    ok "volumes: $group: a base of a GiB" diff <(volumes 255 30 125 75) <(volume_lines "$group" before)
    volumes_kept "$group"
  done
  ok 'volumes: without a rule / and /var share the room of the disk' diff <(volumes 751 0 388 338) <(volume_lines rootvg after)
  ok 'volumes: by a rule each has its percents, and / those of what is no volume' diff <(volumes 751 1 282 443) <(volume_lines vg0 after)
  ok 'volumes: a disk of the size of its base has what its group left free' diff <(volumes 255 0 140 90) <(volume_lines system after)
  ok 'volumes: a root on a partition is left alone' said_exactly none grow $'status\t0'
}
