#!/bin/sh
# shellcheck disable=SC2088 # a leading ~/ is the sign for every home, see regild_expand
# leak-scan.sh guest|final: looks for what must not be in an image and fails when a finding blocks.
# `guest` looks before generalize for what nothing removes later, `final` after it for everything.
# Prints `regild-leak<TAB>rule<TAB>block|warn|allowed<TAB>path<TAB>kind`: never the secret, of a key id the first eight characters.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

# Whether the manifest lets a path pass (leaks.tsv). It can answer for the text of a file, never for what a machine knows or lets in.
answered() {
  case $1 in
    SL-03 | SL-04 | SL-05 | SL-20 | SL-21) ;;
    *) return 1 ;;
  esac
  [ -f "$REGILD_HOME/leaks.tsv" ] || return 1
  while IFS=$REGILD_TAB read -r pattern _; do
    # shellcheck disable=SC2254 # a pattern
    case $2 in
      $pattern) return 0 ;;
      *) ;;
    esac
  done <"$REGILD_HOME/leaks.tsv"
  return 1
}

# Findings leave the functions as lines on standard output; main counts them.
found() {
  if answered "$1" "$3"; then set -- "$1" allowed "$3" "$4"; fi
  printf 'regild-leak\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4"
}

# Every path of the globs that exists; a file only when it is not empty.
found_paths() {
  rule=$1 severity=$2 kind=$3
  shift 3
  for pattern in "$@"; do
    regild_expand "$pattern" | while IFS= read -r path; do
      if [ -d "$path" ] || [ -s "$path" ]; then found "$rule" "$severity" "$path" "$kind"; fi
    done
  done
}

# Small files in which secrets are kept; what packages brought is public.
candidates() {
  for folder in /etc /root /home /opt /srv /usr/local /var/lib /var/spool /var/tmp /tmp; do
    [ ! -d "$folder" ] || find "$folder" -xdev \( -path "$REGILD_HOME" -o -path /var/lib/dpkg -o -path /var/lib/rpm -o -path /var/lib/waagent -o -path /etc/ssl/certs -o -path /var/lib/snapd \) -prune \
      -o -type f -size +0 -size -2048 -exec grep -lE -e "$1" {} + 2>/dev/null || :
  done
}

PRIVATE_KEY='-----BEGIN ((RSA|EC|OPENSSH|DSA|ENCRYPTED|PGP) )?PRIVATE KEY( BLOCK)?-----'
AWS_ID='(AKIA|ASIA)[A-Z0-9]{16}'
AWS_SECRET='aws_(secret_access_key|session_token)["'\'' ]*[=:]["'\'' ]*[A-Za-z0-9/+=]{40}'
STORAGE_KEY='AccountKey=[A-Za-z0-9/+]{86}=='
TOKEN='(^|[^A-Za-z0-9_])(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10,}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})'
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
    grep -oE "$AWS_ID" "$path" | grep -v "$EXAMPLE" | cut -c 1-8 | sort -u | while IFS= read -r prefix; do found SL-04 block "$path" "AWS key id $prefix"; done
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
  found_paths SL-05 block credentials '~/.netrc' '~/.git-credentials' '~/.config/gcloud/credentials.db' '~/.azure/msal_token_cache.*' '~/.azure/accessTokens.json' '~/.kube/config' '~/.pypirc'
  regild_files_with '~/.docker/config.json' '"auth"[[:space:]]*:[[:space:]]*"[^"]' | while IFS= read -r path; do found SL-05 block "$path" 'registry login'; done
  regild_files_with '~/.npmrc' '_authToken=' | while IFS= read -r path; do found SL-05 block "$path" 'registry login'; done
}

registrations() {
  found_paths SL-16 block 'agent state' /var/lib/amazon/ssm/Vault /etc/greengrass /greengrass/v2/device.pem.crt /opt/codedeploy-agent/deployment-root
  found_paths SL-17 block registration /etc/pki/consumer/cert.pem '/etc/pki/entitlement/*.pem' /var/lib/ubuntu-advantage/private/machine-token.json /etc/zypp/credentials.d/SCCcredentials /opt/CrowdStrike/falconstore
  found_paths SL-17 warn 'machine id of a service' /etc/insights-client/machine-id /etc/redhat-access-insights/machine-id /etc/opt/microsoft/mdatp/mdatp_onboard.json /etc/qualys/hostid
  found_paths SL-17 warn registration /etc/chef/client.pem '/etc/puppetlabs/puppet/ssl/private_keys/*' '/var/lib/puppet/ssl/private_keys/*' /etc/salt/pki/minion/minion.pem
  found_paths SL-19 block 'domain membership' /etc/krb5.keytab '/var/lib/sss/db/*.ldb' /var/lib/samba/private/secrets.tdb
}

