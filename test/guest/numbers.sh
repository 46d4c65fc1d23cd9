# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# Right values of steps that had a wrong one, each in a few lines. Sourced by run.sh.

component_finds() { # component_finds <id>
  # shellcheck disable=SC2016 # expanded by the inner shell
  inside sh -c 'REGILD_HOME=/opt/regild; . /opt/regild/lib.sh; regild_load_packages; regild_find_component "$0"' "$1" | sort
}

# A unit with nothing in it, enabled or not.
unit_file() { # unit_file <name> <enable|disable>
  plant_file "/usr/lib/systemd/system/$1" '[Service]' 'ExecStart=/bin/true' '[Install]' 'WantedBy=multi-user.target'
  inside systemctl --quiet "$2" "$1"
}

test_numbers_network() {
  fresh numbers-network
  unit_file NetworkManager.service disable
  inside systemctl --quiet enable systemd-networkd.service
  plant_file /etc/resolv.conf.old 'nameserver 192.0.2.1'
  plant_file /etc/NetworkManager/conf.d/99-azure-unmanaged-devices.conf '[keyfile]' 'unmanaged-devices=driver:mlx4_core;driver:mlx5_core;driver:mana'
  checks_here azl-14-network-configuration
  ok 'network: amazon-ec2-net-utils has one service' inside sh /opt/regild/network.sh
  ok 'network: NetworkManager is on again' inside systemctl --quiet is-enabled NetworkManager.service
  ok 'network: and what the package turned on is off' not inside systemctl --quiet is-enabled systemd-networkd.service
  ok "network: a base's own list of drivers stays" text 'driver:mana' /etc/NetworkManager/conf.d/99-azure-unmanaged-devices.conf
  checks_here azl-14-network-configuration
  ok 'network: one service is right' check_said azl-14-network-configuration pass
  inside systemctl --quiet enable systemd-networkd.service
  checks_here azl-14-network-configuration
  ok 'network: two are not' check_said azl-14-network-configuration 'fail\ttwo network services[^\t]*'
  mkdir -p "$root/etc/netplan"
  checks_here azl-14-network-configuration
  ok 'network: unless netplan shares the work' check_said azl-14-network-configuration pass
  plant_file /etc/sysconfig/network-scripts/ifcfg-eth0 '# Created by cloud-init automatically, do not edit.' 'HWADDR=00:0d:3a:00:00:01'
  checks_here azl-14-network-configuration
  ok 'network: what cloud-init writes at every boot is pinned to nothing' check_said azl-14-network-configuration pass
}

test_numbers_datasource() {
  fresh numbers-datasource
  calls_itself azurelinux 3.0
  plant_file /etc/cloud/cloud.cfg.d/95-own.cfg 'datasource_list: [ Ec2, None ]'
  ok 'datasource: Azure Linux with the datasource of EC2' inside sh /opt/regild/configure.sh
  ok 'datasource: looks for Azure' text 'datasource_list: \[ Azure \]' /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg
  ok 'datasource: and cloud-init writes its network' no_text apply_network_config /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg
  # shellcheck disable=SC2016 # expanded by the inner shell
  ok 'datasource: without tdnf it asks dnf' inside sh -c 'REGILD_HOME=/opt/regild; . /opt/regild/lib.sh; ! command -v tdnf && regild_tdnf --version'
  rm "$root/etc/cloud/cloud.cfg.d/91-azure_datasource.cfg"
  calls_itself rhel 9.6
  unit_file NetworkManager.service enable
  ok 'datasource: RHEL with NetworkManager' inside sh /opt/regild/configure.sh
  ok 'datasource: keeps its network to itself' text 'apply_network_config: false' /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg
}

test_numbers_components() {
  local name
  fresh numbers-components
  deb_installs linux-aws linux-image-aws linux-image-6.8.0-1012-aws linux-modules-6.8.0-1012-aws linux-modules-extra-6.8.0-1012-aws linux-headers-6.8.0-1012-aws linux-tools-6.8.0-1012-aws linux-image-6.8.0-1012-azure
  ok "components: every package of AWS's kernel, and none of Azure's" diff <(inside dpkg-query --list | awk '{ print $2 }' | grep -E '^linux-.*aws' | sed 's/^/package /' | sort) <(component_finds kernel-linux-aws)
  for name in /etc/init.d/aws-kinesis-agent /etc/cron.d/aws-kinesis-agent /etc/default/aws-kinesis-agent /usr/bin/start-aws-kinesis-agent /usr/bin/aws-kinesis-agent-babysit; do plant_file "$name" '#!/bin/sh'; done
  plant_file /etc/profile.d/aws-app.sh 'export S3_BUCKET=orders'
  plant_file /etc/fstab 'UUID=1 / ext4 defaults 0 1' 'fs-0123:/ /data s3files _netdev 0 0'
  ok 'components: S3 Files in fstab' grep -qx 'text in /etc/fstab' <(component_finds amazon-efs-utils)
  ok 'components: what is decided goes' inside sh /opt/regild/remove-aws.sh remove-aws
  ok 'components: nothing starts the Kinesis agent again' test -z "$(find "$root/etc" "$root/usr/bin" -name '*kinesis-agent*')"
  ok 'components: a profile of the workload is asked about, and stays' text S3_BUCKET /etc/profile.d/aws-app.sh
  plant_file /var/log/app.log 'a line'
  if inside chattr +a /var/log/app.log 2>/dev/null; then
    plant_file /usr/sbin/waagent '#!/bin/sh' 'exit 0'
    inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
    inside dpkg --purge --force-all linux-aws linux-image-aws linux-image-6.8.0-1012-aws linux-modules-6.8.0-1012-aws linux-modules-extra-6.8.0-1012-aws linux-headers-6.8.0-1012-aws linux-tools-6.8.0-1012-aws >"$work/purge.log" 2>&1
    inside sh /opt/regild/remove-aws.sh configure >/dev/null 2>&1
    inside sh /opt/regild/remove-aws.sh generalize >/dev/null 2>&1
    ok 'generalize: a log that can only grow is no error' inside sh /opt/regild/generalize.sh
    ok 'generalize: the other logs are empty all the same' test -z "$(find "$root/var/log" -type f -size +0 ! -name app.log)"
    inside chattr -a /var/log/app.log
  fi
}

