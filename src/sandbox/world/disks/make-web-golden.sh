#!/bin/bash
# make-web-golden.sh: makes the root disk of the sandbox's AMI web-golden, and writes it into ../disks.json.
# A GPT with boot code, a BIOS boot partition and an ext4 root of 12 MiB: the databases and files that an inspection reads, no programs. Everything in it
# is made up; it holds things to carry over, things of AWS to strip, and a planted key that must not travel. The same script makes the same bytes:
# times, UUIDs and the seed of directory hashes are fixed. Needs e2fsprogs, fdisk and python3, and root for the owners.
set -euo pipefail
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
BASE=1727740800  # 2024-10-01, when the base was made
OWN=1759276800   # 2025-10-01, when the team's pipeline installed its own

file() { # file <path> [mode] [owner], content on standard input
  mkdir -p "$root$(dirname "$1")"
  cat >"$root$1"
  chmod "${2:-0644}" "$root$1"
  chown "${3:-0:0}" "$root$1"
}

status=''
package() { # package <name> <version> <time> <priority> [path…]
  local name=$1 version=$2 time=$3 priority=$4
  shift 4
  status+="Package: $name"$'\n'"Status: install ok installed"$'\n'"Priority: $priority"$'\n'"Architecture: amd64"$'\n'"Version: $version"$'\n\n'
  printf '%s\n' /. "$@" | file "/var/lib/dpkg/info/$name.list"
  for path in "$@"; do [ ! -f "$root$path" ] || (cd "$root" && md5sum "${path#/}"); done | file "/var/lib/dpkg/info/$name.md5sums"
  touch -d "@$time" "$root/var/lib/dpkg/info/$name.list" "$root/var/lib/dpkg/info/$name.md5sums"
}

file /usr/lib/os-release <<'TEXT'
PRETTY_NAME="Ubuntu 24.04.1 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
ID=ubuntu
TEXT
mkdir -p "$root/etc" && ln -s ../usr/lib/os-release "$root/etc/os-release"
for name in bin sbin lib; do mkdir -p "$root/usr/$name" && ln -s "usr/$name" "$root/$name"; done
printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\003\000\076\000' | file /usr/bin/env 0755
file /usr/lib/systemd/systemd 0755 </dev/null
file /usr/lib/modules/6.8.0-1021-aws/modules.dep </dev/null
ln -s /usr/share/zoneinfo/Etc/UTC "$root/etc/localtime"
echo web-golden | file /etc/hostname
printf 'LABEL=cloudimg-rootfs / ext4 discard,commit=30,errors=remount-ro 0 1\n' | file /etc/fstab
printf '\tlinux /boot/vmlinuz-6.8.0-1021-aws root=LABEL=cloudimg-rootfs ro console=tty1 console=ttyS0 nvme_core.io_timeout=4294967295\n' | file /boot/grub/grub.cfg
printf 'GRUB_CMDLINE_LINUX="nvme_core.io_timeout=4294967295"\n' | file /etc/default/grub
printf 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\nshop:x:990:990::/opt/shop:/usr/sbin/nologin\nubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n' | file /etc/passwd
printf 'root:*:19600:0:99999:7:::\nwww-data:*:19600:0:99999:7:::\nshop:!:20300::::::\nubuntu:!:20300:0:99999:7:::\n' | file /etc/shadow 0640 0:42
printf 'root ALL=(ALL:ALL) ALL\n' | file /etc/sudoers 0440
printf 'shop ALL=(root) NOPASSWD: /usr/bin/systemctl restart shop.service\n' | file /etc/sudoers.d/shop 0440

# What the base brings, nginx as the team installed it, and its configuration as the team changed it.
echo 'worker_processes auto;' | file /etc/nginx/nginx.conf
echo '[Unit]' | file /usr/lib/systemd/system/nginx.service
echo '[Unit]' | file /usr/lib/systemd/system/ssh.service
file /usr/lib/systemd/system/amazon-ssm-agent.service <<<'[Unit]'
package base-files 13ubuntu10 $BASE required /usr/lib/os-release /etc/os-release
package libc6 2.39-0ubuntu8 $BASE required
package openssh-server 1:9.6p1-3ubuntu13 $BASE optional /usr/lib/systemd/system/ssh.service
package sudo 1.9.15p5-3ubuntu5 $BASE optional /etc/sudoers
package systemd 255.4-1ubuntu8 $BASE important /usr/lib/systemd/systemd
package coreutils 9.4-3ubuntu6 $BASE required /usr/bin/env
package linux-image-6.8.0-1021-aws 6.8.0-1021.23 $BASE optional
package nginx 1.24.0-2ubuntu7 $OWN optional /etc/nginx /etc/nginx/nginx.conf /usr/lib/systemd/system/nginx.service
package nginx-common 1.24.0-2ubuntu7 $OWN optional
package postgresql-client 16+257build1 $OWN optional
package amazon-ssm-agent 3.3.987.0 $OWN optional /usr/lib/systemd/system/amazon-ssm-agent.service
printf '%s' "$status" | file /var/lib/dpkg/status
printf 'Package: libc6\nArchitecture: amd64\nAuto-Installed: 1\n\nPackage: nginx-common\nArchitecture: amd64\nAuto-Installed: 1\n' | file /var/lib/apt/extended_states
printf 'Start-Date: 2025-10-01  00:00:00\nCommandline: apt-get install -y nginx postgresql-client\nEnd-Date: 2025-10-01  00:01:00\n' | file /var/log/apt/history.log
printf 'worker_processes auto;\nworker_rlimit_nofile 65536;\n' | file /etc/nginx/nginx.conf