stored_passwords() {
  regild_files_with /etc/fstab '^[^#]*[,[:space:]]password=' | while IFS= read -r path; do found SL-20 block "$path" password; done
  found_paths SL-20 block password /etc/postfix/sasl_passwd /etc/cifs-credentials '~/.smbcredentials' '/etc/wpa_supplicant/*.conf'
  regild_files_with '/boot/grub*/user.cfg' '^GRUB2_PASSWORD=' | while IFS= read -r path; do found SL-14 warn "$path" 'boot loader password'; done
  awk '$1 !~ /^#/ && $3 ~ /^\// { print $3 }' /etc/crypttab 2>/dev/null | while IFS= read -r path; do [ ! -f "$path" ] || found SL-21 block "$path" 'disk encryption key'; done
}

logins() {
  regild_homes | while IFS= read -r home; do
    for path in "$home"/.ssh/authorized_keys*; do
      [ ! -f "$path" ] || ! grep -qvE '^[[:space:]]*(#|$)' "$path" || found SL-01 block "$path" 'authorized key'
    done
    find "$home" -maxdepth 1 -type f -size +0 \( -name '.*_history' -o -name .history -o -name .viminfo -o -name .lesshst -o -name .wget-hsts \) 2>/dev/null |
      while IFS= read -r path; do found SL-06 block "$path" history; done
  done
  found_paths SL-01 block 'authorized key' '/etc/ssh/authorized_keys*'
  found_paths SL-02 block 'host key' '/etc/ssh/ssh_host_*'
  awk -F : '$2 !~ /^[*!x]/ { print $1 }' /etc/shadow | while IFS= read -r name; do found SL-14 block /etc/shadow "password of $name"; done
  found_paths SL-14 block 'password backup' /etc/shadow- /etc/gshadow-
  found_paths SL-14 block 'sudo without a password' /etc/sudoers.d/90-cloud-init-users /etc/sudoers.d/ssm-agent-users
  azure=$(regild_azure_user)
  regild_login_users | while IFS= read -r name; do
    [ "$name" = "$azure" ] || found SL-15 block /etc/passwd "account $name"
  done
}

machine_state() {
  found_paths SL-07 block 'cloud-init state' '/var/lib/cloud/instances/*' /var/lib/cloud/instance '/var/log/cloud-init*'
  found_paths SL-08 block 'agent state' '/var/lib/waagent/*.prv' /var/lib/waagent/ovf-env.xml '/var/lib/waagent/*.xml' /var/log/waagent.log
  if [ -s /etc/machine-id ] && ! grep -qx uninitialized /etc/machine-id; then found SL-09 block /etc/machine-id 'machine id'; fi
  if [ -s /var/lib/dbus/machine-id ] && [ ! -L /var/lib/dbus/machine-id ]; then found SL-09 block /var/lib/dbus/machine-id 'machine id'; fi
  found_paths SL-10 warn 'random seed' /var/lib/systemd/random-seed /var/lib/misc/random-seed /var/lib/urandom/random-seed
  found_paths SL-10 block 'credential key' /var/lib/systemd/credential.secret
  found_paths SL-11 warn 'DHCP lease' '/var/lib/dhcp/*' '/var/lib/dhclient/*' '/var/lib/dhcpcd/*' '/var/lib/NetworkManager/*.lease' /var/lib/NetworkManager/secret_key
  found_paths SL-12 block 'network name rule' /etc/udev/rules.d/70-persistent-net.rules '/etc/NetworkManager/system-connections/cloud-init-*.nmconnection'
  find /var/log -type f \( -name '*.gz' -o -name '*.[0-9]' -o -name '*.journal' \) 2>/dev/null | while IFS= read -r path; do found SL-13 warn "$path" log; done
  found_paths SL-18 block 'installation answers' /root/anaconda-ks.cfg /root/original-ks.cfg
  found_paths SL-18 warn 'core dump' '/var/crash/*' '/var/lib/systemd/coredump/*'
  find /tmp /var/tmp -xdev -path "$REGILD_HOME" -prune -o -type f -size +0 -print 2>/dev/null | while IFS= read -r path; do found SL-18 warn "$path" 'temporary file'; done
  found_paths SL-22 warn 'machine name' /etc/nvme/hostid /etc/nvme/hostnqn /etc/hostid
  regild_files_with /etc/iscsi/initiatorname.iscsi '^InitiatorName=' | while IFS= read -r path; do found SL-22 warn "$path" 'machine name'; done
  regild_files_with /etc/hosts '^[^#]*[[:space:]]ip-[0-9]+-[0-9]+-[0-9]+-[0-9]+' | while IFS= read -r path; do found SL-22 warn "$path" 'machine name'; done
  awk 'NR > 1 && $2 == "file" { print $1 }' /proc/swaps | while IFS= read -r path; do
    case $path in
      /mnt/*) ;;
      *) found SL-23 block "$path" 'swap file' ;;
    esac
  done
  found_paths SL-24 warn 'container' '/var/lib/docker/containers/*'
}

scan() {
  private_keys
  aws_keys
  tokens
  registrations
  stored_passwords
  [ "$1" != final ] || { logins && machine_state; }
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
