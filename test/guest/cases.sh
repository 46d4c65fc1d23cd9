# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# Inputs of people who did this job, each with what must be said about it, and a neighbour that must pass. Sourced by suite.sh.

plant_file() { # plant_file <path> <line…>
  mkdir -p "$(dirname "$root$1")"
  printf '%s\n' "${@:2}" >"$root$1"
}

checks_here() { inside sh /opt/regild/checks.sh guest "$@" >"$work/checks.txt" 2>/dev/null || true; }
scan_here() { inside sh /opt/regild/leak-scan.sh "$1" >"$work/leaks.txt" 2>"$work/leaks.log"; }
leak_said() { grep -qP "^regild-leak\t$1(\t|\$)" "$work/leaks.txt"; }

# Who describes the network card of a fresh machine.
test_case_network() {
  fresh case-network
  checks_here azl-31-first-boot-network azl-32-network-cards azl-33-resolver
  ok 'network: a clean system passes' diff /dev/null <(failing "$work/checks.txt")
  plant_file /etc/cloud/cloud.cfg.d/99-disable-network-config.cfg 'network: {config: disabled}'
  checks_here azl-31-first-boot-network
  ok 'network: cloud-init must not describe it, and nothing else does' check_said azl-31-first-boot-network 'fail\t/etc/cloud/cloud.cfg.d/99-disable[^\t]*'
  plant_file /etc/cloud/cloud.cfg.d/99-disable-network-config.cfg network: '  config: disabled'
  checks_here azl-31-first-boot-network
  ok 'network: the same in the other form of YAML' check_said azl-31-first-boot-network fail
  plant_file /etc/netplan/50-cloud-init.yaml 'network:' '  version: 2' '  ethernets:' '    eth0:' '      dhcp4: true'
  checks_here azl-31-first-boot-network
  ok 'network: what cloud-init wrote is deleted before capture' check_said azl-31-first-boot-network fail
  plant_file /etc/netplan/00-installer-config.yaml 'network:' '  version: 2' '  ethernets:' '    enp39s0:' '      dhcp4: true'
  checks_here azl-31-first-boot-network azl-32-network-cards
  ok "network: an installer's card is no card of Azure's" diff <(printf '%s\n' azl-31-first-boot-network azl-32-network-cards) <(failing "$work/checks.txt")
  ok 'network: it is named' check_said azl-32-network-cards 'fail\tenp39s0 in /etc/netplan/00-installer-config.yaml *'
  plant_file /etc/netplan/00-installer-config.yaml 'network:' '  version: 2' '  ethernets:' '    primary:' '      match: {name: "e*"}' '      dhcp4: true'
  checks_here azl-31-first-boot-network azl-32-network-cards
  ok 'network: a file for every card passes' diff /dev/null <(failing "$work/checks.txt")
  plant_file /etc/netplan/01-static.yaml 'network:' '  version: 2' '  ethernets:' '    eth0:' '      dhcp4: false' '      addresses: [10.0.1.5/24]' '      nameservers: {addresses: [10.0.0.2]}'
  checks_here azl-31-first-boot-network azl-33-resolver
  ok 'network: a fixed address' check_said azl-31-first-boot-network 'fail\ta fixed address: /etc/netplan/01-static.yaml *'
  ok "network: the VPC's resolver in netplan" check_said azl-33-resolver 'fail\t10.0.0.2 in /etc/netplan/01-static.yaml *'
  rm "$root/etc/netplan/01-static.yaml"
  plant_file /etc/NetworkManager/system-connections/ens5.nmconnection '[connection]' 'id=ens5' 'interface-name=ens5' '[ipv4]' 'method=auto'
  plant_file /etc/systemd/resolved.conf.d/vpc.conf '[Resolve]' 'DNS=10.0.0.2'
  mkdir -p "$root/etc/dhcp" && echo 'supersede domain-name-servers 10.0.0.3;' >>"$root/etc/dhcp/dhclient.conf"
  checks_here azl-32-network-cards azl-33-resolver
  ok "network: a profile of NetworkManager for EC2's card" check_said azl-32-network-cards 'fail\tens5 in [^\t]*'
  ok 'network: resolvers in resolved and dhclient' check_said azl-33-resolver 'fail\t10.0.0.2 in [^\t]*10.0.0.3 in [^\t]*'
  plant_file /opt/regild/answers.tsv $'azl-33-*\t10.0.0.* in *\tour own network has it there'
  checks_here azl-33-resolver
  ok 'network: a resolver that somebody answers for passes' check_said azl-33-resolver pass
  plant_file /etc/systemd/system/cloud-init.service.d/proxy.conf '[Service]' 'Environment=http_proxy=http://proxy:3128'
  checks_here azl-37-platform-addresses
  ok "network: a proxy in the way of Azure's own addresses" check_said azl-37-platform-addresses 'fail\t[^\t]*proxy.conf[^\t]*'
}

