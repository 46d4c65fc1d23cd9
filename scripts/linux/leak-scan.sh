#!/bin/sh
# shellcheck disable=SC2088 # a leading ~/ is the sign for every home, see regild_expand
# leak-scan.sh guest|final: looks for what must not be in an image and fails when a finding blocks: a secret, or a way in. The rest is told.
# `guest` looks before generalize for what nothing removes later, and says what generalize deletes; `final` looks after it for everything.
# Prints `regild-leak<TAB>rule<TAB>block|warn|allowed<TAB>path<TAB>kind`: never the secret, of a key id the first eight characters.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

# Findings leave the functions as lines on standard output; main counts them. Somebody can answer for the path, or for what was found there.
found() {
  if regild_answered "$1" "$3" || regild_answered "$1" "$4"; then set -- "$1" allowed "$3" "$4"; fi
  printf 'regild-leak\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4"
}

# Every path of the globs that exists and is not empty.
found_paths() {
  rule=$1 severity=$2 kind=$3
  shift 3
  for pattern in "$@"; do
    regild_expand "$pattern" | while IFS= read -r path; do
      if [ -s "$path" ]; then inside=$path; else inside=''; fi
      [ ! -d "$path" ] || inside=$(find "$path" -mindepth 1 ! -type d | head -n 1)
      [ -z "$inside" ] || found "$rule" "$severity" "$path" "$kind"
    done
  done
}

# Small files in which secrets are kept; what packages brought is public.
candidates() {
  for folder in /etc /root /home /opt /srv /usr/local /var/lib /var/spool /var/tmp /tmp; do
    [ ! -d "$folder" ] || find "$folder" -xdev \
      \( -path "$REGILD_HOME" -o -path /var/lib/dpkg -o -path /var/lib/rpm -o -path /var/lib/waagent -o -path /etc/ssl/certs \
      -o -path /var/lib/snapd \) -prune -o -type f -size +0 -size -2048 -exec grep -lE -e "$1" {} + 2>/dev/null || :
  done
}

PRIVATE_KEY='-----BEGIN ((RSA|EC|OPENSSH|DSA|ENCRYPTED|PGP) )?PRIVATE KEY( BLOCK)?-----'
AWS_ID='(AKIA|ASIA)[A-Z0-9]{16}'
# As the CLI, the environment, the Kinesis agent, cfn-hup and OpsWorks write it.
AWS_SECRET_NAME='secret_access_key|SECRET_ACCESS_KEY|aws_session_token|AWS_SESSION_TOKEN|[Aa]wsSecretAccessKey|AWSSecretKey'
AWS_SECRET="($AWS_SECRET_NAME)[\"' ]*[=:][\"' ]*[A-Za-z0-9/+=]{40}"
STORAGE_KEY='AccountKey=[A-Za-z0-9/+]{86}=='
JSON_TOKEN='eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}'
SERVICE_TOKEN='gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10,}'
TOKEN="(^|[^A-Za-z0-9_])($SERVICE_TOKEN|$JSON_TOKEN)"
URL_PASSWORD='[a-z][a-z0-9+.-]*://[^/:@[:space:]]+:[^/@[:space:]]+@'
# Letters of the documentation's own examples.
EXAMPLE='EXAMPLE'

