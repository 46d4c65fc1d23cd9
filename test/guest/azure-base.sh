# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# What an Azure Marketplace base brings of its own looks like AWS's in many places: the same folders, the same services by the same vendors.
# No step may take it for AWS's. Needs the functions of rpm.sh. Sourced by suite.sh.

# An Azure base of another family: Debian's packages of AWS below it are no part of it.
fresh_base() { # fresh_base <name> <id> <version>
  fresh "$1"
  inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  calls_itself "$2" "$3"
  case $2 in
    sles) network_service wicked ;;
    azurelinux) network_service systemd-networkd ;;
    *) network_service NetworkManager ;;
  esac
}

# What brings the card up, as far as being enabled goes.
network_service() { # network_service <name>
  [ -e "$root/usr/lib/systemd/system/$1.service" ] ||
    put_file "/usr/lib/systemd/system/$1.service" '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'
  inside systemctl --quiet enable "$1.service"
}

put_file() { # put_file <path> <line…>
  mkdir -p "$(dirname "$root$1")"
  printf '%s\n' "${@:2}" >"$root$1"
}

# Sum and mode of every file of the base's own.
sums_of() { (cd "$root" && sha256sum "${@/#/.}" && stat -c '%a %U:%G %n' "${@/#/.}"); }

expected_blocks=(azl-23-platform-endpoints)

# What an administrator's login and the network of a family look like on a machine that cloud-init set up.
first_boot() {
  put_file /var/lib/waagent/ovf-env.xml '<a><UserName>packer</UserName></a>'
  inside useradd -m -s /bin/bash packer
  put_file /etc/sudoers.d/90-cloud-init-users 'packer ALL=(ALL) NOPASSWD:ALL'
  inside ssh-keygen -A >/dev/null
  put_file /home/packer/.ssh/authorized_keys 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake packer'
  echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
}

# On this family the agent looks for a card with a route, which a guest here does not have, and waits for it.
agent_without_network() {
  printf '%s\n' '#!/bin/sh' 'exit 0' >"$root/usr/sbin/waagent"
}

# Generalize over it ends well, and the last look finds nothing that blocks.
generalizes() { # generalizes <name>
  ok "$1: generalize" inside sh /opt/regild/generalize.sh
  ok "$1: the account of the build is gone" no_text '^packer:' /etc/passwd
}

# Every step up to the checks, and what they found of AWS.
untouched() { # untouched <name> <path…>
  local name=$1
  shift
  sums_of "$@" >"$work/$name.before"
  ok "$name: every step ends well" run_steps sh "$name"
  ok "$name: what Azure's base brings is as it was" diff "$work/$name.before" <(sums_of "$@")
  ok "$name: and nothing of it was taken for AWS's" diff /dev/null <(awk -F '\t' '$2 != "not-found"' "$root/opt/regild/report.tsv")
  inside sh /opt/regild/checks.sh guest >"$work/checks.txt" 2>/dev/null || true
  ok "$name: no AWS component is left" check_said azl-01-no-aws-components pass
  # The fabric cannot answer here, and the kernel that runs is the one of the machine that runs the suite.
  ok "$name: no check blocks it" diff <(printf '%s\n' "${expected_blocks[@]}") <(blocking "$work/checks.txt" | grep -vx azl-07-default-kernel)
  inside sh /opt/regild/leak-scan.sh guest >"$work/leaks.txt" 2>/dev/null || true
  ok "$name: the leak scan has nothing against it" not grep -P '^regild-leak\t[^\t]+\tblock' "$work/leaks.txt"
}

# RHEL with Azure's update infrastructure: client certificate and key in the folder that AWS's client uses too.
test_rhel_base() {
  local files=(/etc/pki/rhui/product/content.crt /etc/pki/rhui/key.pem /etc/yum.repos.d/rh-cloud.repo /etc/pki/rpm-gpg/RPM-GPG-KEY-microsoft-azure-release)
  fresh_base rhel rhel 9.6
  put_file /etc/pki/rhui/key.pem '-----BEGIN PRIVATE KEY-----' 'bWFkZSBmb3IgdGhlIHRlc3Q=' '-----END PRIVATE KEY-----'
  put_file /etc/yum.repos.d/rh-cloud.repo '[rhui-microsoft-azure-rhel9]' 'name=Azure' 'baseurl=https://rhui4-1.microsoft.com/pulp/repos/unprotected/microsoft-azure-rhel9' 'enabled=1'
  rpm_spec rhui-azure-rhel9 2.3 '' "${files[@]}"
  build_packages
  for file in "${files[@]}"; do rm -f "$root$file"; done
  ok 'rhel: Azure has its own update client' inside sh -c 'rpm -i /tmp/rpm/RPMS/noarch/rhui-azure-rhel9-*.rpm'
  rpm_installs WALinuxAgent cloud-init chrony
  first_boot
  untouched rhel "${files[@]}"
  agent_without_network
  generalizes rhel
}

