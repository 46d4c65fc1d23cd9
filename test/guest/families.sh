# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# The other package managers, each with a repository made here: zypper and dnf are the real ones, tdnf is dnf under another name (their
# command lines are the same in what the scripts say). The system below is Debian's. Needs the functions of rpm.sh. Sourced by suite.sh.

# A repository in $root with one package for each word, `name` or `name:package it needs`.
make_repository() {
  local word
  for word in "$@"; do
    case $word in
      *:*) rpm_spec "${word%%:*}" 1.0 "Requires: ${word#*:}" ;;
      *) rpm_spec "$word" 1.0 '' ;;
    esac
  done
  build_packages
  inside sh -c 'mkdir -p /srv/repo && mv /tmp/rpm/RPMS/noarch/*.rpm /srv/repo && createrepo_c -q /srv/repo'
  mkdir -p "$root/$repositories"
  printf '%s\n' '[base]' 'name=base' 'enabled=1' 'baseurl=file:///srv/repo' 'gpgcheck=0' >"$root/$repositories/base.repo"
}

installed() { inside rpm -qa --qf '%{NAME}\n' | sort; }
said() { grep -qF -- "$1" "$work/family.log"; }
step() { inside sh "/opt/regild/$1" ${2:+"$2"} >"$work/family.log" 2>&1 || { cat "$work/family.log" && return 1; }; }
run_checks_here() { inside sh /opt/regild/checks.sh guest "$@" >"$work/checks.txt" 2>/dev/null || true; }

# test_family <id> <version> <agent> <package that the repository lacks> <words of the repository…>
test_family() {
  local id=$1 version=$2 agent=$3 lacking=$4
  shift 4
  fresh "$id"
  calls_itself "$id" "$version"
  [ "$id" != azurelinux ] || ln -s dnf "$root/usr/bin/tdnf"
  make_repository "$agent" cloud-init chrony amazon-ssm-agent aws-kinesis-agent "customer-app:aws-kinesis-agent" "$@"
  ok "$id: the guest before" inside "${install_here[@]}" amazon-ssm-agent customer-app
  ok "$id: the Azure side is installed" step add-azure.sh
  ok "$id: with what the repository has, and nothing else" diff <(printf '%s\n' "$agent" cloud-init chrony amazon-ssm-agent aws-kinesis-agent customer-app "$@" | sort) <(installed)
  ok "$id: what it lacks is named" said "regild: not available: $lacking"
  installed >"$work/installed"
  ok "$id: again" step add-azure.sh
  ok "$id: installs nothing" diff "$work/installed" <(installed)
  ok "$id: the AWS side is removed" step remove-aws.sh remove-aws
  ok "$id: but not what the workload needs" diff <(grep -vx amazon-ssm-agent "$work/installed") <(installed)
  ok "$id: which is said" said 'regild: kept aws-kinesis-agent: needed by customer-app-1.0-1.noarch'
  for each in configure.sh network.sh boot.sh; do ok "$id: $each" step "$each"; done
  run_checks_here
  ok "$id: no check ends in an error" not grep -qP '^regild-check\t[^\t]+\terror' "$work/checks.txt"
  for each in lis-11-repositories azl-18-package-database azl-19-version-locks; do ok "$id: $each" check_said "$each" pass; done
  rm "$root/srv/repo/$agent"-*.rpm
  inside createrepo_c -q /srv/repo
  inside rpm -e --nodeps "$agent"
  ok "$id: without an agent in the repository" not step add-azure.sh
  ok "$id: the step says what is missing" said "none of these packages could be installed, and an Azure image needs one: $agent"
}

test_dnf() {
  repositories=etc/yum.repos.d
  install_here=(dnf -y -q install)
  test_family rocky 9.4 WALinuxAgent azure-vm-utils hyperv-daemons cloud-utils-growpart nvme-cli
}

test_tdnf() {
  test_family azurelinux 3.0 WALinuxAgent cloud-utils-growpart hyperv-daemons cloud-init-azure-kvp
  run_checks_here lis-04-network-file lis-07-dhcp-hostname
  ok 'azurelinux: networkd is its network, dhclient sends the name' diff /dev/null <(failing "$work/checks.txt")
  sed -i '/host-name/d' "$root/etc/dhcp/dhclient.conf"
  run_checks_here lis-07-dhcp-hostname
  ok 'azurelinux: a client that keeps the name to itself fails' check_said lis-07-dhcp-hostname fail
}

test_zypper() {
  repositories=etc/zypp/repos.d
  install_here=(zypper --non-interactive --quiet install)
  test_family sles 15.6 python-azure-agent azure-vm-utils hyper-v cloud-netconfig-azure
  inside zypper --non-interactive --quiet addlock cloud-init
  run_checks_here azl-19-version-locks
  ok 'sles: a lock of zypper is seen' check_said azl-19-version-locks 'fail\tcloud-init '
  printf '%s\n' 'Defaults targetpw   # ask for the password of the target user' 'ALL   ALL=(ALL) ALL   # WARNING!' >>"$root/etc/sudoers"
  mkdir -p "$root/etc/sysconfig/network"
  echo 'DHCLIENT_SET_HOSTNAME="yes"' >"$root/etc/sysconfig/network/dhcp"
  run_checks_here lis-01-sudo-targetpw lis-07-dhcp-hostname
  ok "sles: SUSE's own settings fail two checks" diff <(printf '%s\n' lis-01-sudo-targetpw lis-07-dhcp-hostname) <(failing "$work/checks.txt")
  ok 'sles: configure.sh' step configure.sh
  ok 'sles: network.sh' step network.sh
  run_checks_here lis-01-sudo-targetpw lis-07-dhcp-hostname
  ok 'sles: which pass after it' diff /dev/null <(failing "$work/checks.txt")
  ok 'sles: sudoers is valid' inside visudo -cqf /etc/sudoers
}

test_families() {
  test_dnf
  test_tdnf
  test_zypper
}
