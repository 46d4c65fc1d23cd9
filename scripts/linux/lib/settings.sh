# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# What the configuration of cloud-init, chrony, sshd, the network and the agent says, however many files it is spread over.

# The datasources that cloud-init tries: the last file that names them wins. A list may span lines.
regild_datasources() (
  for file in /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg; do
    [ -f "$file" ] || continue
    list=$(awk '
      /^datasource_list[[:space:]]*:/ { taking = 1; text = "" }
      taking && !/^datasource_list/ && /^[^[:space:]\]-]/ { taking = 0 }
      taking { sub(/#.*/, ""); text = text " " $0; if (/\]/) taking = 0 }
      END { sub(/^[^:]*:/, "", text); gsub(/[^A-Za-z0-9]+/, " ", text); print text }' "$file")
    [ -z "${list# }" ] || last=$list
  done
  printf '%s' "${last:-}" | tr -s ' ' '\n' | awk 'length'
)

# Configuration lines of chrony's files, without comments.
regild_chrony_lines() (
  for file in /etc/chrony.conf /etc/chrony/chrony.conf /etc/chrony.d/*.conf /etc/chrony/conf.d/*.conf /etc/chrony/sources.d/*.sources; do
    [ ! -f "$file" ] || grep -vE '^[[:space:]]*([#!;%]|$)' "$file" || :
  done
)

# One setting of sshd as it takes effect, or as the files say where sshd cannot tell (no host keys yet).
regild_sshd_setting() (
  value=$(sshd -T 2>/dev/null | awk -v name="$1" 'tolower($1) == name { $1 = ""; sub(/^ /, ""); print; exit }')
  [ -n "$value" ] || value=$(cat /etc/ssh/sshd_config.d/*.conf /etc/ssh/sshd_config 2>/dev/null | awk -v name="$1" 'tolower($1) == name { $1 = ""; sub(/^ /, ""); print; exit }')
  printf '%s' "$value"
)

# Where eth0 is described: for the network scripts, or by NetworkManager's own file where there are none.
regild_eth0_profile() {
  for file in /etc/sysconfig/network-scripts/ifcfg-eth0 /etc/NetworkManager/system-connections/*eth0.nmconnection; do
    if [ -f "$file" ]; then
      printf '%s' "$file"
      return 0
    fi
  done
}

# From release 10 on there are no network scripts; NetworkManager then makes a profile with DHCP for every card, unless it is told not to.
regild_network_manager_alone() {
  [ ! -d /etc/sysconfig/network-scripts ] && regild_unit_exists NetworkManager.service && regild_unit_enabled NetworkManager.service &&
    ! cat /etc/NetworkManager/NetworkManager.conf /etc/NetworkManager/conf.d/*.conf /usr/lib/NetworkManager/conf.d/*.conf 2>/dev/null | grep -q '^no-auto-default='
}

# Where the agent mounts the resource disk; status 1 when it is not told to format one (cloud-init does it in most images).
regild_resource_disk() (
  grep -qE '^ResourceDisk\.Format=y' /etc/waagent.conf 2>/dev/null || exit 1
  folder=$(sed -n 's/^ResourceDisk\.MountPoint=//p' /etc/waagent.conf | tail -n 1)
  printf '%s\n' "${folder:-/mnt/resource}"
)
