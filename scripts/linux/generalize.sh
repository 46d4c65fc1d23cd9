#!/bin/sh
# generalize.sh: the last action of a build. Takes this machine's identity, accounts and traces out of the image,
# deprovisions the Azure agent, looks once more, and deletes its own folder. The machine must not start again afterwards.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

# A running agent writes its state again while it is deleted.
stop_services() {
  for unit in walinuxagent.service waagent.service rsyslog.service syslog.service auditd.service unattended-upgrades.service chrony.service chronyd.service; do
    ! regild_unit_exists "$unit" || systemctl stop "$unit" >/dev/null 2>&1 || :
  done
}

# Older versions lack --configs, then --machine-id. It must run before anything deletes /var/lib/cloud, or it stops early.
clean_cloud_init() {
  command -v cloud-init >/dev/null 2>&1 || return 0
  known=$(cloud-init clean --help 2>/dev/null) || known=''
  set -- --logs --seed
  case $known in *--machine-id*) set -- "$@" --machine-id ;; *) ;; esac
  case $known in *--configs*) set -- "$@" --configs all ;; *) ;; esac
  cloud-init clean "$@" >&2 || regild_log 'cloud-init clean failed'
  rm -rf /var/lib/cloud/instances /var/lib/cloud/instance /var/lib/cloud/data /var/lib/cloud/sem
  rm -f /var/log/cloud-init*.log
  rm -f /etc/sudoers.d/90-cloud-init-users
}

# A machine registers by itself with the update service of its image at its first boot, and a customer's own registration is nobody else's.
clean_registrations() {
  if [ -x /usr/sbin/registercloudguest ]; then
    timeout 300 /usr/sbin/registercloudguest --clean >&2 </dev/null || regild_log 'registercloudguest --clean failed'
  elif [ -x /usr/sbin/SUSEConnect ] || [ -x /usr/bin/SUSEConnect ]; then
    timeout 300 SUSEConnect --cleanup >&2 </dev/null || regild_log 'SUSEConnect --cleanup failed'
  fi
  rm -f /etc/zypp/credentials.d/SCCcredentials
}

clean_accounts() {
  awk -F : '$2 !~ /^[*!x]/ { print $1 }' /etc/shadow | while IFS= read -r name; do
    usermod -p '*' "$name"
    regild_log "locked the password of $name"
  done
  regild_homes | while IFS= read -r home; do
    rm -f "$home"/.ssh/authorized_keys*
    find "$home" -maxdepth 1 -type f \( -name '.*_history' -o -name .history -o -name .viminfo -o -name .lesshst -o -name .wget-hsts \) -exec rm -f {} +
  done
  rm -f /etc/ssh/authorized_keys* /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-
}

clean_network() {
  rm -f /etc/udev/rules.d/70-persistent-net.rules /etc/NetworkManager/system-connections/cloud-init-*.nmconnection
  rm -f /var/lib/NetworkManager/*.lease /var/lib/NetworkManager/secret_key /var/lib/NetworkManager/timestamps /var/lib/NetworkManager/seen-bssids
  for folder in /var/lib/dhcp /var/lib/dhclient /var/lib/dhcpcd; do
    [ ! -d "$folder" ] || find "$folder" -type f -exec rm -f {} +
  done
}

clean_logs() {
  if command -v journalctl >/dev/null 2>&1; then
    # Later lines go to memory.
    journalctl --relinquish-var >/dev/null 2>&1 || :
  fi
  find /var/log -type f \( -name '*.gz' -o -name '*.xz' -o -name '*.old' -o -name '*.[0-9]' -o -name '*-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' -o -name '*.journal' -o -name '*.journal~' \) -exec rm -f {} +
  find /var/log -type f -size +0 -exec sh -c 'for file in "$@"; do : >"$file"; done' sh {} +
}

clean_identity() {
  rm -f /etc/ssh/ssh_host_* /etc/machine-info
  rm -f /var/lib/systemd/random-seed /var/lib/systemd/credential.secret /var/lib/misc/random-seed /var/lib/urandom/random-seed
  rm -f /boot/efi/loader/random-seed /efi/loader/random-seed
  rm -f /root/anaconda-ks.cfg /root/original-ks.cfg /var/lib/fwupd/pki/secret.key /var/lib/fwupd/pki/client.pem
  rm -rf /var/crash/* /var/lib/systemd/coredump/*
  # An empty file makes the next boot a first boot; a missing one fails on a read-only root.
  : >/etc/machine-id
  if [ -e /var/lib/dbus/machine-id ] && [ ! -L /var/lib/dbus/machine-id ]; then
    rm -f /var/lib/dbus/machine-id
    ln -s /etc/machine-id /var/lib/dbus/machine-id
  fi
}

# Names by which storage and other machines know this one. An iSCSI name goes only where something makes another at the next start.
clean_storage_names() {
  rm -f /etc/nvme/hostid /etc/nvme/hostnqn
  file=/etc/iscsi/initiatorname.iscsi
  grep -qs '^InitiatorName=' "$file" || return 0
  if [ -f /lib/open-iscsi/startup-checks.sh ] || [ -f /usr/lib/open-iscsi/startup-checks.sh ]; then
    echo 'GenerateName=yes' >"$file"
  elif regild_unit_exists iscsi-init.service; then
    rm -f "$file"
  fi
}

clean_temporary_files() {
  find /tmp /var/tmp -xdev -mindepth 1 -path "$REGILD_HOME" -prune -o -type f -exec rm -f {} + 2>/dev/null || :
}

# The agent knows the account to delete from its own ovf-env.xml: nobody may empty /var/lib/waagent before it runs.
deprovision() {
  agent=$(command -v waagent || echo /usr/sbin/waagent)
  [ -x "$agent" ] || regild_die 'there is no waagent to deprovision with'
  resolver=$(readlink /etc/resolv.conf || :)
  user=$(regild_azure_user)
  "$agent" -force -deprovision+user >&2
  # It deletes the link to the local resolver too, and nothing puts that back.
  if [ -n "$resolver" ] && [ ! -e /etc/resolv.conf ] && [ ! -L /etc/resolv.conf ]; then ln -s "$resolver" /etc/resolv.conf; fi
  for name in $user ${SUDO_USER:-}; do remove_login "$name"; done
  # The agent's own last lines, and backups that userdel wrote.
  rm -rf /var/log/waagent.log /var/log/azure /var/lib/waagent/*
  rm -f /root/.bash_history /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-
}

# The agent skips its account when it cannot read its own file, and knows nothing of a builder that came another way.
remove_login() {
  [ "$1" != root ] || return 0
  if getent passwd "$1" >/dev/null; then userdel -f -r "$1" >&2 || :; fi
  for file in /etc/sudoers.d/*; do
    [ ! -f "$file" ] || regild_delete_lines "$file" "^$1[[:space:]]"
  done
}

look_again() {
  sh "$REGILD_HOME/leak-scan.sh" final
  sh "$REGILD_HOME/checks.sh" final
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  # Nothing typed here may become a history.
  unset HISTFILE
  stop_services
  regild_clean_package_caches
  clean_registrations
  clean_cloud_init
  clean_accounts
  clean_network
  clean_logs
  clean_temporary_files
  clean_storage_names
  clean_identity
  deprovision
  look_again
  rm -rf "$REGILD_HOME"
  sync
  regild_log 'generalized: this machine must not start again'
}

main "$@"
exit 0