# Packages that the base has anyway, so that no repository is asked.
rpm_installs() {
  local name
  for name in "$@"; do rpm_package "$name" 1.0; done
}

# SLES that registered itself with Azure's update servers when the build machine started.
test_sles_base() {
  local owned=(/etc/regionserverclnt.cfg /usr/lib/regionService/certs/23.100.36.229.pem) own=(/etc/SUSEConnect /var/lib/cloudregister/currentSMTInfo.obj /etc/hosts /etc/zypp/repos.d/base.repo)
  fresh_base sles-azure sles 15.6
  put_file /etc/regionserverclnt.cfg '[server]' 'api = regionInfo' 'certLocation = /usr/lib/regionService/certs' 'regionsrv = 23.100.36.229' '[instance]' 'dataProvider = /usr/bin/azuremetadata --api latest --subscriptionId --billingTag --attestedData --signature --xml' 'instanceArgs = msftazure' 'httpsOnly = true'
  rpm_spec regionServiceClientConfigAzure 2.1 '' "${owned[@]}"
  build_packages
  rm "$root/etc/regionserverclnt.cfg"
  ok 'sles: Azure has its own registration' inside sh -c 'rpm -i /tmp/rpm/RPMS/noarch/regionServiceClientConfigAzure-*.rpm'
  put_file /etc/SUSEConnect 'url: https://smt-azure.susecloud.net'
  put_file /var/lib/cloudregister/currentSMTInfo.obj state
  put_file /etc/hosts '127.0.0.1 localhost' '20.40.60.80 smt-azure.susecloud.net smt-azure'
  put_file /etc/zypp/repos.d/base.repo '[base]' 'baseurl=plugin:/susecloud?credentials=SLES&path=/repo'
  put_file /etc/sysconfig/network/dhcp 'DHCLIENT_SET_HOSTNAME="no"'
  # It registered itself at its first boot, before anybody could look.
  put_file /etc/zypp/credentials.d/SCCcredentials 'username=SCC_1' 'password=made-for-the-test'
  rpm_installs python-azure-agent cloud-init chrony
  first_boot
  untouched sles-azure "${owned[@]}" "${own[@]}"
  # shellcheck disable=SC2016 # for the script
  put_file /usr/sbin/registercloudguest '#!/bin/sh' 'echo "$*" >/var/lib/registration-was' 'rm -rf /etc/SUSEConnect /var/lib/cloudregister'
  chmod 0755 "$root/usr/sbin/registercloudguest"
  put_file /var/lib/wicked/duid.xml duid
  put_file "/var/log/journal/$(cat "$root/etc/machine-id")/system.journal" journal
  generalizes sles
  ok 'sles: the names by which DHCP knows this machine are gone' absent /var/lib/wicked/duid.xml
  ok "sles: and the journal's folder, which has its id" absent /var/log/journal/0123456789abcdef0123456789abcdef
  ok "sles: which ends the build machine's own registration" grep -qx -e --clean "$root/var/lib/registration-was"
  ok 'sles: and leaves no login to the update service' absent /etc/zypp/credentials.d/SCCcredentials
}

# Azure Linux has a file that Amazon Linux has too.
test_azurelinux_base() {
  fresh_base azurelinux-base azurelinux 3.0
  put_file /etc/yum.repos.d/azurelinux-official-base.repo '[azurelinux-official-base]' 'baseurl=https://packages.microsoft.com/azurelinux/3.0/prod/base/x86_64' 'enabled=1'
  put_file /etc/image-id 'IMAGE_BUILD_DATE=20261001' 'IMAGE_UUID=00000000-0000-0000-0000-000000000001'
  rpm_installs WALinuxAgent cloud-init chrony
  first_boot
  untouched azurelinux-base /etc/image-id /etc/yum.repos.d/azurelinux-official-base.repo
  generalizes azurelinux-base
}