private_keys() {
  candidates "$PRIVATE_KEY" | while IFS= read -r path; do
    case $path in
      /etc/ssh/ssh_host_*) continue ;;
      # Made by the system for itself, and known not to be trusted by anybody else.
      /etc/ssl/private/ssl-cert-snakeoil.key | /etc/pki/tls/private/localhost.key | /var/lib/fwupd/pki/*) severity=warn ;;
      *) severity=block ;;
    esac
    [ -n "$(regild_owner "$path")" ] || found SL-03 "$severity" "$path" 'private key'
  done
}

aws_keys() {
  candidates "$AWS_ID" | while IFS= read -r path; do
    grep -oE "$AWS_ID" "$path" | grep -v "$EXAMPLE" | cut -c 1-8 | sort -u | while IFS= read -r prefix; do
      found SL-04 block "$path" "AWS key id $prefix"
    done
  done
  candidates "$AWS_SECRET" | while IFS= read -r path; do
    ! grep -oE "$AWS_SECRET" "$path" | grep -qv "$EXAMPLE" || found SL-04 block "$path" 'AWS secret'
  done
  found_paths SL-04 block 'AWS credentials' '~/.aws/credentials' '~/.boto' /etc/boto.cfg '~/.s3cfg' '~/.passwd-s3fs' /etc/passwd-s3fs
}

tokens() {
  candidates "$TOKEN" | while IFS= read -r path; do
    [ -n "$(regild_owner "$path")" ] || found SL-05 block "$path" token
  done
  candidates "$STORAGE_KEY" | while IFS= read -r path; do
    [ -n "$(regild_owner "$path")" ] || found SL-05 block "$path" 'storage account key'
  done
  found_paths SL-05 block credentials '~/.netrc' '~/.git-credentials' '~/.config/gcloud/credentials.db' '~/.azure/msal_token_cache.*' \
    '~/.azure/accessTokens.json' '~/.kube/config' '~/.pypirc'
  found_text SL-05 block 'registry login' '~/.docker/config.json' '"auth"[[:space:]]*:[[:space:]]*"[^"]'
  found_text SL-05 block 'registry login' '~/.npmrc' '_authToken='
}

# Every file of a glob with a line that matches.
found_text() { # found_text <rule> <severity> <kind> <glob> <expression>
  regild_files_with "$4" "$5" | while IFS= read -r path; do found "$1" "$2" "$path" "$3"; done
}

# What agents of AWS keep where nothing else is looked for, or in words of their own.
aws_agents() {
  found_paths SL-16 block 'agent state' /var/lib/amazon/ssm/Vault /etc/greengrass /greengrass/v2/device.pem.crt \
    /greengrass/v2/privKey.key '/greengrass/certs/*.key'
  found_text SL-16 block 'key of an agent' /var/awslogs/etc '^[[:space:]]*aws_secret_access_key[[:space:]]*='
  found_text SL-16 block 'key of an agent' /var/opt/aws/discovery '(AKIA|ASIA)[A-Z0-9]{16}'
  found_text SL-16 block 'registry login' '/etc/ecs/ecs.config*' '^[[:space:]]*ECS_ENGINE_AUTH_DATA=.*[A-Za-z0-9]'
}

# A SUSE machine of the pay-as-you-go kind registers itself at its first boot, before anybody can look: generalize ends that.
registrations() {
  found_paths SL-17 block registration /etc/pki/consumer/cert.pem '/etc/pki/entitlement/*.pem' \
    /var/lib/ubuntu-advantage/private/machine-token.json
  [ "$1" != final ] || found_paths SL-17 block registration /etc/zypp/credentials.d/SCCcredentials
  found_paths SL-19 block 'domain membership' /etc/krb5.keytab /var/lib/samba/private/secrets.tdb /var/lib/sss/secrets/secrets.ldb
}

# Agents of other vendors (agents.tsv): one that knows who it is would be the same one on every machine; a key of its own is a secret too.
agents() {
  [ -f "$REGILD_HOME/agents.tsv" ] || return 0
  cut -f 1 "$REGILD_HOME/agents.tsv" | uniq | while IFS= read -r id; do agent_findings "$id"; done
}

agent_findings() {
  awk -F '\t' -v id="$1" '$1 == id' "$REGILD_HOME/agents.tsv" | while IFS=$REGILD_TAB read -r _ field value expression; do
    case $field in
      says) says=$value ;;
      secret) agent_paths block "$value" "$expression" "${says:-}" ;;
      registered | unsure) agent_paths warn "$value" "$expression" "${says:-}" ;;
      *) ;;
    esac
  done
}

agent_paths() { # agent_paths <severity> <glob> <expression or nothing> <kind>
  if [ -n "$3" ]; then found_text SL-17 "$1" "$4" "$2" "$3"; else found_paths SL-17 "$1" "$4" "$2"; fi
}

stored_passwords() {
  found_text SL-20 block password /etc/fstab '^[^#]*[,[:space:]]password='
  for place in /etc/apt /etc/yum.repos.d /etc/yum.conf /etc/dnf /etc/zypp /etc/environment /etc/pip.conf /etc/profile.d; do
    regild_files_with "$place" "$URL_PASSWORD" | while IFS= read -r path; do found SL-20 block "$path" 'password in a URL'; done
  done
  found_paths SL-20 block password /etc/postfix/sasl_passwd /etc/cifs-credentials '~/.smbcredentials'
  found_text SL-20 block password '/etc/wpa_supplicant/*.conf' '^[[:space:]]*(psk|password|wep_key[0-3]|private_key_passwd)='
  found_text SL-14 warn 'boot loader password' '/boot/grub*/user.cfg' '^GRUB2_PASSWORD='
  awk '$1 !~ /^#/ && $3 ~ /^\// { print $3 }' /etc/crypttab 2>/dev/null | while IFS= read -r path; do
    [ ! -f "$path" ] || found SL-21 block "$path" 'disk encryption key'
  done
}

