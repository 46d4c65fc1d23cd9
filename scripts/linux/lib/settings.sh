# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# What the configuration of cloud-init, chrony, sshd, sudo and the agent says, however many files it is spread over.

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

# Whether this machine has Hyper-V's clock.
regild_has_host_clock() {
  [ -e /dev/ptp_hyperv ] || cat /sys/class/ptp/ptp*/clock_name 2>/dev/null | grep -qx hyperv
}

# The main file of a program that a vendor's system keeps below /usr/etc until an administrator writes another one below /etc.
regild_main_file() (
  for file in "/etc/$1" "/usr/etc/$1"; do
    if [ -f "$file" ]; then
      printf '%s\n' "$file"
      exit 0
    fi
  done
  exit 1
)

# One setting of sshd as it takes effect, or as the files say where sshd cannot tell (no host keys yet). Further words say for whom: `-C
# user=...`.
regild_sshd_setting() (
  name=$1
  shift
  value=$(sshd -T "$@" 2>/dev/null | regild_setting_of "$name")
  if [ -z "$value" ] && file=$(regild_main_file ssh/sshd_config); then
    value=$(cat /etc/ssh/sshd_config.d/*.conf /usr/etc/ssh/sshd_config.d/*.conf "$file" 2>/dev/null | regild_setting_of "$name" | head -n 1)
  fi
  printf '%s' "$value"
)

# The values of a setting, one to a line, in lines of `name value`.
regild_setting_of() {
  awk -v name="$1" 'tolower($1) == name { $1 = ""; sub(/^ /, ""); print }'
}

# What sudo's files say, the vendor's main file only where there is no other.
regild_sudoers() {
  if file=$(regild_main_file sudoers); then cat "$file" /etc/sudoers.d/* /usr/etc/sudoers.d/* 2>/dev/null || :; fi
}

# Where the agent mounts the resource disk; status 1 when it is not told to format one (cloud-init does it in most images).
regild_resource_disk() (
  grep -qE '^ResourceDisk\.Format=y' /etc/waagent.conf 2>/dev/null || exit 1
  folder=$(sed -n 's/^ResourceDisk\.MountPoint=//p' /etc/waagent.conf | tail -n 1)
  printf '%s\n' "${folder:-/mnt/resource}"
)
