#!/bin/sh
# generalize.sh: the last action of a build. Takes this machine's identity, accounts and traces out of the image,
# deprovisions the Azure agent, looks once more, and deletes its own folder. The machine must not start again afterwards.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

# A running agent writes its state again while it is deleted.
stop_services() {
  for unit in walinuxagent.service waagent.service rsyslog.service syslog.service auditd.service unattended-upgrades.service \
    chrony.service chronyd.service; do
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
  for name in instances instance data sem; do rm -rf "/var/lib/cloud/$name" || regild_log "could not delete /var/lib/cloud/$name"; done
  remove_files /var/log/cloud-init*.log /etc/sudoers.d/90-cloud-init-users
}

# A machine registers by itself with the update service of its image at its first boot, and a customer's own registration is nobody else's.
clean_registrations() {
  if [ -x /usr/sbin/registercloudguest ]; then
    timeout 300 /usr/sbin/registercloudguest --clean >&2 </dev/null || regild_log 'registercloudguest --clean failed'
  elif [ -x /usr/sbin/SUSEConnect ] || [ -x /usr/bin/SUSEConnect ]; then
    timeout 300 SUSEConnect --cleanup >&2 </dev/null || regild_log 'SUSEConnect --cleanup failed'
  fi
  remove_files /etc/zypp/credentials.d/SCCcredentials
}

# Nobody gets in by what the build machine knew: what leak-scan.sh says before generalize, but for what the manifest answers for.
clean_accounts() {
  regild_password_accounts | while IFS= read -r name; do
    regild_answered SL-14 "password of $name" || lock_password "$name"
  done
  regild_homes | while IFS= read -r home; do
    find "$home/.ssh" -maxdepth 1 -name 'authorized_keys*' 2>/dev/null | remove_unanswered SL-01
    regild_history_files "$home" | remove_unanswered SL-06
  done
  find /etc/ssh -path '/etc/ssh/authorized_keys*' -type f 2>/dev/null | remove_unanswered SL-01
  remove_files /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-
}

lock_password() {
  if usermod -p '*' "$1"; then regild_log "locked the password of $1"; else regild_log "could not lock the password of $1"; fi
}

# Deletes the files that standard input names, but for those that somebody answers for under a rule.
remove_unanswered() { # remove_unanswered <rule>
  regild_unanswered "$1" | while IFS= read -r path; do
    remove_files "$path"
    regild_log "removed $path"
  done
}

# A file that cannot be deleted is no reason to leave the rest half done: the scan at the end finds it.
remove_files() {
  for path in "$@"; do
    if [ ! -d "$path" ] || [ -L "$path" ]; then rm -f "$path" || regild_log "could not delete $path"; fi
  done
}

# The same for everything below folders, with further tests of find(1).
remove_below() { # remove_below <folder> [test...]
  [ -d "$1" ] || return 0
  find "$@" -type f -exec rm -f {} + || regild_log "could not delete everything below $1"
}

