# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# Findings by name, each with three of its kind: what is put into a system, what is asked, and the answer. Sourced by suite.sh.

# What the lines of the table call, in the guest.
named_words() {
  cat <<'WORDS'
put() { file=$1; shift; mkdir -p "$(dirname "$file")"; printf '%s\n' "$@" >"$file"; }
program() { put "/usr/local/bin/$1" '#!/bin/sh' "$2"; chmod 0755 "/usr/local/bin/$1"; }
failed() { program systemctl "case \"\$*\" in *--failed*) echo '$1 loaded failed failed something' ;; *) exec /usr/bin/systemctl \"\$@\" ;; esac"; }
schema_says() { program cloud-init "case \"\$*\" in *--help*) ;; *schema*) echo '$1' >&2; exit 1 ;; esac"; }
clock() { rm -f /dev/ptp_hyperv; [ ! -d /sys/class/ptp ] || mount -t tmpfs tmpfs /sys/class/ptp; }
no_kernel() { rm -rf /boot/vmlinuz-* /lib/modules/*/vmlinuz; }
menu() { rm -rf /boot/grub /boot/grub2; put "$1" "menuentry one {" " $2" "}"; }
only() { grep "^$1	" /opt/regild/components.tsv >/tmp/only; cp /tmp/only /opt/regild/components.tsv; }
leaks() { sh /opt/regild/leak-scan.sh guest >/tmp/leaks 2>/dev/null || :; }
family() { echo "REGILD_FAMILY=$1" >/opt/regild/guest.env; }
WORDS
}

# number, what it is, what is put in, what is asked (`check <id>`, `finds <component>`, `text <file>`, `no-text <file>`), the answer as a pattern.
named_table() {
  cat <<'TABLE'
B3	a crash kernel without memory	failed kdump.service	check lix-16-system-running	fail\tkdump.service *
B3	a unit of a program that is gone, ended with 143	failed app-java.service	check lix-16-system-running	fail\tapp-java.service *
B3	a mount of a disk that is not here	failed data.mount	check lix-16-system-running	fail\tdata.mount *
B3	a unit that somebody answers for	failed kdump.service; printf 'lix-16-*\tkdump.service\tno memory\n' >/opt/regild/answers.tsv	check lix-16-system-running	(pass|skip)[^\n]*
C10	the profile of tuned in /etc	put /etc/tuned/nothp_profile/tuned.conf x	finds ec2-hibinit-agent	path /etc/tuned/nothp_profile
C10	the same below /usr/lib	put /usr/lib/tuned/nothp_profile/tuned.conf x	finds ec2-hibinit-agent	path /usr/lib/tuned/nothp_profile
C10	Amazon Linux 2023's word to acpid	put /etc/systemd/system/acpid.service.d/acpid-override.conf x	finds ec2-hibinit-agent	path /etc/systemd/system/acpid.service.d/acpid-override.conf
C10	Red Hat's word to logind	put /usr/lib/systemd/logind.conf.d/00-hibinit-agent.conf x	finds ec2-hibinit-agent	path /usr/lib/systemd/logind.conf.d/00-hibinit-agent.conf
C11	Fedora's package	family redhat; program rpm 'printf "awscli2\t2.15\n"'	finds aws-cli-v2	package awscli2
C11	Amazon Linux's package	family redhat; program rpm 'printf "awscli-2\t2.15\n"'	finds aws-cli-v2	package awscli-2
C11	the installer's folder	put /usr/local/aws-cli/LICENSE x	finds aws-cli-v2	path /usr/local/aws-cli
C11	a package of another name is none	family redhat; program rpm 'printf "awscli2-doc-of-ours\t1\n"'	finds aws-cli-v2	
C16	no clock of Hyper-V	clock; sh /opt/regild/configure.sh	no-text /etc/chrony	ptp_hyperv
C16	Amazon's clock alone	clock; mkdir -p /sys/class/ptp || :; put /sys/class/ptp/ptp0/clock_name ena || :; sh /opt/regild/configure.sh	no-text /etc/chrony	ptp_hyperv
C16	a clock, and a base that names it	put /etc/chrony/conf.d/azure.conf 'refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0'; sh /opt/regild/configure.sh; cat /etc/chrony/conf.d/* >/tmp/lines	no-text /tmp/lines	stratum 2
C16	a clock that nobody names	sh /opt/regild/configure.sh	text /etc/chrony	refclock PHC /dev/ptp_hyperv
C17	Debian 13 before a datasource was read	schema_says 'Error: Config file  does not exist'	check azl-04-cloud-init-schema	skip\t[^\t]*
C17	the words of another release	schema_says 'Could not find any data source'	check azl-04-cloud-init-schema	skip\t[^\t]*
C17	and of a third	schema_says 'No user data found'	check azl-04-cloud-init-schema	skip\t[^\t]*
C17	a mistake in the configuration	schema_says 'Error: Cloud config schema errors: users.0 is not valid'	check azl-04-cloud-init-schema	fail\tError: Cloud config schema errors[^\t]*
C22	the machine-id that generalize leaves: a file, and empty	put /usr/sbin/waagent '#!/bin/sh' 'exit 0'; sh /opt/regild/generalize.sh >/dev/null 2>&1 || :; stat -c '%F' /etc/machine-id >/tmp/kind	text /tmp/kind	^regular empty file$
S	an agent that is left is told	only amazon-ssm-agent; put /etc/amazon/ssm/seelog.xml x	check azl-40-aws-leftovers	fail\tamazon-ssm-agent \(path /etc/amazon/ssm\) *
S	and stops no image	only amazon-ssm-agent; put /etc/amazon/ssm/seelog.xml x	check azl-01-no-aws-components	pass\t
S	a daemon in a folder of its own	only guardduty-agent; put /opt/aws/amazon-guardduty-agent/agent x	check azl-40-aws-leftovers	fail\tguardduty-agent \(path /opt/aws/amazon-guardduty-agent\) *
S	an agent that somebody answers for	only aws-xray-daemon; put /usr/bin/xray x; printf 'azl-40-*\taws-xray-daemon *\tours\n' >/opt/regild/answers.tsv	check azl-40-aws-leftovers	pass\t
S	one is answered for, its neighbour is not	only 'a[mw].*'; put /opt/codedeploy-agent/x x; put /usr/bin/xray x; rm -rf /usr/bin/ec2-metadata; printf 'azl-40-*\taws-*\tours\n' >/opt/regild/answers.tsv	check azl-40-aws-leftovers	fail\t((?!aws-)[^\t])*
S	what keeps a machine from its network stops the image	only net-config-ec2; put /etc/network/interfaces.d/card 'auto ens5'	check azl-01-no-aws-components	fail\tnet-config-ec2 \(text in /etc/network/interfaces.d/card\) *
S	what is no use to anybody is none of both	only net-config-ec2; put /etc/network/interfaces.d/card 'auto ens5'	check azl-40-aws-leftovers	pass\t
S	and somebody answers for it	only net-config-ec2; put /etc/network/interfaces.d/card 'auto ens5'; printf 'azl-01-*\tnet-config-ec2 *\ta second card\n' >/opt/regild/answers.tsv	check azl-01-no-aws-components	pass\t
S	an agent with keys: CloudWatch's old one	put /var/awslogs/etc/aws.conf '[default]' 'aws_secret_access_key = x'; leaks	text /tmp/leaks	^regild-leak	SL-16	block	/var/awslogs/etc/aws.conf	key of an agent$
S	an agent with keys: Kinesis in its environment	put /etc/sysconfig/aws-kinesis-agent AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIxK7MDENGxbPxRfiCYzzzzzzzKEY; leaks	text /tmp/leaks	^regild-leak	SL-04	block	/etc/sysconfig/aws-kinesis-agent	AWS secret$
S	an agent with keys: Kinesis in JSON	put /etc/aws-kinesis/agent.json '{ "awsSecretAccessKey": "wJalrXUtnFEMIxK7MDENGxbPxRfiCYzzzzzzzKEY" }'; leaks	text /tmp/leaks	^regild-leak	SL-04	block	/etc/aws-kinesis/agent.json	AWS secret$
S	an agent with keys: OpsWorks	put /etc/aws/opsworks/instance-agent.yml ':secret_access_key: wJalrXUtnFEMIxK7MDENGxbPxRfiCYzzzzzzzKEY'; leaks	text /tmp/leaks	^regild-leak	SL-04	block	/etc/aws/opsworks/instance-agent.yml	AWS secret$
S	an agent with keys: a registry's password for ECS	put /etc/ecs/ecs.config 'ECS_ENGINE_AUTH_DATA={"https://index.docker.io/v1/":{"auth":"eDp5"}}'; leaks	text /tmp/leaks	^regild-leak	SL-16	block	/etc/ecs/ecs.config	registry login$
S	an agent with keys: Greengrass	put /greengrass/v2/privKey.key x; leaks	text /tmp/leaks	^regild-leak	SL-16	block	/greengrass/v2/privKey.key	agent state$
S	an agent without keys: ECS with a cluster alone	put /etc/ecs/ecs.config ECS_CLUSTER=web ECS_ENGINE_AUTH_DATA=; leaks	no-text /tmp/leaks	ecs.config
S	the secret of a documentation is none	put /etc/aws-kinesis/agent.json '{ "awsSecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }'; leaks	no-text /tmp/leaks	agent.json
2	azl-06: a unified kernel on the EFI partition	no_kernel; put /boot/efi/EFI/Linux/linux.efi x	check azl-06-hyperv-initramfs	skip\tthe kernel is a unified image
2	azl-06: the same where the partition is /efi	no_kernel; put /efi/EFI/Linux/linux.efi x	check azl-06-hyperv-initramfs	skip\tthe kernel is a unified image
2	azl-06: the kernel of a confidential VM	no_kernel; put /lib/modules/5.14.0-1.x/vmlinuz-virt.efi x	check azl-06-hyperv-initramfs	skip\tthe kernel is a unified image
2	azl-06: no kernel at all	no_kernel	check azl-06-hyperv-initramfs	fail\tno kernel is installed
2	lis-02: release 7 by UEFI keeps its menu with its vendor	menu /boot/efi/EFI/redhat/grub.cfg 'linuxefi /vmlinuz root=UUID=1 libata.atapi_enabled=0'	check lis-02-legacy-kernel-options	fail\t[^\t]*
2	lis-02: so does CentOS	menu /boot/efi/EFI/centos/grub.cfg 'linuxefi /vmlinuz root=UUID=1 reserve=0x1f0,0x8'	check lis-02-legacy-kernel-options	fail\t[^\t]*
2	lis-12: a menu of release 7 without a console	menu /boot/efi/EFI/centos/grub.cfg 'linuxefi /vmlinuz root=UUID=1 ro'	check lis-12-serial-console	fail\t[^\t]*
2	lis-12: and with one	menu /boot/efi/EFI/oracle/grub.cfg 'linuxefi /vmlinuz root=UUID=1 ro console=ttyS0'	check lis-12-serial-console	pass\t
2	lis-12: release 7 by BIOS	menu /boot/grub2/grub.cfg 'linux16 /vmlinuz root=UUID=1 ro'	check lis-12-serial-console	fail\t[^\t]*
2	azl-09: a subvolume of the disk of /	printf '%s\n' 'UUID=1 / btrfs defaults 0 0' 'UUID=1 /srv btrfs subvol=@/srv 0 0' >/etc/fstab	check azl-09-fstab	pass\t
2	azl-09: a disk that may be missing	printf '%s\n' 'UUID=1 / ext4 defaults 0 1' 'UUID=2 /data xfs defaults 0 2' >/etc/fstab	check azl-09-fstab	fail\twithout nofail: /data *
2	azl-10: an array that is told to be ignored	put /etc/mdadm/mdadm.conf 'ARRAY <ignore> metadata=1.2 UUID=1'	check azl-10-storage-references	pass\t
2	azl-10: an encrypted disk of another machine	put /etc/crypttab 'data UUID=0b0b none luks'	check azl-10-storage-references	fail\tcrypttab: UUID=0b0b
2	lis-01: the main file of sudo below /usr/etc	rm -f /etc/sudoers; put /usr/etc/sudoers 'Defaults targetpw'	check lis-01-sudo-targetpw	fail\tDefaults targetpw in sudoers
2	lis-11: an unregistered system of one's own subscription	family redhat; put /usr/lib/os-release ID=rhel VERSION_ID=9.6; program rpm :; rm -rf /etc/yum.repos.d	check lis-11-repositories	skip\t[^\t]*
2	lis-11: SUSE's for high performance	family suse; put /usr/lib/os-release ID=sle_hpc VERSION_ID=15.5; program rpm :; rm -rf /etc/zypp/repos.d	check lis-11-repositories	skip\t[^\t]*
2	lis-11: repositories that are all off	family redhat; put /usr/lib/os-release ID=rocky VERSION_ID=9.4; program rpm :; put /etc/yum.repos.d/a.repo '[a]' 'enabled=0' 'baseurl=https://a.example'	check lis-11-repositories	fail\tno package repository is enabled
2	lis-25: swap on a disk that is not the system's	echo 'UUID=0c0c none swap sw 0 0' >>/etc/fstab	check lis-25-no-swap-on-os-disk	pass\t
2	lis-25: swap on the resource disk	echo '/mnt/swapfile none swap sw 0 0' >>/etc/fstab	check lis-25-no-swap-on-os-disk	pass\t
TABLE
}

answers_named() { # answers_named <question> <argument> <answer>
  case $1 in
    check) grep -qP "^regild-check\t$2\t$3\$" "$work/checks.txt" ;;
    finds) diff <(printf '%s' "${3:+$3$'\n'}") "$work/found.txt" ;;
    text) grep -rqE -e "$3" "$root$2" ;;
    no-text) [ -e "$root$2" ] && ! grep -rqE -e "$3" "$root$2" ;;
    *) false ;;
  esac
}

test_named_line() { # test_named_line <number> <what> <put in> <asked> <answer>
  local question=${4%% *} argument=${4#* }
  fresh "named-$((named += 1))"
  { named_words && printf '%s\n' "$3"; } >"$root/tmp/plant.sh"
  inside sh /tmp/plant.sh >"$work/planted.log" 2>&1 || cat "$work/planted.log"
  case $question in
    check) checks_here "$argument" ;;
    finds) component_finds "$argument" >"$work/found.txt" ;;
    *) ;;
  esac
  ok "$1: $2" answers_named "$question" "$argument" "$5"
  umount -l "$root" 2>/dev/null || rm -rf --one-file-system "$root"
}

test_named_numbers() { # test_named_numbers <pattern>
  local number what put asked answer named=0
  while IFS=$'\t' read -r number what put asked answer; do test_named_line "$number" "$what" "$put" "$asked" "$answer"; done < <(named_table | grep -E "^$1	")
}

test_named_services() { test_named_numbers 'B3|C16|C17|C22'; }
test_named_components() { test_named_numbers 'C10|C11'; }
test_named_leftovers() { test_named_numbers S; }
test_named_checks() { test_named_numbers 2; }

test_named() {
  ok 'named: no line is left out' diff <(named_table | grep -cE '^(B3|C10|C11|C16|C17|C22|S|2)	') <(named_table | wc -l)
  side_by_side test_named_services test_named_components test_named_checks test_named_leftovers
}
