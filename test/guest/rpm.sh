# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# The steps on a system of the RHEL family: real rpm with packages made here, real dracut; the kernel and the rest are Debian's. Sourced by suite.sh.

# Makes $root another system, as it calls itself and as the plan names its family, with a database of packages where that system has it.
calls_itself() { # calls_itself <id> <version>
  printf '%s\n' "NAME=\"$1\"" "ID=\"$1\"" "VERSION_ID=\"$2\"" >"$root/usr/lib/os-release"
  echo "REGILD_FAMILY=$(family_of "$1")" >"$root/opt/regild/guest.env"
  mkdir -p "$root/etc/rpm"
  echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros"
  inside rpm --initdb
}

family_of() { # family_of <ID of os-release>
  case $1 in
    debian | ubuntu) echo debian ;;
    sles | opensuse*) echo suse ;;
    azurelinux | mariner) echo azurelinux ;;
    *) echo redhat ;;
  esac
}

# rpm_spec <name> <version> <lines of the spec> [file…] — a package of $root with these files, or with one of its own.
rpm_spec() {
  local name=$1 version=$2 lines=$3 file
  shift 3
  [ "$#" -gt 0 ] || set -- "/usr/share/$name/file"
  mkdir -p "$root/tmp/specs"
  {
    printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: made for the test\nLicense: Apache-2.0\nBuildArch: noarch\n%s\n%%description\ntest\n%%install\n' "$name" "$version" "$lines"
    # A file that is there already is what the package brings.
    for file in "$@"; do printf 'mkdir -p "%%{buildroot}%s"\n[ ! -e %s ] && echo x >%%{buildroot}%s || cp %s %%{buildroot}%s\n' "$(dirname "$file")" "$file" "$file" "$file" "$file"; done
    printf '%%files\n'
    printf '%s\n' "$@"
  } >"$root/tmp/specs/$name.spec"
}

# Builds every spec of $root that is not built yet.
build_packages() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  inside sh -c 'for spec in /tmp/specs/*.spec; do rpmbuild --quiet -bb --define "_topdir /tmp/rpm" "$spec" && rm "$spec" || exit 1; done' >"$work/rpm.log" 2>&1 || cat "$work/rpm.log"
}

# rpm_package <name> <version> [lines of the spec] — builds and installs a package in $root.
rpm_package() {
  rpm_spec "$1" "$2" "${3:-}"
  build_packages
  inside sh -c "rpm -i --nodeps /tmp/rpm/RPMS/noarch/$1-*.rpm" >"$work/rpm.log" 2>&1 || cat "$work/rpm.log"
}

test_rpm() {
  fresh rpm
  calls_itself rocky 9.4
  rpm_package amazon-ssm-agent 3.3
  rpm_package rh-amazon-rhui-client 4.0
  rpm_package xray 3.3
  rpm_package customer-app 1.0 'Requires: xray'
  rpm_package customer-tool 1.0
  mkdir -p "$root/etc/yum.repos.d" "$root/etc/pki/rhui"
  printf '%s\n' '[rhui]' 'baseurl=https://rhui.REGION.aws.ce.redhat.com/x' >"$root/etc/yum.repos.d/redhat-rhui.repo"
  for phase in remove-aws configure; do ok "rpm: remove-aws $phase" inside sh /opt/regild/remove-aws.sh "$phase"; done
  inside rpm -qa --qf '%{NAME}\n' | sort >"$work/rpm.txt"
  ok 'rpm: AWS packages are gone, what needs another stays with it' diff <(printf '%s\n' customer-app customer-tool xray) "$work/rpm.txt"
  ok 'rpm: the report says what was left' grep -qP '^aws-xray-daemon\tleft\tpackage xray' "$root/opt/regild/report.tsv"
  ok 'rpm: the RHUI repository of AWS is gone' absent /etc/yum.repos.d/redhat-rhui.repo
  inside sh /opt/regild/checks.sh guest >"$work/checks.txt" 2>/dev/null || true
  ok 'rpm: no check ends in an error' not grep -qP '^regild-check\t[^\t]+\terror' "$work/checks.txt"
  ok 'rpm: the leftover is told' check_said azl-40-aws-leftovers 'fail\t[^\t]*aws-xray-daemon[^\t]*'
  test_network_scripts
  test_boot_entries
  test_name_generator
  test_dracut
}