# What generalize is about to take away from accounts: the last moment to say that it is meant to stay.
before_capture() {
  azure=$(regild_azure_user)
  regild_homes | while IFS= read -r home; do
    if [ "${home##*/}" = "$azure" ] || [ "${home##*/}" = "${SUDO_USER:-}" ]; then continue; fi
    regild_key_files "$home" | while IFS= read -r path; do found SL-01 warn "$path" 'authorized key, deleted before capture'; done
    regild_history_files "$home" | while IFS= read -r path; do found SL-06 warn "$path" 'history, deleted before capture'; done
  done
  regild_password_accounts | while IFS= read -r name; do
    [ "$name" = "$azure" ] || [ "$name" = "${SUDO_USER:-}" ] || found SL-14 warn "password of $name" 'locked before capture'
  done
  accounts
}

# Azure's rule is about passwords and keys; an account of the workload without them is content.
accounts() {
  azure=$(regild_azure_user)
  regild_login_users | while IFS= read -r name; do
    if [ "$name" = "$azure" ] || [ "$name" = "${SUDO_USER:-}" ]; then continue; fi
    workload=$(regild_workload_of "$name" | head -n 1)
    found SL-15 warn "account $name" "stays in the image${workload:+: $workload runs as it}"
  done
}

logins() {
  regild_homes | while IFS= read -r home; do
    for path in "$home"/.ssh/authorized_keys*; do
      [ ! -f "$path" ] || ! grep -qvE '^[[:space:]]*(#|$)' "$path" || found SL-01 block "$path" 'authorized key'
    done
    regild_history_files "$home" | while IFS= read -r path; do found SL-06 block "$path" history; done
  done
  found_paths SL-01 block 'authorized key' '/etc/ssh/authorized_keys*'
  found_paths SL-02 block 'host key' '/etc/ssh/ssh_host_*'
  regild_password_accounts | while IFS= read -r name; do found SL-14 block "password of $name" 'password hash in /etc/shadow'; done
  found_paths SL-14 block 'password backup' /etc/shadow- /etc/gshadow-
  found_paths SL-14 warn 'sudo without a password' /etc/sudoers.d/90-cloud-init-users /etc/sudoers.d/ssm-agent-users
  accounts
}

