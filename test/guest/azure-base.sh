# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# What an Azure Marketplace base brings of its own looks like AWS's in many places: the same folders, the same services by the same vendors.
# No step may take it for AWS's. Needs the functions of rpm.sh. Sourced by run.sh.

# An Azure base of another family: Debian's packages of AWS below it are no part of it.
fresh_base() { # fresh_base <name> <id> <version>
  fresh "$1"
  inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  calls_itself "$2" "$3"
}

put_file() { # put_file <path> <line…>
  mkdir -p "$(dirname "$root$1")"
  printf '%s\n' "${@:2}" >"$root$1"
}

# Sum and mode of every file of the base's own.
sums_of() { (cd "$root" && sha256sum "${@/#/.}" && stat -c '%a %U:%G %n' "${@/#/.}"); }

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
  ok "$name: the leak scan has nothing against it" not grep -P '^regild-leak\t[^\t]+\tblock' <(inside sh /opt/regild/leak-scan.sh guest 2>/dev/null)
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
  untouched rhel "${files[@]}"
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
  rpm_installs python-azure-agent cloud-init chrony
  untouched sles-azure "${owned[@]}" "${own[@]}"
  put_file /etc/zypp/credentials.d/SCCcredentials 'username=SCC_1' 'password=made-for-the-test'
  # shellcheck disable=SC2016 # for the script
  put_file /usr/sbin/registercloudguest '#!/bin/sh' 'echo "$*" >/var/lib/registration-was' 'rm -rf /etc/SUSEConnect /var/lib/cloudregister'
  chmod 0755 "$root/usr/sbin/registercloudguest"
  ok 'sles: generalize' inside sh /opt/regild/generalize.sh
  ok "sles: which ends the build machine's own registration" grep -qx -e --clean "$root/var/lib/registration-was"
  ok 'sles: and leaves no login to the update service' absent /etc/zypp/credentials.d/SCCcredentials
}

# Azure Linux has a file that Amazon Linux has too.
test_azurelinux_base() {
  fresh_base azurelinux-base azurelinux 3.0
  put_file /etc/image-id 'IMAGE_BUILD_DATE=20261001' 'IMAGE_UUID=00000000-0000-0000-0000-000000000001'
  rpm_installs WALinuxAgent cloud-init chrony
  untouched azurelinux-base /etc/image-id
}

test_azure_base() {
  test_rhel_base
  test_sles_base
  test_azurelinux_base
}