network_checks() { inside sh /opt/regild/checks.sh guest lis-04-network-file lis-05-eth0-profile >"$work/checks.txt" 2>/dev/null || true; }

# In $root, which is of the RHEL family.
test_network_scripts() {
  mkdir -p "$root/etc/sysconfig/network-scripts"
  network_checks
  ok 'rpm: without network scripts both checks fail' diff <(printf '%s\n' lis-04-network-file lis-05-eth0-profile) <(failing "$work/checks.txt")
  ok 'rpm: the network step' inside sh /opt/regild/network.sh
  network_checks
  ok 'rpm: and both pass after it' diff /dev/null <(failing "$work/checks.txt")
  sed -i 's/^BOOTPROTO=.*/BOOTPROTO=static/' "$root/etc/sysconfig/network-scripts/ifcfg-eth0"
  network_checks
  ok 'rpm: a static address fails' check_said lis-05-eth0-profile 'fail\t[^\t]*BOOTPROTO=dhcp'
  rm -r "$root/etc/sysconfig/network-scripts" "$root/etc/sysconfig/network"
  mkdir -p "$root/etc/NetworkManager/system-connections"
  printf '%s\n' '[connection]' 'id=cloud-init eth0' 'interface-name=eth0' '[ipv4]' 'method=auto' >"$root/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection"
  network_checks
  ok "rpm: NetworkManager's own profile passes" diff /dev/null <(failing "$work/checks.txt")
  sed -i 's/^method=auto/method=manual/' "$root/etc/NetworkManager/system-connections/cloud-init-eth0.nmconnection"
  network_checks
  ok 'rpm: and fails with a static address' check_said lis-05-eth0-profile 'fail\t[^\t]*not automatic'
  rm -r "$root/etc/NetworkManager/system-connections"
  network_checks
  ok 'rpm: without scripts and without NetworkManager both fail' diff <(printf '%s\n' lis-04-network-file lis-05-eth0-profile) <(failing "$work/checks.txt")
  printf '%s\n' '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target' >"$root/usr/lib/systemd/system/NetworkManager.service"
  inside systemctl --quiet enable NetworkManager.service
  network_checks
  ok 'rpm: NetworkManager alone makes its own profile' diff /dev/null <(failing "$work/checks.txt")
  mkdir -p "$root/etc/NetworkManager/conf.d"
  printf '%s\n' '[main]' 'no-auto-default=*' >"$root/etc/NetworkManager/conf.d/00-server.conf"
  network_checks
  ok 'rpm: unless it is told not to' diff <(printf '%s\n' lis-04-network-file lis-05-eth0-profile) <(failing "$work/checks.txt")
}

# Release 8 keeps the arguments in the boot loader's environment block; entries for recovery are nobody's way to start on Azure.
test_boot_entries() {
  local checks='lis-12-serial-console azl-08-kernel-command-line'
  mkdir -p "$root/boot/loader/entries" "$root/boot/grub2"
  # shellcheck disable=SC2016 # the boot loader's variables
  printf '%s\n' 'title Rocky Linux' 'options $kernelopts $tuned_params' >"$root/boot/loader/entries/a.conf"
  printf '%s\n' '# GRUB Environment Block' 'kernelopts=root=/dev/mapper/rootvg-rootlv ro console=tty1 console=ttyS0 ' >"$root/boot/grub2/grubenv"
  # shellcheck disable=SC2086 # ids are words
  boot_checks() { inside sh /opt/regild/checks.sh guest $checks >"$work/checks.txt" 2>/dev/null || true; }
  boot_checks
  ok 'boot entries: the environment block has the console' diff /dev/null <(failing "$work/checks.txt")
  printf '%s\n' 'kernelopts=root=/dev/mapper/rootvg-rootlv ro nvme_core.io_timeout=4294967295' >"$root/boot/grub2/grubenv"
  boot_checks
  # shellcheck disable=SC2086
  ok 'boot entries: and is missed where it has none' diff <(printf '%s\n' $checks | sort) <(failing "$work/checks.txt")
  rm -r "$root/boot/loader" "$root/boot/grub2/grubenv"
  printf '\tlinux\t/boot/vmlinuz root=UUID=1 ro console=tty1 console=ttyS0\n\tlinux\t/boot/vmlinuz root=UUID=1 ro recovery nomodeset\n' >"$root/boot/grub2/grub.cfg"
  boot_checks
  ok 'boot entries: one for recovery needs no console' diff /dev/null <(failing "$work/checks.txt")
  printf '\tlinux\t/boot/vmlinuz.old root=UUID=1 ro\n' >>"$root/boot/grub2/grub.cfg"
  boot_checks
  ok 'boot entries: any other does' check_said lis-12-serial-console fail
  rm "$root/boot/grub2/grub.cfg"
}

