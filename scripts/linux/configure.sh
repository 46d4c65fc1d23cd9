#!/bin/sh
# configure.sh: cloud-init, agent, time, sshd and sudo as Azure needs them. What a base has right is left as it is.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

cloud_init_datasource() {
  [ -d /etc/cloud/cloud.cfg.d ] || return 0
  # Amazon's policy file makes ds-identify answer before it looks (ds-identify reads `datasource:` and `policy:`).
  if [ -f /etc/cloud/ds-identify.cfg ] && ! grep -q Azure /etc/cloud/ds-identify.cfg; then rm -f /etc/cloud/ds-identify.cfg; fi
  case " $(regild_datasources | tr '\n' ' ')" in
    *' Ec2 '*) ;;
    *' Azure '*) return 0 ;;
    *) ;;
  esac
  if [ -f /etc/cloud/cloud.cfg.d/90_dpkg.cfg ]; then
    printf '%s\n' '# to update this file, run dpkg-reconfigure cloud-init' 'datasource_list: [ Azure ]' |
      regild_put /etc/cloud/cloud.cfg.d/90_dpkg.cfg 0644
    ! command -v debconf-set-selections >/dev/null 2>&1 ||
      echo 'cloud-init cloud-init/datasources multiselect Azure' | debconf-set-selections
  fi
  azure_datasource_file | regild_put /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg 0644
}

azure_datasource_file() {
  echo 'datasource_list: [ Azure ]'
  ! regild_takes_addresses || printf '%s\n' 'datasource:' '  Azure:' '    apply_network_config: false'
}

cloud_init_reporting() {
  [ -d /etc/cloud/cloud.cfg.d ] || return 0
  ! grep -rqE 'type:[[:space:]]*hyperv' /etc/cloud/cloud.cfg.d || return 0
  printf '%s\n' 'reporting:' '  logging:' '    type: log' '  telemetry:' '    type: hyperv' |
    regild_put /etc/cloud/cloud.cfg.d/10-azure-kvp.cfg 0644
}

# What the agent does with the resource disk is the base's choice, or a step's of the user.
agent_settings() {
  [ -f /etc/waagent.conf ] || return 0
  # A value that is right already, such as cloud-init, stays.
  ! grep -qE '^Provisioning\.Agent=(disabled|waagent)' /etc/waagent.conf || regild_set_key /etc/waagent.conf Provisioning.Agent auto
  ! grep -qE '^Extensions\.Enabled=n' /etc/waagent.conf || regild_set_key /etc/waagent.conf Extensions.Enabled y
  regild_set_key /etc/waagent.conf OS.RootDeviceScsiTimeout 300
}

time_source() {
  command -v chronyd >/dev/null 2>&1 || [ -x /usr/sbin/chronyd ] || return 0
  # chrony does not start when a clock that it is told of is missing.
  if regild_has_host_clock && ! regild_chrony_lines | grep -q ptp_hyperv; then
    lines='refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2'
    for folder in /etc/chrony/conf.d /etc/chrony.d; do
      if [ -d "$folder" ] && regild_chrony_lines | grep -qE "^[[:space:]]*(confdir|include)[[:space:]].*$folder"; then break; fi
      folder=''
    done
    if [ -n "$folder" ]; then
      echo "$lines" | regild_put "$folder/50-azure.conf" 0644
    else
      for file in /etc/chrony/chrony.conf /etc/chrony.conf; do
        if [ -f "$file" ]; then
          printf '%s\n' "$lines" >>"$file"
          regild_log "added the host clock to $file"
          break
        fi
      done
    fi
  fi
  ptp_device_name
  for unit in systemd-timesyncd.service ntp.service ntpd.service ntpsec.service; do
    ! regild_unit_exists "$unit" || systemctl disable --now "$unit" >/dev/null 2>&1 || :
  done
  chrony=$(regild_first_unit chrony.service chronyd.service) || return 0
  regild_unit_on "$chrony"
}

# Newer systemd names the device itself.
ptp_device_name() {
  ! grep -rqs ptp_hyperv /usr/lib/udev/rules.d /lib/udev/rules.d /etc/udev/rules.d || return 0
  echo 'SUBSYSTEM=="ptp", ATTR{clock_name}=="hyperv", SYMLINK += "ptp_hyperv"' | regild_put /etc/udev/rules.d/99-azure-ptp.rules 0644
}

# In sshd the first value wins, so the drop-in sorts before the distribution's own.
sshd_keepalive() {
  config=$(regild_main_file ssh/sshd_config) || return 0
  interval=$(regild_sshd_setting clientaliveinterval)
  if [ "${interval:-0}" -gt 0 ] 2>/dev/null && [ "$interval" -lt 236 ]; then return 0; fi
  if grep -qiE '^[[:space:]]*Include[[:space:]]+/etc/ssh/sshd_config\.d/' "$config"; then
    echo 'ClientAliveInterval 180' | regild_put /etc/ssh/sshd_config.d/01-azure-keepalive.conf 0600
  elif [ "$config" = /etc/ssh/sshd_config ]; then
    regild_delete_lines "$config" '^[[:space:]]*[Cc]lient[Aa]live[Ii]nterval[[:space:]]'
    # Before the first Match block: a line after it would belong to the block.
    scratch=$(mktemp)
    { echo 'ClientAliveInterval 180' && cat "$config"; } >"$scratch"
    cat "$scratch" >"$config"
    rm -f "$scratch"
  fi
}

# SUSE asks for the target's password by default; an administrator with a key has none. A vendor's file is replaced by a copy below /etc.
sudo_target_password() {
  config=$(regild_main_file sudoers) || return 0
  grep -qE '^[[:space:]]*Defaults[[:space:]]+targetpw' "$config" || return 0
  cp -p "$config" /etc/sudoers.regild
  [ "$config" = /etc/sudoers ] || cp -p "$config" /etc/sudoers
  regild_delete_lines /etc/sudoers '^[[:space:]]*Defaults[[:space:]]+targetpw'
  regild_delete_lines /etc/sudoers '^[[:space:]]*ALL[[:space:]]+ALL[[:space:]]*=[[:space:]]*\(ALL(:ALL)?\)[[:space:]]+ALL'
  if command -v visudo >/dev/null 2>&1 && ! visudo -cqf /etc/sudoers >/dev/null 2>&1; then
    cp -p /etc/sudoers.regild /etc/sudoers
    regild_log 'sudoers was left as it is: the change made it invalid'
  fi
  rm -f /etc/sudoers.regild
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  cloud_init_datasource
  cloud_init_reporting
  agent_settings
  time_source
  sshd_keepalive
  sudo_target_password
}

main "$@"