# Release 8 runs sssd without any configuration: its caches are no membership of a domain.
test_el8_base() {
  fresh_base el8 rocky 8.10
  for name in config sssd cache_implicit_files timestamps_implicit_files; do put_file "/var/lib/sss/db/$name.ldb" "$name"; done
  el_network
  put_file /etc/yum.repos.d/Rocky-BaseOS.repo '[baseos]' 'mirrorlist=https://mirrors.rockylinux.org/mirrorlist' 'enabled=1'
  put_file /etc/wpa_supplicant/wpa_supplicant.conf 'ctrl_interface=/var/run/wpa_supplicant' 'ctrl_interface_group=wheel'
  rpm_installs WALinuxAgent cloud-init chrony
  first_boot
  untouched el8 /etc/yum.repos.d/Rocky-BaseOS.repo
  agent_without_network
  generalizes el8
  ok 'el8: the caches of sssd are gone' absent /var/lib/sss/db/config.ldb
}

# The network of the RHEL family as its Azure images have it.
el_network() {
  put_file /etc/sysconfig/network 'NETWORKING=yes'
  put_file /etc/sysconfig/network-scripts/ifcfg-eth0 'DEVICE=eth0' 'ONBOOT=yes' 'BOOTPROTO=dhcp' 'TYPE=Ethernet'
}

# A RHEL with a subscription of its owner's, on LVM: no repository before it is registered, and the list of this machine's disks.
test_el9_lvm_base() {
  fresh_base el9-lvm rhel 9.6
  el_network
  put_file /etc/fstab '/dev/mapper/rootvg-rootlv / xfs defaults 0 0' '/dev/mapper/rootvg-varlv /var xfs defaults 0 0' '/dev/mapper/rootvg-homelv /home xfs defaults 0 0' 'UUID=0000-0001 /boot/efi vfat umask=0077 0 0'
  put_file /etc/lvm/devices/system.devices 'IDTYPE=sys_wwid IDNAME=naa.6002 DEVNAME=/dev/sda4 PVID=x PART=4'
  rpm_installs WALinuxAgent cloud-init chrony
  first_boot
  untouched el9-lvm /etc/fstab
  ok 'el9-lvm: no repository is the business of its owner' check_said lis-11-repositories 'skip\t[^\t]*registers it[^\t]*'
  put_file /etc/lvm/devices/system.devices 'IDTYPE=sys_wwid IDNAME=naa.6002 DEVNAME=/dev/sda4 PVID=x PART=4'
  agent_without_network
  boot_entries_of_a_build
  generalizes el9-lvm
  boot_entries_of_an_image
  ok "el9-lvm: the list of this machine's disks is gone" absent /etc/lvm/devices/system.devices
  ok 'el9-lvm: and a new machine makes its own' test -e "$root/etc/lvm/devices/auto-import-rootvg"
}

# Entries as osbuild names them, and what an update of the build brought. The boot loader's block has 1,024 bytes.
boot_entries_of_a_build() {
  local id
  id=$(cat "$root/etc/machine-id")
  for name in ffffffffffffffffffffffffffffffff-5.14.0-1.el9 "$id-5.14.0-2.el9" "$id-0-rescue"; do put_file "/boot/loader/entries/$name.conf" "title $name"; done
  mkdir -p "$root/boot/grub2"
  printf '# GRUB Environment Block\nsaved_entry=%s-5.14.0-2.el9\n%0924d' "$id" 0 | tr 0 '#' | head -c 1024 >"$root/boot/grub2/grubenv"
  sed -i "s/^saved_entry=.*/saved_entry=$id-5.14.0-2.el9/" "$root/boot/grub2/grubenv"
  stat -c %s "$root/boot/grub2/grubenv" >"$work/grubenv.size"
}

entries_are() { diff <(printf 'ffffffffffffffffffffffffffffffff-%s.conf\n' "$@") <(ls "$root/boot/loader/entries"); }

# Nothing is named after the build machine, and the real kernel-install finds the entry of a kernel that goes.
boot_entries_of_an_image() {
  ok 'el9-lvm: boot entries are named after no machine' entries_are 0-rescue 5.14.0-1.el9 5.14.0-2.el9
  ok 'el9-lvm: the entry that boots too' text '^saved_entry=ffffffffffffffffffffffffffffffff-5.14.0-2.el9$' /boot/grub2/grubenv
  ok "el9-lvm: and the boot loader's block keeps its size" test "$(stat -c %s "$root/boot/grub2/grubenv")" = "$(cat "$work/grubenv.size")"
  echo 11111111111111111111111111111111 >"$root/etc/machine-id"
  inside kernel-install remove 5.14.0-1.el9 >"$work/kernel-install.log" 2>&1 || cat "$work/kernel-install.log"
  ok 'el9-lvm: a kernel that goes on another machine takes its entry along' entries_are 0-rescue 5.14.0-2.el9
}