# A rule that names network cards by their MAC address at every boot, as SUSE has it.
test_name_generator() {
  local generator=75-persistent-net-generator.rules
  name_check() { inside sh /opt/regild/checks.sh guest lis-06-persistent-net-rules >"$work/checks.txt" 2>/dev/null || true; }
  echo 'x' >"$root/usr/lib/udev/rules.d/$generator"
  name_check
  ok 'network names: a generator of names fails' check_said lis-06-persistent-net-rules fail
  ok 'network names: the network step' inside sh /opt/regild/network.sh
  name_check
  ok 'network names: turns it off' check_said lis-06-persistent-net-rules pass
  ok 'network names: by a link that is there after the step again' inside sh -c "sh /opt/regild/network.sh && [ \"\$(readlink /etc/udev/rules.d/$generator)\" = /dev/null ]"
  rm "$root/usr/lib/udev/rules.d/$generator"
  ok 'network names: without the generator' inside sh /opt/regild/network.sh
  ok 'network names: the link goes' absent "/etc/udev/rules.d/$generator"
}

dracut_has() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  inside sh -c 'lsinitrd "$(. /opt/regild/lib.sh && regild_initramfs "$0")"' "$(kernel)" | grep -E "/$1\.ko" >/dev/null
}
initramfs_state() { find "$root/boot" -name 'init*' -printf '%f %T@\n'; }

# With the real dracut: an initramfs without the drivers of Hyper-V, as one made on EC2 is.
test_dracut() {
  rm -rf "$root/etc/initramfs-tools" "$root/usr/sbin/update-initramfs" "$root/usr/bin/lsinitramfs" "$root"/boot/initrd.img-*
  mkdir -p "$root/etc/dracut.conf.d"
  ok 'dracut: an initramfs as on EC2' inside dracut --force --no-hostonly --omit-drivers 'hv_vmbus hv_storvsc hv_netvsc hid-hyperv hyperv-keyboard hyperv_fb pci-hyperv' "/boot/initramfs-$(kernel).img" "$(kernel)"
  ok 'dracut: it cannot reach a Hyper-V disk' not dracut_has hv_storvsc
  mkdir -p "$root/etc/lvm/devices"
  echo 'IDTYPE=sys_wwid IDNAME=nvme.1d0f-766f6c DEVNAME=/dev/nvme0n1p3 PVID=x PART=3' >"$root/etc/lvm/devices/system.devices"
  inside sh /opt/regild/checks.sh guest azl-10-storage-references >"$work/checks.txt" 2>/dev/null || true
  ok "LVM's list of disks fails" check_said azl-10-storage-references 'fail\t[^\t]*system.devices[^\t]*'
  ok 'dracut: the boot step' inside sh /opt/regild/boot.sh
  for module in hv_vmbus hv_storvsc hv_netvsc pci-hyperv; do ok "dracut: the initramfs has $module" dracut_has "$module"; done
  ok "LVM's list of disks is gone" absent /etc/lvm/devices/system.devices
  initramfs_state >"$work/initramfs.first"
  ok 'dracut: the boot step again' inside sh /opt/regild/boot.sh
  ok 'dracut: leaves the initramfs as it is' diff "$work/initramfs.first" <(initramfs_state)
}
