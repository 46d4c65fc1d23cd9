#!/bin/sh
# Runs inside the root file system: puts in what AWS and a careless build leave behind and no Debian package brings,
# and what must survive. Every secret here is made up. A disk gives its file systems and a key that fits:
#   ROOT_UUID, ESP_UUID   what fstab names; AWS_KEY   the public key of the default user
set -eu

put() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}

# Systems Manager: the agent's state, its snap, its account with sudo.
put /etc/amazon/ssm/amazon-ssm-agent.json <<'X'
{ "Profile": {} }
X
put /var/lib/amazon/ssm/Vault/Store/RegistrationKey <<'X'
registration
X
put /snap/amazon-ssm-agent/current/amazon-ssm-agent <<'X'
binary
X
put /var/log/amazon/ssm/amazon-ssm-agent.log <<'X'
log
X
put /etc/systemd/system/amazon-ssm-agent.service <<'X'
[Service]
ExecStart=/snap/amazon-ssm-agent/current/amazon-ssm-agent
[Install]
WantedBy=multi-user.target
X
mkdir -p /etc/systemd/system/multi-user.target.wants
ln -sf /etc/systemd/system/amazon-ssm-agent.service /etc/systemd/system/multi-user.target.wants/amazon-ssm-agent.service
useradd -m -s /bin/bash -u 1101 ssm-user
echo 'ssm-user ALL=(ALL) NOPASSWD:ALL' | put /etc/sudoers.d/ssm-agent-users

# CloudWatch, CodeDeploy, cfn-bootstrap, EC2 Instance Connect, hibernation, as their installers leave them.
put /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl <<'X'
#!/bin/sh
exit 0
X
chmod 0755 /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl
useradd -r -d /home/cwagent -s /usr/sbin/nologin cwagent
echo '---' | put /etc/codedeploy-agent/conf/codedeployagent.yml
echo '[main]' | put /etc/cfn/cfn-hup.conf
echo exit | put /opt/aws/bin/cfn-hup
printf '%s\n' '[Service]' 'ExecStart=' 'ExecStart=/usr/sbin/sshd -D -o AuthorizedKeysCommand=/usr/share/ec2-instance-connect/eic_run_authorized_keys' | put /lib/systemd/system/ssh.service.d/ec2-instance-connect.conf
echo 'exit 0' | put /usr/share/ec2-instance-connect/eic_run_authorized_keys
echo 'AuthorizedKeysCommand /opt/aws/bin/eic_run_authorized_keys %u %f' >>/etc/ssh/sshd_config
echo 'AuthorizedKeysCommandUser ec2-instance-connect' >>/etc/ssh/sshd_config
echo x | put /etc/hibinit-config.cfg
head -c 65536 /dev/zero >/swap

# Datasource, time, kernel arguments, mirrors, network names.
echo 'datasource_list: [ Ec2, None ]' | put /etc/cloud/cloud.cfg.d/90_dpkg.cfg
printf '%s\n' 'datasource:' '  Ec2:' '    strict_id: false' | put /etc/cloud/cloud.cfg.d/99-aws.cfg
echo 'policy: search,found=first,maybe=none,notfound=disabled' | put /etc/cloud/ds-identify.cfg
echo 'server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4' >>/etc/chrony/chrony.conf
echo 'refclock PHC /dev/ptp_ena poll 0 delay 0.000010 prefer' >>/etc/chrony/chrony.conf
echo 'options ena phc_enable=1' | put /etc/modprobe.d/ena.conf
printf '%s\n' 'GRUB_CMDLINE_LINUX="console=tty0 nvme_core.io_timeout=4294967295 resume=UUID=0b0b net.ifnames=0"' | put /etc/default/grub
echo 'deb http://cdn-aws.deb.debian.org/debian bookworm-backports main' | put /etc/apt/sources.list.d/aws.list
printf '%s\n' 'SUBSYSTEM=="net", ATTR{address}=="02:11:22:33:44:55", NAME="eth0"' | put /etc/udev/rules.d/70-persistent-net.rules
echo 'install udf /bin/false' | put /etc/modprobe.d/cis.conf
ln -sf /dev/null /etc/systemd/system/hv-kvp-daemon.service
{
  echo "UUID=${ROOT_UUID:-11111111-2222-3333-4444-555555555555} / ext4 defaults 0 1"
  [ -z "${ESP_UUID:-}" ] || echo "UUID=$ESP_UUID /boot/efi vfat umask=0077 0 1"
  echo '/dev/nvme1n1 /data ext4 defaults 0 2'
  echo 'fs-0123.efs.eu-west-1.amazonaws.com:/ /mnt/efs nfs4 defaults,_netdev 0 0'
  echo '/swap none swap sw 0 0'
  echo 'UUID=99999999-2222-3333-4444-555555555555 /srv ext4 defaults 0 2'
} | put /etc/fstab