# Who lets the administrator in.
test_case_login() {
  fresh case-login
  inside ssh-keygen -A >/dev/null
  checks_here azl-35-administrator-login azl-36-ssh-port azl-34-cloud-init-runs
  ok 'login: a clean system lets the administrator in' diff /dev/null <(failing "$work/checks.txt")
  plant_file /etc/ssh/sshd_config.d/50-hardening.conf 'AllowUsers ec2-user' 'PasswordAuthentication no'
  checks_here azl-35-administrator-login
  ok 'login: AllowUsers with the account of EC2' check_said azl-35-administrator-login 'fail\tsshd: allowusers ec2-user[^\t]*'
  plant_file /opt/regild/answers.tsv $'azl-35-administrator-login\tsshd: allowusers ec2-user*\ta step at first boot changes it'
  checks_here azl-35-administrator-login
  ok 'login: somebody answers for it' check_said azl-35-administrator-login pass
  rm "$root/opt/regild/answers.tsv"
  plant_file /etc/ssh/sshd_config.d/50-hardening.conf 'AllowUsers ec2-user azure*'
  checks_here azl-35-administrator-login
  ok 'login: a pattern that takes the administrator in' check_said azl-35-administrator-login pass
  plant_file /etc/ssh/sshd_config.d/50-hardening.conf 'AllowGroups sshusers'
  checks_here azl-35-administrator-login
  ok 'login: AllowGroups with a group that nobody gets' check_said azl-35-administrator-login 'fail\tsshd: allowgroups sshusers[^\t]*'
  plant_file /etc/ssh/sshd_config.d/50-hardening.conf 'DenyGroups sudo'
  checks_here azl-35-administrator-login
  ok 'login: DenyGroups with a group of the administrator' check_said azl-35-administrator-login 'fail\tsshd: denygroups sudo[^\t]*'
  plant_file /etc/ssh/sshd_config.d/50-hardening.conf 'Port 2222'
  checks_here azl-35-administrator-login azl-36-ssh-port
  ok 'login: another port alone' check_said azl-36-ssh-port 'fail\tsshd listens on port 2222 alone'
  rm "$root/etc/ssh/sshd_config.d/50-hardening.conf"
  printf '%s\n' '+ : root ec2-user : ALL' '- : ALL : ALL' >>"$root/etc/security/access.conf"
  checks_here azl-35-administrator-login
  ok "login: a table of logins that PAM does not read" check_said azl-35-administrator-login pass
  sed -i 's/^# *account *required *pam_access.so/account required pam_access.so/' "$root/etc/pam.d/sshd"
  checks_here azl-35-administrator-login
  ok "login: PAM's table of logins" check_said azl-35-administrator-login 'fail\tpam_access: - : ALL : ALL *'
  plant_file /etc/cloud/cloud.cfg.d/99-users.cfg 'users:' '  - name: appuser'
  checks_here azl-34-cloud-init-runs
  ok 'login: cloud-init is told to make nobody' check_said azl-34-cloud-init-runs 'fail\tusers: [^\t]*appuser, and no default[^\t]*'
  plant_file /etc/cloud/cloud.cfg.d/99-users.cfg 'users: [default, appuser]'
  checks_here azl-34-cloud-init-runs
  ok 'login: or the default user among others' check_said azl-34-cloud-init-runs pass
  touch "$root/etc/cloud/cloud-init.disabled"
  checks_here azl-34-cloud-init-runs
  ok 'login: cloud-init is turned off' check_said azl-34-cloud-init-runs 'fail\t/etc/cloud/cloud-init.disabled'
}

