# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# One root file system, told by the script that runs in a machine and read from a disk: the two inventories are the same. Sourced by run.sh.

test_circle() {
  local root=$work/circle
  ok 'circle: a root file system is made' make_circle_root "$root"
  [ -x "$root/usr/bin/dpkg-query" ] || return 0
  furnish "$root"
  make_image "$work/circle.img" 1G mkfs.ext4 -q -d "$root"
  cp "$project/scripts/linux/inventory-lines.sh" "$root/tmp/"
  ok 'circle: the script runs in the root file system' tell_circle "$root"
  ok 'circle: it tells what the disk reader reads' "$node" "$here/compare-inventories.ts" "$work/circle.img" "$work/circle.tsv"
}

# As a running machine: nothing of this one is in the environment.
tell_circle() { # tell_circle <root>
  chroot "$1" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh /tmp/inventory-lines.sh >"$work/circle.tsv"
}

make_circle_root() { # make_circle_root <folder>
  local options=() line
  while IFS= read -r line; do options+=("--aptopt=$line"); done < <(apt_options)
  mmdebstrap --quiet --variant=apt --dpkgopt=force-unsafe-io "${options[@]}" --include=cron,openssh-server,sudo,systemd-sysv,tzdata,ucf trixie "$1"
}

# What people do to a machine, and what is hard to tell the same way twice.
furnish() { # furnish <root>
  furnish_system "$1"
  furnish_accounts "$1"
  furnish_services "$1"
  furnish_packages "$1"
  furnish_files "$1"
  furnish_trees "$1"
}

furnish_system() {
  rm -f "$1/etc/localtime" "$1/etc/locale.conf"
  echo Europe/Berlin >"$1/etc/timezone"
  echo "LANG='de_DE.UTF-8'" >"$1/etc/default/locale"
  echo web-042 >"$1/etc/hostname"
  mkdir -p "$1/lib/modules/6.12.0-cloud" "$1/etc/sysctl.d" "$1/etc/security/limits.d" "$1/etc/crypto-policies"
  echo FIPS >"$1/etc/crypto-policies/config"
  printf '# comment\n; comment = too\nnet.core.somaxconn=4096\n kernel.core_pattern = |/usr/bin/x --a=b %%p  \n-net.ipv4.absent = 1\nvm.overcommit_memory = 1' >"$1/etc/sysctl.d/50-shop.conf"
  echo 'vm.hidden = 1' >"$1/etc/sysctl.d/.hidden.conf"
  printf '@shop  soft nofile 65536 # many\n  root hard core 0\nshort line\n' >"$1/etc/security/limits.d/shop.conf"
}

furnish_accounts() {
  printf 'shop:x:1001:1001::/home/shop:/bin/bash\nold:!:1002:1002::/home/old:/bin/sh\nopen::1003:1003::/home/open:/bin/sh\nlast:x:1004:1004::/home/last:/bin/sh' >>"$1/etc/passwd"
  # shellcheck disable=SC2016 # a hash
  printf 'shop:$6$salt$hash:19000:0:99999:7:::\nlast::19000:0:99999:7:::\n' >>"$1/etc/shadow"
  mkdir -p "$1/home/shop/.ssh" "$1/home/last"
  printf '# comment\nssh-ed25519 AAAA one\n\n  ssh-ed25519 AAAB two' >"$1/home/shop/.ssh/authorized_keys"
  chown -R 1001:1001 "$1/home/shop"
  printf 'Defaults:shop !requiretty\nshop\tALL = (root)   NOPASSWD: /bin/true, \\\n    /bin/false\n@include /etc/sudoers.more\n#includedir /etc/x\nlast ALL=(ALL) ALL' >"$1/etc/sudoers.d/shop"
  cp "$1/etc/sudoers.d/shop" "$1/etc/sudoers.d/shop.bak"
  echo 'odd ALL=(ALL) ALL' >"$1/etc/sudoers.d/a~b"
  echo 'backup ALL=(ALL) ALL' >"$1/etc/sudoers.d/backup~"
}

furnish_services() {
  local units=$1/etc/systemd/system
  mkdir -p "$units/multi-user.target.wants" "$units/shop.target.requires" "$1/etc/cron.d" "$1/var/spool/cron/crontabs"
  printf '[Service]\nExecStart=/opt/shop/run\n' >"$units/shop@.service"
  ln -s /etc/systemd/system/shop@.service "$units/multi-user.target.wants/shop@1.service"
  ln -s /etc/systemd/system/shop.timer "$units/shop.target.requires/shop.timer"
  ln -s /usr/lib/systemd/system/graphical.target "$units/multi-user.target.wants/graphical.target"
  ln -s /dev/null "$units/apt-daily.timer"
  ln -sf /usr/lib/systemd/system/systemd-networkd.service "$units/dbus-org.example.service"
  ln -sf /opt/shop/linked.service "$units/linked.service"
  printf 'MAILTO=ops\n# comment\n*/5 * * * * shop /opt/shop/run\n@daily shop true' >"$1/etc/cron.d/shop"
  echo '* * * * * root true' >"$1/etc/cron.d/.hidden"
  printf '#!/bin/sh\ntrue\n' >"$1/etc/cron.daily/shop"
  echo '0 1 * * * true' >"$1/var/spool/cron/crontabs/shop"
}