# Credentials and traces.
printf '%s\n' '[default]' 'aws_access_key_id = AKIAQQQQWWWWEEEERRRR' 'aws_secret_access_key = abcdefghijABCDEFGHIJ0123456789+/abcdefghi' | put /root/.aws/credentials
useradd -m -s /bin/bash -u 1000 ec2-user
mkdir -p /home/ec2-user/.ssh /root/.ssh
echo "${AWS_KEY:-ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake ec2-user}" | put /home/ec2-user/.ssh/authorized_keys
echo 'no-port-forwarding,command="echo '\''Please login as the user \"ec2-user\".'\''" ssh-rsa AAAA key' | put /root/.ssh/authorized_keys
printf '%s\n' 'EDITOR=vi' 'AWS_SECRET_ACCESS_KEY=abcdefghijABCDEFGHIJ0123456789+/abcdefghi' | put /etc/environment
echo 'aws s3 ls' | put /root/.bash_history
echo 'sudo -i' | put /home/ec2-user/.bash_history
echo 'ec2-user ALL=(ALL) NOPASSWD:ALL' | put /etc/sudoers.d/90-cloud-init-users
ssh-keygen -A >/dev/null
echo 0123456789abcdef0123456789abcdef >/etc/machine-id
mkdir -p /var/lib/cloud/instances/i-0123456789abcdef0
echo 'userdata' | put /var/lib/cloud/instances/i-0123456789abcdef0/user-data.txt
ln -sfn /var/lib/cloud/instances/i-0123456789abcdef0 /var/lib/cloud/instance
echo seed >/var/lib/systemd/random-seed
echo lease | put /var/lib/dhcp/dhclient.eth0.leases
echo old | put /var/log/syslog.1
echo line | put /var/log/syslog
printf '%s\n' '127.0.0.1 localhost' '10.0.0.5 ip-10-0-0-5.eu-west-1.compute.internal ip-10-0-0-5' | put /etc/hosts

# Azure's side of the build machine: the account that the agent is to delete.
useradd -m -s /bin/bash -u 1200 packer
echo "${AWS_KEY:-ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake packer}" | put /home/packer/.ssh/authorized_keys
echo 'packer ALL=(ALL) NOPASSWD: ALL' | put /etc/sudoers.d/waagent
put /var/lib/waagent/ovf-env.xml <<'X'
<?xml version="1.0" encoding="utf-8"?>
<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1" xmlns:wa="http://schemas.microsoft.com/windowsazure"><wa:ProvisioningSection><wa:Version>1.0</wa:Version><LinuxProvisioningConfigurationSet xmlns="http://schemas.microsoft.com/windowsazure"><ConfigurationSetType>LinuxProvisioningConfiguration</ConfigurationSetType><HostName>build</HostName><UserName>packer</UserName><UserPassword>unused</UserPassword><DisableSshPasswordAuthentication>true</DisableSshPasswordAuthentication></LinuxProvisioningConfigurationSet></wa:ProvisioningSection><wa:PlatformSettingsSection><wa:Version>1.0</wa:Version><PlatformSettings xmlns="http://schemas.microsoft.com/windowsazure"><KmsServerHostname>azkms.core.windows.net</KmsServerHostname><ProvisionGuestAgent>true</ProvisionGuestAgent></PlatformSettings></wa:PlatformSettingsSection></Environment>
X

# The workload: all of this stays as it is.
echo 'listen 8080' | put /etc/myapp/myapp.conf
echo 'report: /opt/myapp' | put /opt/myapp/README
useradd -r -d /opt/myapp -s /usr/sbin/nologin myapp
printf '%s\n' '[Service]' 'ExecStart=/opt/myapp/run' | put /etc/systemd/system/myapp.service
echo 'data' | put /var/lib/myapp/state
echo 'myapp ALL=(root) NOPASSWD: /usr/bin/systemctl restart myapp' | put /etc/sudoers.d/myapp
echo 'vm.swappiness=10' | put /etc/sysctl.d/50-myapp.conf
echo 'module for the application' | put /opt/aws-application-notes/README
echo 'not ours' | put /usr/local/bin/aws-report