# The login over the network, with the program that regild starts and a real sshd.
login_says() { # login_says <key> <port> <pattern>
  in_network "$node" "$here/network-login.ts" regild "$work/key" 2222 "$1" "$2" >"$work/login" && grep -qE "$3" "$work/login"
}

test_case_network_login() {
  fresh case-network-login
  ok 'network login: there is a network' open_network
  # The way to Azure's own address.
  in_network ip route add 168.63.129.16 dev lo src 127.0.0.1
  local guest_net='' guest_enter="nsenter --target $network --net" sshd
  inside ssh-keygen -A >/dev/null
  inside useradd -m -s /bin/sh regild
  ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -f "$work/key"
  ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -f "$work/other"
  inside install -d -m 0700 -o regild /home/regild/.ssh
  cp "$work/key.pub" "$root/home/regild/.ssh/authorized_keys"
  inside sh -c 'mkdir -p /run/sshd && exec /usr/sbin/sshd -D -p 2222' 2>"$work/sshd.log" &
  sshd=$!
  ok 'network login: sshd answers' wait_for 300 in_network ssh-keyscan -p 2222 127.0.0.1
  ok 'network login: the administrator gets in' login_says "$work/key" 2222 '^pass regild@127\.0\.0\.1$'
  ok 'network login: nobody else does' login_says "$work/other" 2222 '^fail regild@127\.0\.0\.1: .*Permission denied'
  ok 'network login: where nobody answers, nobody gets in' login_says "$work/key" 2223 '^fail regild@127\.0\.0\.1: .*Connection refused'
  ok 'network login: no key is left on this machine' test -z "$(find "$TMPDIR" -name 'regild-ssh-*')"
  kill "$sshd" 2>/dev/null || true
}

# Agents that know who they are.
test_case_agents() {
  fresh case-agents
  mkdir -p "$root/opt/CrowdStrike" && head -c 800 /dev/zero | tr '\0' c >"$root/opt/CrowdStrike/falconstore"
  ok 'agents: a sensor prepared for an image stops nothing' scan_here guest
  ok "agents: and what its vendor has it prepared by is said" leak_said 'SL-17\twarn\t/opt/CrowdStrike/falconstore\tCrowdStrike Falcon sensor: falconctl -d -f --aid[^\t]*'
  plant_file /etc/salt/pki/minion/minion.pem key
  ok 'agents: a key of its own is a secret' not scan_here guest
  ok 'agents: it is named' leak_said 'SL-17\tblock\t/etc/salt/pki/minion/minion.pem\tSalt minion: [^\t]*'
  plant_file /opt/regild/answers.tsv $'SL-17\t/etc/salt/*\ta test master takes any minion'
  ok 'agents: somebody answers for it' scan_here guest
  plant_file /opt/splunkforwarder/etc/instance.cfg '[general]' 'guid = 00000000-0000-4000-8000-000000000001'
  plant_file /var/ossec/etc/client.keys ''
  ok 'agents: a name that a service gave' scan_here guest
  ok 'agents: is told' leak_said 'SL-17\twarn\t/opt/splunkforwarder/etc/instance.cfg\tSplunk[^\t]*'
  ok 'agents: an agent that is not enrolled yet is not' not leak_said 'SL-17\t[^\t]*\t/var/ossec[^\t]*\t[^\t]*'
  plant_file /etc/krb5.keytab keytab
  ok 'agents: a membership in a domain stops' not scan_here guest
  plant_file /opt/regild/answers.tsv $'SL-17\t/etc/salt/*\ta test master' $'SL-19\t/etc/krb5.keytab\ta keytab of no domain'
  ok 'agents: and can be answered for too' scan_here guest
}