machine_state() {
  found_paths SL-07 block 'cloud-init state' '/var/lib/cloud/instances/*' /var/lib/cloud/instance
  found_paths SL-07 warn 'cloud-init log' '/var/log/cloud-init*'
  found_paths SL-08 block 'agent state' '/var/lib/waagent/*.prv' /var/lib/waagent/ovf-env.xml '/var/lib/waagent/*.xml'
  found_paths SL-08 warn 'agent log' /var/log/waagent.log
  if [ -s /etc/machine-id ] && ! grep -qx uninitialized /etc/machine-id; then found SL-09 block /etc/machine-id 'machine id'; fi
  if [ -s /var/lib/dbus/machine-id ] && [ ! -L /var/lib/dbus/machine-id ]; then found SL-09 block /var/lib/dbus/machine-id 'machine id'; fi
  found_paths SL-10 warn 'random seed' /var/lib/systemd/random-seed /var/lib/misc/random-seed /var/lib/urandom/random-seed
  found_paths SL-10 block 'credential key' /var/lib/systemd/credential.secret
  found_paths SL-11 warn 'DHCP lease' '/var/lib/dhcp/*' '/var/lib/dhclient/*' '/var/lib/dhcpcd/*' '/var/lib/wicked/*' \
    '/var/lib/NetworkManager/*.lease' /var/lib/NetworkManager/secret_key
  found_paths SL-12 block 'network name rule' /etc/udev/rules.d/70-persistent-net.rules \
    '/etc/NetworkManager/system-connections/cloud-init-*.nmconnection'
  find /var/log \( -type f \( -name '*.gz' -o -name '*.[0-9]' -o -name '*.journal' \) -o -path '/var/log/journal/*' -type d \) 2>/dev/null |
    while IFS= read -r path; do found SL-13 warn "$path" log; done
  found_paths SL-18 block 'installation answers' /root/anaconda-ks.cfg /root/original-ks.cfg
  found_paths SL-18 warn 'core dump' '/var/crash/*' '/var/lib/systemd/coredump/*'
  find /tmp /var/tmp -xdev -path "$REGILD_HOME" -prune -o -type f -size +0 -print 2>/dev/null | while IFS= read -r path; do
    found SL-18 warn "$path" 'temporary file'
  done
  names
  awk 'NR > 1 && $2 == "file" { print $1 }' /proc/swaps | while IFS= read -r path; do
    case $path in
      /mnt/*) ;;
      *) found SL-23 block "$path" 'swap file' ;;
    esac
  done
  found_paths SL-24 warn 'container' '/var/lib/docker/containers/*'
}

# Names by which others know this machine. A deprovision that failed leaves the host name.
names() {
  found_paths SL-22 warn 'machine name' /etc/nvme/hostid /etc/nvme/hostnqn /etc/hostid /etc/lvm/devices/system.devices
  found_text SL-22 warn 'machine name' /etc/iscsi/initiatorname.iscsi '^InitiatorName='
  found_text SL-22 warn 'machine name' /etc/hosts '^[^#]*[[:space:]]ip-[0-9]+-[0-9]+-[0-9]+-[0-9]+'
  name=$(cat /etc/hostname 2>/dev/null) || name=''
  case $name in
    '' | localhost | localhost.localdomain) ;;
    *) found SL-22 warn /etc/hostname "host name $name" ;;
  esac
  [ -L /etc/resolv.conf ] || found_text SL-11 warn 'resolver of this network' /etc/resolv.conf '^nameserver[[:space:]]'
}

scan() {
  private_keys
  aws_keys
  tokens
  aws_agents
  registrations "$1"
  agents
  stored_passwords
  if [ "$1" = final ]; then logins && machine_state; else before_capture; fi
}

main() {
  stage=${1:?the stage is missing}
  findings=$(scan "$stage" | sort -u)
  [ -z "$findings" ] || printf '%s\n' "$findings"
  # What stays in the image is written into its record.
  [ "$stage" = final ] || printf '%s\n' "$findings" | sed -n "s/^regild-leak$REGILD_TAB//p" >"$REGILD_HOME/leaks-found.tsv"
  blocking=$(printf '%s\n' "$findings" | awk -F '\t' '$3 == "block"' | wc -l)
  [ "$blocking" -eq 0 ] || regild_die "$((blocking)) findings must not be in an image"
}

main "$@"