# What came past dpkg, what dpkg only keeps the settings of, and what somebody changed of a package.
furnish_packages() {
  local site=$1/usr/local/lib/python3.13/dist-packages package=$1/var/lib/dpkg/info/regild-circle
  mkdir -p "$site/requests-2.32.3.dist-info" "$site/old_tool-1.0-py3.13.egg-info" "$1/usr/lib/python3/dist-packages/boto3-1.40.0.dist-info" "$1/opt/circle/lib" "$1/etc/circle"
  printf 'one\n' >"$1/opt/circle/packed"
  printf 'two\n' >"$1/opt/circle/changed"
  printf 'kept\n' >"$1/etc/circle/kept.conf"
  printf '/.\n/opt\n/opt/circle\n/opt/circle/packed\n/opt/circle/changed\n/opt/circle/lib\n' >"$package.list"
  (cd "$1" && md5sum opt/circle/packed opt/circle/changed) >"$package.md5sums"
  printf '/.\n/etc\n/etc/circle\n/etc/circle/kept.conf\n' >"$package-gone.list"
  {
    printf '\nPackage: regild-circle\nStatus: install ok installed\nMaintainer: x <x@example.com>\nArchitecture: all\nVersion: 1:2.0-1\nDescription: x\n'
    printf '\nPackage: regild-circle-gone\nStatus: deinstall ok config-files\nMaintainer: x <x@example.com>\nArchitecture: all\nVersion: 1.0\nConffiles:\n /etc/circle/kept.conf %s\nDescription: x\n' \
      "$(md5sum <"$1/etc/circle/kept.conf" | cut -d ' ' -f 1)"
  } >>"$1/var/lib/dpkg/status"
  printf 'Package: tzdata\nArchitecture: all\nAuto-Installed: 1\n\n' >>"$1/var/lib/apt/extended_states"
  printf 'three\n' >>"$1/opt/circle/changed"
  printf '# changed\n' >>"$1/etc/ssh/sshd_config"
  printf '# changed\n' >>"$1/etc/pam.d/common-auth"
  cp "$1/opt/circle/packed" "$1/srv/copy-of-packed"
  # A package that nobody configured is there, and a file that was diverted is its package's where it lies now.
  mkdir -p "$1/opt/half"
  echo half >"$1/opt/half/packed"
  printf '/.\n/opt\n/opt/half\n/opt/half/packed\n' >"$package-half.list"
  printf '\nPackage: regild-circle-half\nStatus: install ok unpacked\nMaintainer: x <x@example.com>\nArchitecture: all\nVersion: 1\nDescription: x\n' >>"$1/var/lib/dpkg/status"
  chroot "$1" dpkg-divert --quiet --local --rename --add /etc/adduser.conf && echo own >"$1/etc/adduser.conf"
  # A setting that became a link is no changed file.
  mv "$1/etc/deluser.conf" "$1/srv/deluser.conf" && printf 'x\n' >>"$1/srv/deluser.conf" && ln -s /srv/deluser.conf "$1/etc/deluser.conf"
}

furnish_files() {
  mkdir -p "$1/opt/shop/a b" "$1/srv/.cache" "$1/srv/__pycache__" "$1/var/www/html"
  install -m 4755 /dev/null "$1/opt/shop/setuid"
  printf '#!/bin/sh\n' >"$1/opt/shop/run"
  chmod 0755 "$1/opt/shop/run"
  printf 'x' >"$1/opt/shop/a b/ leading and trailing "
  printf 'y' >"$1/opt/shop/back\\slash"
  printf 'z' >"$1/opt/shop/-dash"
  printf 'z' >"$1/opt/shop/quote'\"\$(x)\`"
  printf 'u' >"$1/opt/shop/ümlaut €"
  printf 'l' >"$1/opt/shop/"$'latin1-\xe9'
  printf 'c' >"$1/opt/shop/control"$'\x01'
  ln -s "nowhere with space\\n" "$1/opt/shop/link"
  ln -s ../../usr/bin/env "$1/opt/shop/relative"
  ln -s /etc/alternatives/awk "$1/opt/shop/alternative"
  head -c 1048576 /dev/zero >"$1/opt/shop/limit"
  head -c 1048577 /dev/zero >"$1/opt/shop/above"
  echo x >"$1/srv/.cache/x"
  echo x >"$1/srv/__pycache__/x"
  echo history >"$1/home/shop/.bash_history"
}

# Large folders: of people's making alone, with a backslash in the name, with files that are made again, and with something of a package.
furnish_trees() {
  local folder
  for folder in srv/many:70 "srv/very\\many:600" home/shop/project:600 opt/circle/lib/own:70 opt/circle:70 etc/circle/many:70 etc/circle/more:600; do
    mkdir -p "$1/${folder%:*}/deep"
    seq "${folder##*:}" | while IFS= read -r number; do echo "$folder $number" >"$1/${folder%:*}/deep/../f$number"; done
  done
  mkdir -p "$1/home/shop/project/.cache"
  echo x >"$1/home/shop/project/.cache/x"
  echo history >"$1/home/shop/project/.bash_history"
}