# SUSE before its owner registers it, with its configuration below /usr/etc and the agent's own settings of the resource disk.
test_sles_byos_base() {
  fresh_base sles-byos sles 16.0
  # Debian's sshd knows no /usr/etc.
  expected_blocks=(azl-17-sshd azl-23-platform-endpoints)
  put_file /etc/sysconfig/network/dhcp 'DHCLIENT_SET_HOSTNAME="no"'
  mkdir -p "$root/usr/etc/ssh"
  mv "$root/etc/ssh/sshd_config" "$root/usr/etc/ssh/sshd_config"
  mv "$root/etc/sudoers" "$root/usr/etc/sudoers"
  printf '%s\n' 'Defaults targetpw' 'ALL ALL=(ALL) ALL' >>"$root/usr/etc/sudoers"
  sed -i 's/^ResourceDisk.Format=.*/ResourceDisk.Format=y/; s/^ResourceDisk.EnableSwap=.*/ResourceDisk.EnableSwap=y/' "$root/etc/waagent.conf"
  rpm_installs python-azure-agent cloud-init chrony
  first_boot
  untouched sles-byos /usr/etc/sudoers
  ok 'sles-byos: no repository is the business of its owner' check_said lis-11-repositories 'skip\t[^\t]*registers it[^\t]*'
  ok "sles-byos: what the agent does with the resource disk is the base's choice" text '^ResourceDisk.Format=y' /etc/waagent.conf
  ok "sles-byos: sudo asks for one's own password" check_said lis-01-sudo-targetpw pass
  generalizes sles-byos
}

# A package of Debian's kind with nothing in it.
deb_installs() { # deb_installs <name…>
  local name
  for name in "$@"; do
    mkdir -p "$work/made/$name/DEBIAN"
    printf '%s\n' "Package: $name" 'Version: 1.0' 'Architecture: all' 'Maintainer: suite <suite@localhost>' 'Description: made for the test' >"$work/made/$name/DEBIAN/control"
    dpkg-deb --root-owner-group --build "$work/made/$name" "$root/tmp/$name.deb" >/dev/null
    inside dpkg --force-all -i "/tmp/$name.deb" >"$work/deb.log" 2>&1 || cat "$work/deb.log"
    rm "$root/tmp/$name.deb"
  done
}

debian_base() { # debian_base <name> <id> <version> <package made here…>
  fresh "$1"
  inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  printf '%s\n' "NAME=\"$2\"" "ID=$2" "VERSION_ID=\"$3\"" >"$root/usr/lib/os-release"
  deb_installs "${@:4}"
  debian_first_boot "$1"
}

# What cloud-init leaves of a first boot, and every step over it. $root has the system.
debian_first_boot() { # debian_first_boot <name>
  network_service systemd-networkd
  put_file /etc/netplan/50-cloud-init.yaml '# This file is generated from information provided by the datasource.' 'network:' '    ethernets:' '        eth0:' '            dhcp4: true' '            match:' '                driver: hv_netvsc' '                macaddress: 00:0d:3a:00:00:01' '            set-name: eth0' '    version: 2'
  put_file /etc/fstab 'UUID=0000-0002 / ext4 discard 0 1' '/dev/disk/cloud/azure_resource-part1	/mnt	auto	defaults,nofail,x-systemd.requires=cloud-init.service,_netdev,comment=cloudconfig	0	2'
  first_boot
  untouched "$1" /etc/netplan/50-cloud-init.yaml
  generalizes "$1"
  ok "$1: the resource disk of the build machine is not in fstab" no_text cloudconfig /etc/fstab
}

test_ubuntu_2404_base() { debian_base ubuntu-2404 ubuntu 24.04 walinuxagent linux-azure linux-cloud-tools-common azure-vm-utils; }
test_ubuntu_2604_base() { debian_base ubuntu-2604 ubuntu 26.04 walinuxagent linux-azure-nvidia linux-azure linux-cloud-tools-common azure-vm-utils; }
test_debian_12_base() { debian_base debian-12 debian 12; }

# Release 13 is Debian's own, package by package.
test_debian_13_base() {
  ok 'debian-13: its packages' make_trixie
  fresh debian-13 trixie
  ok 'debian-13: is what it says' text '^VERSION_ID="13"' /usr/lib/os-release
  put_file /etc/cloud/cloud.cfg.d/01_debian_cloud.cfg 'datasource_list: [ Azure ]'
  debian_first_boot debian-13
}

test_azure_base() {
  side_by_side test_rhel_base test_sles_base test_azurelinux_base
  side_by_side test_el8_base test_el9_lvm_base test_sles_byos_base
  side_by_side test_ubuntu_2404_base test_ubuntu_2604_base test_debian_12_base test_debian_13_base
}