# The team's own.
printf '[Unit]\nDescription=web shop\n[Service]\nUser=shop\nExecStart=/opt/shop/bin/run\n[Install]\nWantedBy=multi-user.target\n' | file /etc/systemd/system/shop.service
printf '#!/bin/sh\nexec sleep infinity\n' | file /opt/shop/bin/run 0755 990:990
printf 'title = web shop\n' | file /opt/shop/settings.toml 0640 990:990
printf 'net.core.somaxconn = 4096\n' | file /etc/sysctl.d/50-shop.conf
printf '17 3 * * * root /opt/shop/bin/rotate\n' | file /etc/cron.d/shop
printf '#!/bin/sh\nfind /var/log/shop -mtime +7 -delete\n' | file /opt/shop/bin/rotate 0755
for number in $(seq 1 80); do printf 'page %s\n' "$number" | file "/srv/site/page-$number.html"; done
for unit in nginx ssh; do mkdir -p "$root/etc/systemd/system/multi-user.target.wants" && ln -s "/usr/lib/systemd/system/$unit.service" "$root/etc/systemd/system/multi-user.target.wants/$unit.service"; done
ln -s /etc/systemd/system/shop.service "$root/etc/systemd/system/multi-user.target.wants/shop.service"
ln -s /usr/lib/systemd/system/amazon-ssm-agent.service "$root/etc/systemd/system/multi-user.target.wants/amazon-ssm-agent.service"

# AWS's, and what must not travel.
printf '{}\n' | file /etc/amazon/ssm/amazon-ssm-agent.json
printf 'server 169.254.169.123 prefer iburst\n' | file /etc/chrony/sources.d/amazon.sources
printf 'datasource_list: [ Ec2, None ]\n' | file /etc/cloud/cloud.cfg.d/90_dpkg.cfg
printf '[default]\naws_access_key_id = AKIA%s\n' QQQQWWWWEEEERRRR | file /root/.aws/credentials 0600
printf 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMADEUPKEYMADEUPKEYMADEUPKEYMADEUPKEYMADE nobody@example.com\n' | file /home/ubuntu/.ssh/authorized_keys 0600 1000:1000

find "$root" -newermt '2025-10-02' -exec touch -h -d "@$OWN" {} +
disk=$work/disk.raw
truncate -s 16M "$disk"
sfdisk -q "$disk" <<'TEXT'
label: gpt
label-id: 6B1D0F3E-5C2A-4E57-9A3B-2D7E0C4F8A11
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, uuid=6B1D0F3E-5C2A-4E57-9A3B-2D7E0C4F8A12
start=4096, size=26624, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=6B1D0F3E-5C2A-4E57-9A3B-2D7E0C4F8A13
TEXT
printf 'GRUB ' | dd of="$disk" bs=1 seek=128 conv=notrunc status=none
printf 'simulated boot loader' | dd of="$disk" bs=512 seek=2048 conv=notrunc status=none
truncate -s 13M "$work/root.ext4"
E2FSPROGS_FAKE_TIME=$OWN mke2fs -q -t ext4 -O ^has_journal,^metadata_csum_seed -N 512 -U 6b1d0f3e-5c2a-4e57-9a3b-2d7e0c4f8a14 -L cloudimg-rootfs -E hash_seed=6b1d0f3e-5c2a-4e57-9a3b-2d7e0c4f8a15,root_owner=0:0 -d "$root" "$work/root.ext4"
# Times of change cannot be set in a folder.
last=$(dumpe2fs -h "$work/root.ext4" 2>/dev/null | awk -F : '/^Inode count/ { count = $2 } /^Free inodes/ { print count - $2 }')
for inode in $(seq 2 "$last"); do
  for field in atime ctime crtime; do printf 'set_inode_field <%d> %s @%d\n' "$inode" "$field" "$OWN"; done
  for field in atime_extra ctime_extra crtime_extra mtime_extra; do printf 'set_inode_field <%d> %s 0\n' "$inode" "$field"; done
done >"$work/times"
E2FSPROGS_FAKE_TIME=$OWN debugfs -w -f "$work/times" "$work/root.ext4" >/dev/null 2>&1
dd if="$work/root.ext4" of="$disk" bs=1M seek=2 conv=notrunc status=none
python3 - "$disk" "$here/../disks.json" <<'PYTHON'
import base64, gzip, json, sys
with open(sys.argv[1], 'rb') as disk:
    packed = gzip.compress(disk.read(), 9, mtime=0)
with open(sys.argv[2], 'w') as out:
    json.dump({'snap-08111836a80116ca9': base64.b64encode(packed).decode()}, out, indent=2)
    out.write('\n')
PYTHON
