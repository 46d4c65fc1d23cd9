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
kept() { printf 'plan\tx\n' | { mkdir -p /var/lib/regild; cat >/var/lib/regild/translation.tsv; }; echo 'Port 2222' >/etc/ssh/sshd_config.d/p.conf; ssh-keygen -A >/dev/null; sh /opt/regild/checks.sh "$1" azl-36-ssh-port azl-38-volume-space >/dev/null 2>&1 || :; }
only() { grep "^$1	" /opt/regild/components.tsv >/tmp/only; cp /tmp/only /opt/regild/components.tsv; }
leaks() { sh /opt/regild/leak-scan.sh "${1:-guest}" >/tmp/leaks 2>/dev/null || :; }
agent() { put /usr/sbin/waagent '#!/bin/sh' "$1"; chmod 0755 /usr/sbin/waagent; }
generalize() { ssh-keygen -A >/dev/null 2>&1; if sh /opt/regild/generalize.sh >/said 2>&1; then echo 'ended: well' >>/said; else echo 'ended: badly' >>/said; fi; }
family() { echo "REGILD_FAMILY=$1" >/opt/regild/guest.env; }
WORDS
}

# number, what it is, what is put in, what is asked (`check <id>`, `finds <component>`, `text <file>`, `no-text <file>`), the answer as a pattern.
named_table() {
  cat <<'TABLE'
B3	a crash kernel without memory	failed kdump.service	check lix-16-system-running	fail\tkdump.service *
B3	a unit of a program that is gone, ended with 143	failed app-java.service	check lix-16-system-running	fail\tapp-java.service *
B3	a mount of a disk that is not here	failed data.mount	check lix-16-system-running	fail\tdata.mount *
D	a systemd that is too busy to answer	program systemctl 'mkdir -p /run/systemd/system; exit 1'	check lix-16-system-running	error\tsystemd does not answer
D	one that answers when it is asked again	program systemctl 'mkdir -p /run/systemd/system; [ -e /run/asked ] || { >/run/asked; exit 1; }; echo a.service loaded failed failed a'	check lix-16-system-running	fail\ta.service *
D	none at all	program systemctl 'exit 1'	check lix-16-system-running	skip\tsystemd does not run here
B3	a unit that somebody answers for	failed kdump.service; printf 'lix-16-*\tkdump.service\tno memory\n' >/opt/regild/answers.tsv	check lix-16-system-running	(pass|skip)[^\n]*
D	a fabric that is late once	program curl 'case "$*" in *versions*) [ -e /run/late ] || { >/run/late; exit 28; } ;; *) echo Microsoft.Compute ;; esac'	check azl-23-platform-endpoints	pass\t
D	a metadata service that is busy twice	program curl 'case "$*" in *versions*) ;; *) echo x >>/run/asked; [ "$(wc -l </run/asked)" -gt 2 ] || exit 22; echo Microsoft.Compute ;; esac'	check azl-23-platform-endpoints	pass\t
D	a fabric that stays away	program curl 'case "$*" in *versions*) exit 28 ;; *) echo Microsoft.Compute ;; esac'	check azl-23-platform-endpoints	fail\t168.63.129.16 port 80 does not answer
D	errors of the kernel that nobody could read	program journalctl 'exit 1'	check lis-14-boot-messages	error\tthe journal cannot be read
D	connections that nobody could read of	program journalctl 'exit 1'; program ss :	check azl-30-aws-connections	error\tthe journal cannot be read
D	a journal that names nothing of AWS	program journalctl 'echo started'; program ss :	check azl-30-aws-connections	pass\t
C10	the profile of tuned in /etc	put /etc/tuned/nothp_profile/tuned.conf x	finds ec2-hibinit-agent	path /etc/tuned/nothp_profile
C10	the same below /usr/lib	put /usr/lib/tuned/nothp_profile/tuned.conf x	finds ec2-hibinit-agent	path /usr/lib/tuned/nothp_profile
C10	Amazon Linux 2023's word to acpid	put /etc/systemd/system/acpid.service.d/acpid-override.conf x	finds ec2-hibinit-agent	path /etc/systemd/system/acpid.service.d/acpid-override.conf
C10	Red Hat's word to logind	put /usr/lib/systemd/logind.conf.d/00-hibinit-agent.conf x	finds ec2-hibinit-agent	path /usr/lib/systemd/logind.conf.d/00-hibinit-agent.conf
C11	Fedora's package	family redhat; program rpm 'printf "awscli2\t2.15\n"'	finds aws-cli-v2	package awscli2
C11	Amazon Linux's package	family redhat; program rpm 'printf "awscli-2\t2.15\n"'	finds aws-cli-v2	package awscli-2
C11	the installer's folder	put /usr/local/aws-cli/LICENSE x	finds aws-cli-v2	path /usr/local/aws-cli
C11	a package of another name is none	family redhat; program rpm 'printf "awscli2-doc-of-ours\t1\n"'	finds aws-cli-v2	
B7	a family that nobody else takes addresses for, with the datasource of EC2	family azurelinux; put /etc/cloud/cloud.cfg.d/95-own.cfg 'datasource_list: [ Ec2, None ]'; put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; sh /opt/regild/configure.sh	no-text /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg	apply_network_config
B7	an Enterprise Linux without NetworkManager	family redhat; put /etc/cloud/cloud.cfg.d/95-own.cfg 'datasource_list: [ Ec2, None ]'; rm -f /usr/lib/systemd/system/NetworkManager.service; sh /opt/regild/configure.sh	no-text /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg	apply_network_config
B7	a SUSE with wicked	family suse; put /etc/cloud/cloud.cfg.d/95-own.cfg 'datasource_list: [ Ec2, None ]'; put /usr/lib/systemd/system/wicked.service '[Service]' 'ExecStart=/bin/true'; sh /opt/regild/configure.sh	text /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg	apply_network_config: false
C3	amazon-ec2-net-utils on a base whose NetworkManager is on already	put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; systemctl --quiet enable NetworkManager.service; systemctl --quiet disable systemd-networkd.service networking.service; sh /opt/regild/network.sh	check azl-14-network-configuration	pass\t
C3	the package's word to networkd, and no NetworkManager	rm -rf /usr/lib/systemd/system/NetworkManager.service /etc/netplan; put /usr/lib/systemd/network/80-ec2.network x; sh /opt/regild/network.sh	text /etc/systemd/network/70-azure-dhcp.network	^Driver=hv_netvsc$
C3	a base without the package keeps its network service off	put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; systemctl --quiet disable NetworkManager.service; dpkg --purge amazon-ec2-net-utils >/dev/null 2>&1; sh /opt/regild/network.sh; systemctl is-enabled NetworkManager.service >/was || :	text /was	^disabled$
C8	a lease of wicked's	only motd-aws; agent 'exit 0'; put /var/lib/wicked/lease-eth0-dhcp-ipv4.xml x; generalize; ls -R /var/lib/wicked >/left 2>/dev/null || : >/left	no-text /left	lease-eth0
C8	the journal of the machine that was	only motd-aws; agent 'exit 0'; mkdir -p /var/log/journal/0123456789abcdef0123456789abcdef; put /var/log/journal/0123456789abcdef0123456789abcdef/system.journal x; generalize; ls /var/log/journal >/left 2>/dev/null || : >/left	no-text /left	0123456789abcdef
C8	a list of disks that was written after the step for it	only motd-aws; agent 'exit 0'; put /etc/lvm/devices/system.devices x; generalize; ls /etc/lvm/devices >/left	no-text /left	system.devices
C18	Azure Linux with tdnf asks tdnf	family azurelinux; program tdnf 'echo "$*" >>/tdnf-was'; program dnf 'echo "$*" >>/dnf-was'; : >/dnf-was; . /opt/regild/lib.sh; regild_tdnf clean all	text /tdnf-was	^.*clean all
C23	a desktop where netplan shares the work	put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; systemctl --quiet enable NetworkManager.service; systemctl --quiet enable systemd-networkd.service; put /etc/netplan/01-network-manager-all.yaml 'network:' '  version: 2' '  renderer: NetworkManager'	check azl-14-network-configuration	pass\t
C23	two services that share nothing	rm -rf /etc/netplan; put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; systemctl --quiet enable NetworkManager.service; systemctl --quiet enable systemd-networkd.service	check azl-14-network-configuration	fail\ttwo network services start at boot: [^\t]*
C23	none at all	rm -rf /etc/netplan; systemctl --quiet disable systemd-networkd.service networking.service NetworkManager.service wicked.service network.service; rm -f /etc/init.d/networking /etc/systemd/system/*.wants/networking.service /usr/lib/systemd/system/networking.service	check azl-14-network-configuration	fail\tno network service starts at boot
C24	what cloud-init writes at every boot	systemctl --quiet enable systemd-networkd.service; put /etc/sysconfig/network-scripts/ifcfg-eth0 '# Created by cloud-init automatically, do not edit.' 'HWADDR=00:0d:3a:00:00:01'	check azl-14-network-configuration	pass\t
C24	the same written by a person	systemctl --quiet enable systemd-networkd.service; put /etc/sysconfig/network-scripts/ifcfg-eth0 'HWADDR=00:0d:3a:00:00:01'	check azl-14-network-configuration	fail\tpinned to a MAC address: /etc/sysconfig/network-scripts/ifcfg-eth0 *
C24	in netplan, by a person	systemctl --quiet enable systemd-networkd.service; put /etc/netplan/60-own.yaml 'network:' '  ethernets:' '    a:' '      match: {macaddress: 00:0d:3a:00:00:01}'	check azl-14-network-configuration	fail\tpinned to a MAC address: /etc/netplan/60-own.yaml *
C24	and what cloud-init wrote into netplan	systemctl --quiet enable systemd-networkd.service; put /etc/netplan/50-cloud-init.yaml 'network:' '  ethernets:' '    eth0:' '      match: {macaddress: 00:0d:3a:00:00:01}'	check azl-14-network-configuration	pass\t
C25	a boot entry that is named after the machine of the build	echo 0123456789abcdef0123456789abcdef >/etc/machine-id; put /boot/loader/entries/0123456789abcdef0123456789abcdef-5.14.conf 'title a'; . /opt/regild/lib.sh; regild_rename_boot_entries; ls /boot/loader/entries >/left	text /left	^f{32}-5.14.conf$
C25	one more takes the name that the base's others have	echo 0123456789abcdef0123456789abcdef >/etc/machine-id; put /boot/loader/entries/0123456789abcdef0123456789abcdef-5.15.conf a; put /boot/loader/entries/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-5.14.conf a; . /opt/regild/lib.sh; regild_rename_boot_entries; ls /boot/loader/entries | tr '\n' ' ' >/left	text /left	^a{32}-5.14.conf a{32}-5.15.conf $
C25	the base's own stay as they are, and no plugin comes	echo 0123456789abcdef0123456789abcdef >/etc/machine-id; put /boot/loader/entries/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-5.14.conf a; . /opt/regild/lib.sh; regild_rename_boot_entries; { ls /boot/loader/entries; ls /etc/kernel/install.d 2>/dev/null || :; } >/left	no-text /left	boot-entries-of-image
C16	no clock of Hyper-V	clock; sh /opt/regild/configure.sh	no-text /etc/chrony	ptp_hyperv
C16	Amazon's clock alone	clock; mkdir -p /sys/class/ptp || :; put /sys/class/ptp/ptp0/clock_name ena || :; sh /opt/regild/configure.sh	no-text /etc/chrony	ptp_hyperv
C16	a clock, and a base that names it	put /etc/chrony/conf.d/azure.conf 'refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0'; sh /opt/regild/configure.sh; cat /etc/chrony/conf.d/* >/tmp/lines	no-text /tmp/lines	stratum 2
C16	a clock that nobody names	sh /opt/regild/configure.sh	text /etc/chrony	refclock PHC /dev/ptp_hyperv
C17	Debian 13 before a datasource was read	schema_says 'Error: Config file  does not exist'	check azl-04-cloud-init-schema	skip\t[^\t]*
C17	the words of another release	schema_says 'Could not find any data source'	check azl-04-cloud-init-schema	skip\t[^\t]*
C17	and of a third	schema_says 'No user data found'	check azl-04-cloud-init-schema	skip\t[^\t]*
C17	a mistake in the configuration	schema_says 'Error: Cloud config schema errors: users.0 is not valid'	check azl-04-cloud-init-schema	fail\tError: Cloud config schema errors[^\t]*
A4	a RHEL that registered itself at its first boot	only rhsm-insights-ids; put /etc/pki/consumer/cert.pem x; put /etc/pki/entitlement/1.pem x; sh /opt/regild/remove-aws.sh generalize; leaks	no-text /tmp/leaks	SL-17
A4	an Ubuntu Pro that attached itself	only ubuntu-pro-token; put /var/lib/ubuntu-advantage/private/machine-token.json x; sh /opt/regild/remove-aws.sh generalize; leaks	no-text /tmp/leaks	SL-17
A4	a SLES that registered itself, before capture	put /etc/zypp/credentials.d/SCCcredentials x; leaks	no-text /tmp/leaks	SCCcredentials
A4	and after it	put /etc/zypp/credentials.d/SCCcredentials x; leaks final	text /tmp/leaks	^regild-leak	SL-17	block	/etc/zypp/credentials.d/SCCcredentials	registration$
A5	a cache of sssd's	put /var/lib/sss/db/cache_example.com.ldb x; put /var/lib/sss/mc/passwd x; leaks	no-text /tmp/leaks	sss
A5	what sssd keeps secret	put /var/lib/sss/secrets/secrets.ldb x; leaks	text /tmp/leaks	^regild-leak	SL-19	block	/var/lib/sss/secrets/secrets.ldb	domain membership$
A5	the machine's password of Samba	put /var/lib/samba/private/secrets.tdb x; leaks	text /tmp/leaks	^regild-leak	SL-19	block	/var/lib/samba/private/secrets.tdb	domain membership$
B1	an account with a shell	useradd -m -s /bin/bash -u 1005 jenkins; leaks	text /tmp/leaks	^regild-leak	SL-15	warn	account jenkins	stays in the image$
B1	an account of SAP's	groupadd sapsys; useradd -m -s /bin/csh -g sapsys -u 1099 prdadm; leaks	text /tmp/leaks	^regild-leak	SL-15	warn	account prdadm	stays in the image$
B1	a password lets in after capture	useradd -m -s /bin/bash -u 1006 db2inst1; echo 'db2inst1:made-for-the-test' | chpasswd; leaks final	text /tmp/leaks	^regild-leak	SL-14	block	password of db2inst1	password hash in /etc/shadow$
B4	a folder where a history was	only motd-aws; agent 'exit 0'; mkdir -p /root/.bash_history/x; generalize	text /said	^ended: well$
B4	a folder of an old log	only motd-aws; agent 'exit 0'; mkdir -p /var/log/app.log.1 /var/log/old.gz; generalize	text /said	^ended: well$
B4	no fstab, no chrony, no logs	only motd-aws; agent 'exit 0'; rm -rf /etc/fstab /etc/chrony /var/log/apt; generalize	text /said	^ended: well$
B4	without an agent it does not begin	only motd-aws; rm -f /usr/sbin/waagent; generalize	text /etc/ssh/ssh_host_ed25519_key.pub	^ssh-ed25519
B4	and says so	only motd-aws; rm -f /usr/sbin/waagent; generalize	text /said	there is no waagent to deprovision with
B5	an agent that ends with an error	only motd-aws; agent 'exit 1'; echo build-vm >/etc/hostname; generalize	text /etc/hostname	^localhost.localdomain$
B5	an agent that did nothing leaves a lease	only motd-aws; agent 'exit 0'; put /var/lib/dhclient/dhclient.leases x; generalize; find /var/lib/dhclient >/leases	no-text /leases	leases
B5	an agent that cannot read its own file leaves the account	only motd-aws; agent 'exit 0'; useradd -m -s /bin/sh packer; put /var/lib/waagent/ovf-env.xml '<UserName>packer</UserName>' '<broken'; generalize	no-text /etc/passwd	^packer:
B6	swap on the resource disk	echo ResourceDisk.EnableSwap=y >>/etc/waagent.conf; sh /opt/regild/configure.sh	text /etc/waagent.conf	^ResourceDisk.EnableSwap=y$
B6	where the disk is mounted	echo ResourceDisk.MountPoint=/scratch >>/etc/waagent.conf; sh /opt/regild/configure.sh	text /etc/waagent.conf	^ResourceDisk.MountPoint=/scratch$
B6	what Azure needs of the agent is set	echo Extensions.Enabled=n >>/etc/waagent.conf; sh /opt/regild/configure.sh	text /etc/waagent.conf	^Extensions.Enabled=y$
C2	sshd below /usr/etc is kept alive by a drop-in	put /usr/etc/ssh/sshd_config 'Include /etc/ssh/sshd_config.d/*.conf'; rm -f /etc/ssh/sshd_config; sh /opt/regild/configure.sh	text /etc/ssh/sshd_config.d	^ClientAliveInterval 180$
C2	sudo below /usr/etc gets a copy without targetpw	mv /etc/sudoers /usr/etc/sudoers 2>/dev/null || { mkdir -p /usr/etc; mv /etc/sudoers /usr/etc/sudoers; }; echo 'Defaults targetpw' >>/usr/etc/sudoers; sh /opt/regild/configure.sh	no-text /etc/sudoers	targetpw
C2	a drop-in below /usr/etc counts too	put /usr/etc/sudoers.d/50-own 'Defaults targetpw'	check lis-01-sudo-targetpw	fail\tDefaults targetpw in sudoers
C6	variables of AWS in the environment are asked about	printf 'AWS_REGION=eu-west-1\nAPP=1\n' >>/etc/environment; sh /opt/regild/remove-aws.sh configure; sh /opt/regild/remove-aws.sh remove-aws	text /etc/environment	^AWS_REGION=eu-west-1$
C6	so is a profile that no package owns	put /etc/profile.d/aws.sh 'export AWS_PROFILE=orders'; sh /opt/regild/remove-aws.sh configure; sh /opt/regild/remove-aws.sh remove-aws	text /etc/profile.d/aws.sh	orders
C6	and it is named	put /etc/profile.d/aws.sh 'export AWS_PROFILE=orders'	finds aws-env-profile	path /etc/profile.d/aws.sh
C7	the stock file of Enterprise Linux holds no password	put /etc/wpa_supplicant/wpa_supplicant.conf 'ctrl_interface=/var/run/wpa_supplicant' 'ctrl_interface_group=wheel'; leaks	no-text /tmp/leaks	wpa_supplicant
C7	a password that is a comment is none	put /etc/wpa_supplicant/a.conf '# psk="x"'; leaks	no-text /tmp/leaks	wpa_supplicant
C7	the password of a network of a company	put /etc/wpa_supplicant/a.conf 'network={' ' identity="a"' ' password="made-for-the-test"' '}'; leaks	text /tmp/leaks	^regild-leak	SL-20	block	/etc/wpa_supplicant/a.conf	password$
C9	the program that mounts S3 Files	put /sbin/mount.s3files x	finds amazon-efs-utils	path /sbin/mount.s3files
C9	its configuration	put /etc/amazon/efs/s3files-utils.conf x	finds amazon-efs-utils	path /etc/amazon/efs
C9	a line of fstab that mounts it	echo 'fs-0123:/ /data s3files _netdev 0 0' >>/etc/fstab	finds amazon-efs-utils	text in /etc/fstab
C18	Azure Linux without tdnf cleans what dnf keeps	family azurelinux; rm -f /usr/bin/tdnf; program dnf 'echo "$*" >>/dnf-was'; . /opt/regild/lib.sh; regild_clean_package_caches	text /dnf-was	clean all
C18	and installs by it	family azurelinux; rm -f /usr/bin/tdnf; program rpm :; program dnf 'echo "$*" >>/dnf-was'; sh /opt/regild/add-azure.sh || :	text /dnf-was	install
C19	SUSE's for high performance	family suse; echo 'REGILD_SYSTEMS="sles sles_sap sle_hpc" REGILD_MAJOR=15' "REGILD_MACHINE=$(uname -m)" >>/opt/regild/guest.env; put /usr/lib/os-release ID=sle_hpc VERSION_ID=15.5; program rpm :; sh /opt/regild/inventory.sh before >/said 2>&1 || :	no-text /said	plan is for
C19	Leap 42	family suse; echo 'REGILD_SYSTEMS=opensuse REGILD_MAJOR=42' "REGILD_MACHINE=$(uname -m)" >>/opt/regild/guest.env; put /usr/lib/os-release ID=opensuse VERSION_ID=42.3; program rpm :; sh /opt/regild/inventory.sh before >/said 2>&1 || :	no-text /said	plan is for
C19	another release is refused	family suse; echo 'REGILD_SYSTEMS=opensuse REGILD_MAJOR=42' "REGILD_MACHINE=$(uname -m)" >>/opt/regild/guest.env; put /usr/lib/os-release ID=opensuse-leap VERSION_ID=15.6; program rpm :; sh /opt/regild/inventory.sh before >/said 2>&1 || :	text /said	this is opensuse-leap 15.6 on .*, and the plan is for opensuse 42
C20	a base's own list without these drivers stays	put /etc/NetworkManager/conf.d/99-azure-unmanaged-devices.conf '[keyfile]' 'unmanaged-devices=driver:mana'; put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; sh /opt/regild/network.sh	text /etc/NetworkManager/conf.d/99-azure-unmanaged-devices.conf	^unmanaged-devices=driver:mana$
C20	and is added to	put /etc/NetworkManager/conf.d/99-azure-unmanaged-devices.conf '[keyfile]' 'unmanaged-devices=driver:mana'; put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; sh /opt/regild/network.sh	text /etc/NetworkManager/conf.d/99-azure-unmanaged-mlx.conf	^unmanaged-devices[+]=driver:mlx4_core;driver:mlx5_core$
C20	a list with them, whatever its file is called, is enough	put /etc/NetworkManager/conf.d/10-own.conf '[keyfile]' 'unmanaged-devices=driver:mlx5_core;driver:mana'; put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; sh /opt/regild/network.sh; sh /opt/regild/network.sh; ls /etc/NetworkManager/conf.d >/files	no-text /files	azure-unmanaged
C20	no list at all	put /usr/lib/systemd/system/NetworkManager.service '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'; sh /opt/regild/network.sh; sh /opt/regild/network.sh	text /etc/NetworkManager/conf.d/99-azure-unmanaged-devices.conf	^unmanaged-devices=driver:mlx4_core;driver:mlx5_core$
C21	a list of disks is deleted, and a new machine makes its own	put /etc/lvm/devices/system.devices x; . /opt/regild/lib.sh; regild_forget_lvm_devices; ls /etc/lvm/devices >/lvm	text /lvm	^auto-import-rootvg$
C21	the list itself is gone	put /etc/lvm/devices/system.devices x; . /opt/regild/lib.sh; regild_forget_lvm_devices; ls /etc/lvm/devices >/lvm	no-text /lvm	system.devices
C21	without LVM nothing is made	rm -rf /etc/lvm; . /opt/regild/lib.sh; regild_forget_lvm_devices; ls /etc >/lvm	no-text /lvm	^lvm$
C22	the machine-id that generalize leaves: a file, and empty	put /usr/sbin/waagent '#!/bin/sh' 'exit 0'; sh /opt/regild/generalize.sh >/dev/null 2>&1 || :; stat -c '%F' /etc/machine-id >/tmp/kind	text /tmp/kind	^regular empty file$
R	what a check before generalize finds is kept in the record	kept guest	text /var/lib/regild/translation.tsv	^check	azl-36-ssh-port	fail	sshd listens on port 2222 alone$
R	once, however often it is asked	kept guest; kept guest; sh /opt/regild/checks.sh guest azl-36-ssh-port >/dev/null; grep -c '^check' /var/lib/regild/translation.tsv >/count	text /count	^1$
R	what it finds after it is not	kept final; cp /var/lib/regild/translation.tsv /record	no-text /record	^check
R	what a check of the user's says is kept too	printf 'plan\tx\n' >/tmp/plan; mkdir -p /var/lib/regild; cp /tmp/plan /var/lib/regild/translation.tsv; put /opt/regild/checks/app-up.sh 'check_app_up() { :; }'; printf 'app-up\tblock\tguest\town\n' >>/opt/regild/checks.tsv; sh /opt/regild/checks.sh guest app-up >/dev/null 2>&1	text /var/lib/regild/translation.tsv	^check	app-up	pass	$
R	that of another that passes is not	printf 'plan\tx\n' >/tmp/plan; mkdir -p /var/lib/regild; cp /tmp/plan /var/lib/regild/translation.tsv; sh /opt/regild/checks.sh guest azl-36-ssh-port >/dev/null 2>&1	no-text /var/lib/regild/translation.tsv	^check
R	one of the user's that somebody answers for	printf 'plan\tx\n' >/tmp/plan; mkdir -p /var/lib/regild; cp /tmp/plan /var/lib/regild/translation.tsv; put /opt/regild/checks/app-up.sh 'check_app_up() { fail not yet; }'; printf 'app-up\tblock\tguest\town\n' >>/opt/regild/checks.tsv; printf 'app-up\t*\tlater\n' >/opt/regild/answers.tsv; sh /opt/regild/checks.sh guest app-up >/dev/null 2>&1	text /var/lib/regild/translation.tsv	^check	app-up	skip	answered for: not yet$
S	an EKS node is told	only eks-node; put /etc/eks/x x	check azl-40-aws-leftovers	fail\teks-node \(path /etc/eks\) *
S	and stops no image	only eks-node; put /etc/eks/x x; sh /opt/regild/inventory.sh before >/said 2>&1 || echo stopped >>/said	no-text /said	stopped|cannot
S	nor does what Beanstalk left	only elastic-beanstalk; put /opt/elasticbeanstalk/x x	check azl-01-no-aws-components	pass\t
S	an AMI's own Amazon Linux does	only amazon-linux-os; rm -f /etc/os-release; put /etc/os-release 'ID="amzn"'	check azl-01-no-aws-components	fail\tamazon-linux-os \(text in /etc/os-release\) *
S	unless somebody answers for it	only amazon-linux-os; rm -f /etc/os-release; put /etc/os-release 'ID="amzn"'; printf 'azl-01-*\tamazon-linux-os *\tan own build of it\n' >/opt/regild/answers.tsv	check azl-01-no-aws-components	pass\t
S	or keeps it	only amazon-linux-os; sed -i 's/[[:blank:]]report[[:blank:]]/\tkeep\t/' /opt/regild/components.tsv; rm -f /etc/os-release; put /etc/os-release 'ID="amzn"'	check azl-01-no-aws-components	pass\t
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
C22	a machine that has none gets the empty file too	only motd-aws; agent 'exit 0'; rm -f /etc/machine-id; generalize; stat -c '%F' /etc/machine-id >/kind	text /kind	^regular empty file$
C22	one that waits for a first boot is empty too, and asks no question	only motd-aws; agent 'exit 0'; echo uninitialized >/etc/machine-id; generalize; stat -c '%F' /etc/machine-id >/kind	text /kind	^regular empty file$
C22	a copy that D-Bus keeps becomes a link	only motd-aws; agent 'exit 0'; rm -f /var/lib/dbus/machine-id; put /var/lib/dbus/machine-id 0123456789abcdef0123456789abcdef; generalize; readlink /var/lib/dbus/machine-id >/kind	text /kind	^/etc/machine-id$
2	azl-06: a unified kernel on the EFI partition	no_kernel; put /boot/efi/EFI/Linux/linux.efi x	check azl-06-hyperv-initramfs	skip\tthe kernel is a unified image
2	azl-06: the same where the partition is /efi	no_kernel; put /efi/EFI/Linux/linux.efi x	check azl-06-hyperv-initramfs	skip\tthe kernel is a unified image
2	azl-06: the kernel of a confidential VM	no_kernel; put /lib/modules/5.14.0-1.x/vmlinuz-virt.efi x	check azl-06-hyperv-initramfs	skip\tthe kernel is a unified image
2	azl-06: no kernel at all	no_kernel	check azl-06-hyperv-initramfs	fail\tno kernel is installed
2	azl-41: an initramfs without the keyboard	program lsinitramfs 'echo usr/lib/modules/x/hid-hyperv.ko'	check azl-41-hyperv-input	fail\t[^\t]* cannot load hyperv-keyboard early
2	azl-41: one with both	program lsinitramfs 'echo usr/lib/modules/x/hid-hyperv.ko.xz; echo usr/lib/modules/x/hyperv-keyboard.ko.xz'	check azl-41-hyperv-input	pass\t
2	azl-41: a kernel that has none of them	program lsinitramfs :; find /lib/modules/ -name 'hid-hyperv.ko*' -delete; find /lib/modules/ -name 'hyperv-keyboard.ko*' -delete	check azl-41-hyperv-input	pass\t
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
2	azl-09: a disk that nobody mounts by itself	printf '%s\n' 'UUID=1 / ext4 defaults 0 1' 'UUID=2 /data xfs noauto 0 0' >/etc/fstab	check azl-09-fstab	pass\t
2	azl-09: a disk by a name of EC2's	printf '%s\n' 'UUID=1 / ext4 defaults 0 1' '/dev/xvdf /data xfs nofail 0 2' >/etc/fstab	check azl-09-fstab	fail\t[^\t]*/dev/xvdf[^\t]*
2	azl-10: an encrypted disk by a name of EC2's	put /etc/crypttab 'data /dev/nvme1n1 none luks'	check azl-10-storage-references	fail\tcrypttab: /dev/nvme1n1
2	azl-10: one that may be missing	put /etc/crypttab 'data /dev/nvme1n1 none luks,nofail'	check azl-10-storage-references	pass\t
2	azl-10: a list of this machine's disks	put /etc/lvm/devices/system.devices x	check azl-10-storage-references	fail\t/etc/lvm/devices/system.devices[^\t]*
2	azl-22: a system with failed units came up	program systemctl 'case "$*" in is-system-running) echo degraded; exit 1 ;; esac'	check azl-22-system-state	pass\t
2	azl-22: one that is stopping did not	program systemctl 'case "$*" in is-system-running) echo stopping; exit 1 ;; *) echo "1 halt.target start waiting" ;; esac'	check azl-22-system-state	fail\tstopping after five minutes: halt.target *
2	azl-22: no systemd, no answer	program systemctl 'case "$*" in is-system-running) echo offline; exit 1 ;; esac'	check azl-22-system-state	skip\t[^\t]*
2	lis-01: a drop-in that asks for the password of root	put /etc/sudoers.d/50-own 'Defaults targetpw'	check lis-01-sudo-targetpw	fail\tDefaults targetpw in sudoers
2	lis-01: the same as a comment	put /etc/sudoers.d/50-own '# Defaults targetpw'	check lis-01-sudo-targetpw	pass\t
2	lis-02: an entry of the boot loader's specification	menu /boot/grub2/grub.cfg blscfg; put /boot/loader/entries/a.conf 'title a' 'options root=UUID=1 libata.atapi_enabled=0'	check lis-02-legacy-kernel-options	fail\t[^\t]*
2	lis-25: swap in a file on the system's disk	echo '/swapfile none swap sw 0 0' >>/etc/fstab; put /swapfile x	check lis-25-no-swap-on-os-disk	fail\t/swapfile *
2	lis-25: swap in memory	echo '/dev/zram0 none swap sw 0 0' >>/etc/fstab	check lis-25-no-swap-on-os-disk	pass\t
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
  while IFS=$'\t' read -r number what put asked answer; do test_named_line "$number" "$what" "$put" "$asked" "$answer"; done < <(named_table | grep -E "^($1)	")
}

# Which numbers are asked beside which.
named_services='B3|D|B6|B7|C16|C17|C2|C18|C19|C20|C21' named_components='A4|A5|B1|C6|C7|C9|C10|C11' named_generalize='B4|B5|C8|C22' named_networks='C3|C23|C24|C25' named_leftovers='R|S' named_checks=2
test_named_services() { test_named_numbers "$named_services"; }
test_named_components() { test_named_numbers "$named_components"; }
test_named_generalize() { test_named_numbers "$named_generalize"; }
test_named_networks() { test_named_numbers "$named_networks"; }
test_named_leftovers() { test_named_numbers "$named_leftovers"; }
test_named_checks() { test_named_numbers "$named_checks"; }

test_named() {
  ok 'named: each number is asked, and once' diff <(named_table | cut -f 1 | sort -u) <(printf '%s\n' "$named_services|$named_components|$named_generalize|$named_networks|$named_leftovers|$named_checks" | tr '|' '\n' | sort)
  side_by_side test_named_services test_named_components test_named_checks test_named_leftovers test_named_generalize test_named_networks
}