# Every agent of the catalog, by the table that a build delivers: a file that is there is told by what it means; one whose text counts needs that text.
test_case_agent_table() {
  local id means path text planted
  fresh case-agent-table
  while IFS=$'\t' read -r id means path text; do
    if [ "$means" = says ]; then continue; fi
    planted=${path//\*/x}
    case $id:$text in
      *:) text='made for the test' ;;
      datadog-agent:*) text='api_key: 0123456789abcdef0123456789abcdef' ;;
      new-relic-infra:*) text='license_key: 0123456789abcdef0123456789abcdef01234567' ;;
      splunk-forwarder:*) text='guid = 00000000-0000-4000-8000-000000000001' ;;
      zabbix-agent:*) text='Hostname=build' ;;
      wazuh-agent:*) text='001 web any 0123456789abcdef' ;;
      sentinelone:*) text='S1_AGENT_MANAGEMENT_TOKEN=made-for-the-test' ;;
      sophos-protection-linux:*) text='MCSID=made-for-the-test' ;;
      azure-arc:*) text='{"resourceName": "build"}' ;;
      bigfix-client:*) text='ComputerID = 1234' ;;
      commvault:*) text='sCSCLIENTNAME commserve' ;;
      carbon-black-cloud:*) text='DeviceId=1234' ;;
      *) text="no sample for $id" ;;
    esac
    plant_file "$planted" "$text"
    if [ "$means" = secret ]; then means=block; else means=warn; fi
    printf '%s\t%s\n' "$means" "$planted"
  done <"$work/tables/agents.tsv" | sort -u >"$work/agents.expected"
  scan_here guest || true
  awk -F '\t' '$2 == "SL-17" { print $3 "\t" $4 }' "$work/leaks.txt" | sort -u >"$work/agents.found"
  ok 'agents: each of the catalog is found, and stops a build where it has a key of its own' diff "$work/agents.expected" "$work/agents.found"
  # What is configured and not registered is nobody's identity.
  sed -i 's/^MCSID=.*/MCSID=/' "$root/opt/sophos-spl/base/etc/sophosspl/mcs.config"
  plant_file /var/opt/azcmagent/agentconfig.json '{"resourceName": ""}'
  plant_file /var/opt/BESClient/besclient.config '[Software\BigFix\EnterpriseClient\GlobalOptions]' 'ComputerID = 0'
  plant_file /etc/datadog-agent/datadog.yaml 'api_key:'
  scan_here guest || true
  ok 'agents: one that is configured only is not' not leak_said 'SL-17\t[^\t]*\t(/opt/sophos-spl|/var/opt/azcmagent|/var/opt/BESClient|/etc/datadog-agent)[^\t]*\t[^\t]*'
  awk -F '\t' '{ print "SL-17\t" $2 "\tfor the test" }' "$work/agents.expected" >"$root/opt/regild/answers.tsv"
  ok 'agents: each can be answered for' scan_here guest
}

# Accounts of the workload, and a generalize that meets what is no error.
test_case_accounts() {
  fresh case-accounts
  inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  inside groupadd --gid 1001 agent
  inside useradd --create-home --uid 1001 --gid 1001 --shell /bin/bash agent
  plant_file /home/agent/.ssh/authorized_keys 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeController controller'
  plant_file /home/agent/work/state data
  inside useradd -m -s /bin/bash -u 1002 ec2-user
  plant_file /home/ec2-user/app/run data
  plant_file /etc/systemd/system/app.service '[Service]' 'User=ec2-user' 'ExecStart=/home/ec2-user/app/run' '[Install]' 'WantedBy=multi-user.target'
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants" "$root/etc/ssh/authorized_keys"
  ln -sf ../app.service "$root/etc/systemd/system/multi-user.target.wants/app.service"
  inside useradd -m -s /bin/bash -u 54321 oracle
  echo 'oracle:secret' | inside chpasswd
  plant_file /etc/ssh/authorized_keys/somebody 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake somebody'
  plant_file /etc/fstab '/dev/disk/cloud/azure_resource-part1 /mnt auto defaults,nofail,comment=cloudconfig 0 2'
  # The agent says that all went well, and did nothing.
  plant_file /usr/sbin/waagent '#!/bin/sh' 'exit 0'
  chmod 0755 "$root/usr/sbin/waagent"
  echo build-vm >"$root/etc/hostname"
  plant_file /var/lib/dhcp/dhclient.leases lease
  ok 'accounts: the workload is no leftover of AWS' inside sh /opt/regild/remove-aws.sh generalize
  ok 'accounts: the account that a unit runs as is there' text '^ec2-user:' /etc/passwd
  ok 'accounts: with its home' test -s "$root/home/ec2-user/app/run"
  ok 'accounts: nothing stops before capture' scan_here guest
  ok 'accounts: the account is said to stay' leak_said 'SL-15\twarn\taccount agent\tstays in the image'
  ok 'accounts: and why another does' leak_said 'SL-15\twarn\taccount ec2-user\tstays in the image: app.service runs as it'
  ok 'accounts: what is deleted is said beforehand' leak_said 'SL-01\twarn\t/home/agent/.ssh/authorized_keys\tauthorized key, deleted before capture'
  ok 'accounts: and what is locked' leak_said 'SL-14\twarn\tpassword of oracle\tlocked before capture'
  plant_file /opt/regild/answers.tsv $'SL-01\t/home/agent/.ssh/authorized_keys\tthe controller logs in by it'
  ok 'accounts: generalize' inside sh /opt/regild/generalize.sh
  ok 'accounts: the accounts are content' test "$(grep -cE '^(agent|ec2-user|oracle):' "$root/etc/passwd")" = 3
  ok 'accounts: no password lets in' text '^oracle:\*' /etc/shadow
  ok 'accounts: the key that somebody answers for stays' text Controller /home/agent/.ssh/authorized_keys
  ok "accounts: a folder of sshd's keys is emptied" absent /etc/ssh/authorized_keys/somebody
  ok 'generalize: the resource disk of the build machine is not in fstab' no_text cloudconfig /etc/fstab
  ok 'generalize: the host name is no machine of anybody, whatever the agent did' text '^localhost.localdomain$' /etc/hostname
  ok 'generalize: no lease is left' absent /var/lib/dhcp/dhclient.leases
}