# Machines of AWS's own services, each seen by what it has alone; what is called alike is none of them.
test_numbers_services() {
  local name
  fresh numbers-services
  grep -E '^(aws-parallelcluster|aws-pcs|aws-toe|credentials-fetcher|dlami-extras|emr-node)'$'\t' "$work/tables/components.tsv" >"$root/opt/regild/components.tsv"
  for name in /opt/parallelcluster/configs/x /etc/parallelcluster/x /opt/aws/pcs/scheduler/slurm-25.05/bin/sinfo /etc/amazon/pcs/x /var/log/amazon/pcs/bootstrap.log /opt/aws/dlami/bin/nvme_ephemeral_drives.sh /var/lib/amazon/toe/TOE_1/console.log /usr/local/bin/awstoe /emr/instance-controller/lib/info/job-flow.json /usr/share/aws/emr/x /etc/credentials-fetcher/config.json /opt/aws/other/x /opt/parallelcluster-notes/x /opt/dlami/nvme/x /etc/amazon/x; do plant_file "$name" x; done
  for name in parallelcluster-iptables parallelcluster_nvidia dlami-nvme instance-controller credentials-fetcher supervisord; do unit_file "$name.service" disable; done
  inside useradd -M -s /usr/sbin/nologin pcluster-admin
  ok 'services: a node of ParallelCluster' diff <(printf '%s\n' 'account pcluster-admin' 'path /etc/parallelcluster' 'path /opt/parallelcluster' 'unit parallelcluster-iptables.service' 'unit parallelcluster_nvidia.service') <(component_finds aws-parallelcluster)
  ok 'services: a node of PCS' diff <(printf 'path %s\n' /etc/amazon/pcs /opt/aws/pcs /var/log/amazon/pcs) <(component_finds aws-pcs)
  ok "services: a Deep Learning AMI's unit" diff <(printf '%s\n' 'path /opt/aws/dlami' 'unit dlami-nvme.service') <(component_finds dlami-extras)
  ok "services: EC2 Image Builder's runner" diff <(printf 'path %s\n' /usr/local/bin/awstoe /var/lib/amazon/toe) <(component_finds aws-toe)
  ok 'services: a node of EMR' diff <(printf '%s\n' 'path /emr/instance-controller' 'path /usr/share/aws/emr' 'unit instance-controller.service') <(component_finds emr-node)
  ok 'services: credentials-fetcher' diff <(printf '%s\n' 'path /etc/credentials-fetcher' 'unit credentials-fetcher.service') <(component_finds credentials-fetcher)
  checks_here azl-01-no-aws-components
  ok 'services: none of them stops the image' check_said azl-01-no-aws-components pass
  ok 'services: what is decided goes' inside sh /opt/regild/remove-aws.sh remove-aws
  ok 'services: the unit that mounts instance stores is gone' test -z "$(find "$root/etc/systemd" "$root/usr/lib/systemd" -name 'dlami-nvme*')"
  ok 'services: so are the folders of what builds AMIs' test -z "$(ls -d "$root/opt/aws/dlami" "$root/var/lib/amazon/toe" "$root/usr/local/bin/awstoe" 2>/dev/null)"
  ok 'services: what nothing on Azure works with is left as it is' test -e "$root/opt/aws/pcs/scheduler/slurm-25.05/bin/sinfo" -a -e "$root/emr/instance-controller" -a -e "$root/opt/parallelcluster/configs/x"
  ok 'services: and what is called alike' test -e "$root/opt/aws/other/x" -a -e "$root/opt/dlami/nvme/x" -a -e "$root/usr/lib/systemd/system/supervisord.service"
  checks_here azl-40-aws-leftovers
  ok 'services: it is told' check_said azl-40-aws-leftovers 'fail\taws-parallelcluster [(][^)]*[)] aws-pcs [(][^)]*[)] emr-node [^\t]*'
}

test_numbers() {
  side_by_side test_numbers_network test_numbers_datasource test_numbers_components test_numbers_services
}