clean_network() {
  remove_files /etc/udev/rules.d/70-persistent-net.rules /etc/NetworkManager/system-connections/cloud-init-*.nmconnection
  remove_files /var/lib/NetworkManager/*.lease /var/lib/NetworkManager/secret_key /var/lib/NetworkManager/timestamps \
    /var/lib/NetworkManager/seen-bssids
  for folder in /var/lib/dhcp /var/lib/dhclient /var/lib/dhcpcd /var/lib/wicked; do remove_below "$folder"; done
}

# What cloud-init wrote for this machine's disks, it writes anew where a machine has them; elsewhere the first boot would wait for them.
clean_mounts() {
  [ ! -f /etc/fstab ] || regild_delete_lines /etc/fstab '^[^#]*comment=cloudconfig'
}

clean_logs() {
  if command -v journalctl >/dev/null 2>&1; then
    # Later lines go to memory.
    journalctl --relinquish-var >/dev/null 2>&1 || :
  fi
  remove_below /var/log \( -name '*.gz' -o -name '*.xz' -o -name '*.old' -o -name '*.[0-9]' -o -name '*.journal' -o -name '*.journal~' \
    -o -name '*-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]' \)
  # The journal's folder has the machine-id for its name.
  find /var/log/journal -mindepth 1 -maxdepth 1 -type d -exec rmdir {} + 2>/dev/null || :
  # `true` here and below: a shell ends when `:`, a special builtin, may not write. What can only grow stays as it is.
  find /var/log -type f -size +0 -exec sh -c 'for file in "$@"; do { true >"$file"; } 2>/dev/null || :; done' sh {} +
}

# An empty machine-id is made at the next boot, as a missing one is; a missing one cannot be made on a read-only root. Units that wait for a
# first boot of systemd's kind (`uninitialized`) do not run: the image is configured. Source: machine-id(5).
clean_identity() {
  remove_files /etc/ssh/ssh_host_* /etc/machine-info
  remove_files /var/lib/systemd/random-seed /var/lib/systemd/credential.secret /var/lib/misc/random-seed /var/lib/urandom/random-seed
  remove_files /boot/efi/loader/random-seed /efi/loader/random-seed
  remove_files /root/anaconda-ks.cfg /root/original-ks.cfg /var/lib/fwupd/pki/secret.key /var/lib/fwupd/pki/client.pem
  for folder in /var/crash /var/lib/systemd/coredump; do remove_below "$folder"; done
  # Caches of names that sssd makes anew; memberships of a domain lie elsewhere and stop the build.
  for folder in /var/lib/sss/db /var/lib/sss/mc; do remove_below "$folder" ! -name secrets.ldb; done
  true >/etc/machine-id
  if [ -e /var/lib/dbus/machine-id ] && [ ! -L /var/lib/dbus/machine-id ]; then
    rm -f /var/lib/dbus/machine-id
    ln -s /etc/machine-id /var/lib/dbus/machine-id
  fi
}

# Names by which storage and other machines know this one. An iSCSI name goes only where something makes another at the next start.
clean_storage_names() {
  remove_files /etc/nvme/hostid /etc/nvme/hostnqn
  regild_forget_lvm_devices
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

# The agent knows the account to delete from its own ovf-env.xml: nobody may empty /var/lib/waagent before it runs. It ends with 0 when one
# of its actions threw, so what it should have done is looked for, and done, afterwards.
deprovision() { # deprovision <agent>
  resolver=$(readlink /etc/resolv.conf || :)
  user=$(regild_azure_user)
  # Without a network it waits for one for ever.
  timeout 600 "$1" -force -deprovision+user >&2 </dev/null || regild_log 'waagent -deprovision+user ended with an error'
  finish_deprovision "$resolver"
  for name in $user ${SUDO_USER:-}; do remove_login "$name"; done
  # The agent's own last lines, and backups that userdel wrote.
  remove_files /var/log/waagent.log
  rm -rf /var/log/azure /var/lib/waagent/* || regild_log 'could not delete all of what the agent keeps'
  remove_files /root/.bash_history /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-
}

# The agent deletes the link to the local resolver too, and nothing puts that back; a file is this machine's own, written by DHCP.
finish_deprovision() { # finish_deprovision <target of the link that /etc/resolv.conf was>
  if [ -n "$1" ]; then
    [ -e /etc/resolv.conf ] || [ -L /etc/resolv.conf ] || ln -s "$1" /etc/resolv.conf
  elif [ -f /etc/resolv.conf ] && [ -z "$(regild_owner /etc/resolv.conf)" ] && ! mountpoint -q /etc/resolv.conf; then
    remove_files /etc/resolv.conf
  fi
  [ "$(cat /etc/hostname 2>/dev/null)" = localhost.localdomain ] || {
    echo localhost.localdomain >/etc/hostname || regild_log 'could not set the host name'
  }
  clean_network
}

# The agent skips its account when it cannot read its own file, and knows nothing of a builder that came another way.
remove_login() {
  [ "$1" != root ] || return 0
  if getent passwd "$1" >/dev/null; then userdel -f -r "$1" >&2 || :; fi
  for file in /etc/sudoers.d/*; do
    [ ! -f "$file" ] || regild_delete_lines "$file" "^$1[[:space:]]"
  done
}

# What one step could not do is no reason to leave the rest: the last look is the judge.
unfinished() {
  regild_log "$1 did not end well"
}

look_again() {
  sh "$REGILD_HOME/leak-scan.sh" final
  sh "$REGILD_HOME/checks.sh" final
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  # Asked before anything is deleted: without it the machine would be left half clean.
  agent=$(command -v waagent || echo /usr/sbin/waagent)
  [ -x "$agent" ] || regild_die 'there is no waagent to deprovision with'
  # Nothing typed here may become a history.
  unset HISTFILE
  stop_services
  regild_clean_package_caches || unfinished regild_clean_package_caches
  clean_registrations || unfinished clean_registrations
  # While the machine-id is still there.
  regild_rename_boot_entries || unfinished regild_rename_boot_entries
  clean_cloud_init || unfinished clean_cloud_init
  clean_accounts || unfinished clean_accounts
  clean_network || unfinished clean_network
  clean_mounts || unfinished clean_mounts
  clean_logs || unfinished clean_logs
  clean_temporary_files || unfinished clean_temporary_files
  clean_storage_names || unfinished clean_storage_names
  clean_identity || unfinished clean_identity
  deprovision "$agent"
  look_again
  rm -rf "$REGILD_HOME"
  sync
  regild_log 'generalized: this machine must not start again'
}

main "$@"
exit 0