# AWS by a word, not by an address.
test_case_words() {
  fresh case-words
  checks_here azl-02-aws-callers
  plant_file /etc/docker/daemon.json '{"log-driver":"awslogs","log-opts":{"awslogs-region":"us-east-1"}}'
  plant_file /etc/consul.d/consul.hcl 'retry_join = ["provider=aws tag_key=consul tag_value=server"]'
  plant_file /etc/vault.d/vault.hcl 'seal "awskms" {' '  region = "us-east-1"' '}'
  plant_file /etc/default/kubelet 'KUBELET_EXTRA_ARGS=--cloud-provider=aws'
  plant_file /etc/elasticsearch/elasticsearch.yml 'discovery.seed_providers: ec2'
  plant_file /etc/telegraf/telegraf.conf '[[outputs.cloudwatch]]' '  region = "us-east-1"'
  plant_file /etc/fluent-bit/fluent-bit.conf '[OUTPUT]' '    Name cloudwatch_logs' '    region us-east-1'
  plant_file /etc/prometheus/prometheus.yml 'scrape_configs:' '- ec2_sd_configs:' '  - region: us-east-1'
  # shellcheck disable=SC2016 # expanded by the inner shell
  inside sh -c 'REGILD_HOME=/opt/regild; . /opt/regild/lib.sh; regild_load_packages; regild_find_component aws-words-in-config' | sort >"$work/words"
  ok 'words: every one of them is found' diff <(printf 'text in %s\n' /etc/consul.d/consul.hcl /etc/default/kubelet /etc/docker/daemon.json /etc/elasticsearch/elasticsearch.yml /etc/fluent-bit/fluent-bit.conf /etc/prometheus/prometheus.yml /etc/telegraf/telegraf.conf /etc/vault.d/vault.hcl | sort) "$work/words"
  checks_here azl-02-aws-callers
  ok 'words: the check names them' check_said azl-02-aws-callers 'fail\t[^\t]*aws-words-in-config[^\t]*'
}

# Right values of checks that had a wrong one.
test_case_values() {
  fresh case-values
  plant_file /etc/cloud/cloud.cfg.d/99-keys.cfg 'ssh_genkeytypes:' '  - rsa' '  - ed25519'
  checks_here azl-05-waagent-enabled
  ok 'values: key types below their key' check_said azl-05-waagent-enabled pass
  plant_file /etc/cloud/cloud.cfg.d/99-keys.cfg 'ssh_genkeytypes: [ed25519]'
  sed -i '/^Provisioning.SshHostKeyPairType=/d' "$root/etc/waagent.conf"
  checks_here azl-05-waagent-enabled
  ok 'values: the agent waits for rsa' check_said azl-05-waagent-enabled 'fail\t[^\t]*waits for rsa'
  echo 'Provisioning.SshHostKeyPairType=ed25519' >>"$root/etc/waagent.conf"
  checks_here azl-05-waagent-enabled
  ok 'values: or for what it is told' check_said azl-05-waagent-enabled pass
  plant_file /etc/fstab 'UUID=1 / btrfs defaults 0 0' 'UUID=1 /opt btrfs subvol=@/opt 0 0' 'UUID=2 /srv ext4 defaults 0 2' '/dev/disk/by-uuid/0002 none swap sw 0 0'
  checks_here azl-09-fstab lis-25-no-swap-on-os-disk
  ok 'values: a subvolume lies on the disk of the root' check_said azl-09-fstab 'fail\twithout nofail: /srv *'
  ok 'values: swap on another disk is no swap on the OS disk' check_said lis-25-no-swap-on-os-disk pass
  rm -f "$root"/etc/apt/sources.list.d/* "$root/etc/apt/sources.list"
  plant_file /etc/apt/sources.list.d/a.sources 'Types: deb' 'URIs: https://deb.debian.org/debian' 'Suites: bookworm' 'Components: main' 'Enabled: no'
  checks_here lis-11-repositories
  ok 'values: a source that is switched off is none' check_said lis-11-repositories 'fail\tno package repository is enabled'
  plant_file /etc/wpa_supplicant/wifi.conf 'network={' '  ssid="x"' '  psk="made-for-the-test"' '}'
  scan_here guest || true
  ok 'values: a wireless password is one' leak_said 'SL-20\tblock\t/etc/wpa_supplicant/wifi.conf\tpassword'
}

# Ubuntu Pro: a detach takes the FIPS metapackage along.
test_case_pro() {
  fresh case-pro
  deb_installs ubuntu-azure-fips
  plant_file /var/lib/ubuntu-advantage/private/machine-token.json '{}'
  plant_file /etc/apt/auth.conf.d/90ubuntu-advantage 'machine esm.ubuntu.com login bearer password made-for-the-test'
  plant_file /usr/bin/pro '#!/bin/sh' 'echo "$*" >/var/lib/pro-was'
  chmod 0755 "$root/usr/bin/pro"
  ok 'pro: the token of an image with FIPS goes' inside sh /opt/regild/remove-aws.sh generalize
  ok 'pro: with the login to the repositories' absent /etc/apt/auth.conf.d/90ubuntu-advantage
  ok 'pro: and nothing of the token is left' absent /var/lib/ubuntu-advantage/private/machine-token.json
  ok 'pro: but nobody detached it' absent /var/lib/pro-was
  inside dpkg --purge ubuntu-azure-fips >"$work/purge.log" 2>&1
  plant_file /var/lib/ubuntu-advantage/private/machine-token.json '{}'
  ok 'pro: any other image' inside sh /opt/regild/remove-aws.sh generalize
  ok 'pro: is detached' text '^detach --assume-yes$' /var/lib/pro-was
}

# What a machine is measured by: each metric is answered once, by a figure or with the reason why there is none.
test_case_measure() {
  fresh case-measure
  plant_file /usr/local/bin/systemctl '#!/bin/sh' 'echo FinishTimestampMonotonic=12345678'
  plant_file /usr/local/bin/dd '#!/bin/sh' 'echo "256+0 records in" >&2' 'echo "268435456 bytes (268 MB, 256 MiB) copied, 2.048 s, 131 MB/s" >&2'
  chmod 0755 "$root/usr/local/bin/systemctl" "$root/usr/local/bin/dd"
  measured_here() { inside env REGILD_URL=https://mirror.invalid/x sh /opt/regild/measure.sh "$@" | cut -f 2,3 >"$work/measured"; }
  measured_here boot diskWrite diskRead network odd
  ok 'measure: figures from what every Linux has, and none where it has none' diff <(printf '%s\n' $'boot\t12.3' $'network\t-' $'odd\t-' $'diskWrite\t131.1' $'diskRead\t131.1') "$work/measured"
  rm "$root/usr/local/bin/dd" "$root/usr/local/bin/systemctl"
  measured_here boot diskWrite diskRead diskIops diskLatency networkLatency
  ok 'measure: a boot that systemd does not know of is none' grep -qx $'boot\t-' "$work/measured"
  ok 'measure: each metric is answered once' diff <(printf '%s\n' boot diskIops diskLatency diskRead diskWrite networkLatency) <(cut -f 1 "$work/measured" | sort)
  ok 'measure: by a number or none' not grep -vP '\t(-|[0-9]+(\.[0-9]+)?)$' "$work/measured"
  ok 'measure: and nothing of it stays' test -z "$(find "$root/var/tmp" -name 'regild-measure*')"
}

# Whatever stops a build can be answered for: every check of severity `block` with a finding of its own, in the guest and on a test VM.
test_case_answers() {
  local stage ids
  fresh case-answers
  {
    echo 'REGILD_HOME=/opt/regild; . /opt/regild/lib.sh'
    echo "for id in $(awk -F '\t' '$2 == "block" { print $1 }' "$work/tables/checks.tsv" | tr '\n' ' '); do"
    # shellcheck disable=SC2016 # for the guest
    printf '%s\n' 'eval "check_$(echo "$id" | tr - _)() { fail \"planted for $id: /etc/x\"; }"' 'ids="${ids:-} $id"' 'done' 'REGILD_INLINE=1; . /opt/regild/checks.sh' 'regild_run_checks "$1" $ids' 'echo "stops:$REGILD_BLOCKED"'
  } >"$root/tmp/blocked.sh"
  awk -F '\t' '$2 == "block" { print $1 }' "$work/tables/checks.tsv" | sort >"$work/block.ids"
  for stage in guest final test-vm; do
    rm -f "$root/opt/regild/answers.tsv"
    inside sh /tmp/blocked.sh "$stage" >"$work/stops"
    ok "answers: each of $(wc -l <"$work/block.ids") checks stops the build where it fails: $stage" diff "$work/block.ids" <(sed -n 's/^stops: //p' "$work/stops" | tr ' ' '\n' | sort)
    awk '{ print $1 "\tplanted for " $1 "*\tfor the test" }' "$work/block.ids" >"$root/opt/regild/answers.tsv"
    inside sh /tmp/blocked.sh "$stage" >"$work/stops"
    ok "answers: and none that somebody answers for: $stage" grep -qx 'stops:' "$work/stops"
    ok "answers: which is said of each: $stage" test "$(grep -c $'\tskip\tanswered for: planted for' "$work/stops")" = "$(wc -l <"$work/block.ids")"
  done
}

# And every rule of the leak scan, by findings of its own.
test_case_leak_answers() {
  fresh case-leak-answers
  inside ssh-keygen -A >/dev/null
  for path in /root/.ssh/authorized_keys /root/.bash_history /root/.aws/credentials /root/.netrc /etc/greengrass/x /etc/pki/consumer/cert.pem /etc/krb5.keytab /etc/postfix/sasl_passwd /var/lib/cloud/instances/i/x /var/lib/waagent/a.prv /var/lib/systemd/credential.secret /etc/udev/rules.d/70-persistent-net.rules /root/anaconda-ks.cfg /etc/disk.key /etc/shadow-; do
    plant_file "$path" 'made for the test'
  done
  plant_file /etc/deploy.key '-----BEGIN PRIVATE KEY-----' x
  plant_file /etc/crypttab 'data UUID=1 /etc/disk.key luks'
  echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
  echo 'root:secret' | inside chpasswd
  ok 'answers: a system full of secrets' not scan_here final
  awk -F '\t' '$3 == "block" { print $2 }' "$work/leaks.txt" | sort -u >"$work/rules"
  # Swap in a file (SL-23) needs a kernel that swaps to it.
  ok 'answers: every rule that stops a build has found something' diff <(grep -oE 'SL-[0-9]+ (block|"[$]severity")' "$project/scripts/linux/leak-scan.sh" | cut -c 1-5 | sort -u | grep -vx SL-23) "$work/rules"
  awk -F '\t' '$3 == "block" { print $2 "\t" $4 "\tfor the test" }' "$work/leaks.txt" >"$root/opt/regild/answers.tsv"
  ok 'answers: and each can be answered for' scan_here final
  ok 'answers: which stays visible' diff <(cut -f 1 "$root/opt/regild/answers.tsv" | sort -u) <(awk -F '\t' '$3 == "allowed" { print $2 }' "$work/leaks.txt" | sort -u)
}

test_cases() {
  side_by_side test_case_network test_case_login test_case_agents test_case_agent_table
  side_by_side test_case_accounts test_case_words test_case_values test_case_pro test_case_measure
  side_by_side test_case_answers test_case_leak_answers test_case_network_login
}
