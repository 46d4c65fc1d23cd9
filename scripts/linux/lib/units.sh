# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Units of systemd: whether they are there, start at boot, and how they are turned on and off.

regild_unit_exists() {
  [ -e "/etc/systemd/system/$1" ] || [ -e "/run/systemd/system/$1" ] ||
    [ -e "/usr/lib/systemd/system/$1" ] || [ -e "/lib/systemd/system/$1" ]
}

# The first of these units that exists.
regild_first_unit() (
  for unit in "$@"; do
    if regild_unit_exists "$unit"; then
      printf '%s\n' "$unit"
      exit 0
    fi
  done
  exit 1
)

regild_agent_unit() {
  regild_first_unit walinuxagent.service waagent.service
}

regild_kvp_unit() {
  regild_first_unit hv-kvp-daemon.service hypervkvpd.service hv_kvp_daemon.service
}

# The network services that start at boot.
regild_network_services() (
  for unit in NetworkManager.service systemd-networkd.service networking.service wicked.service network.service; do
    if regild_unit_exists "$unit" && regild_unit_enabled "$unit"; then printf '%s\n' "$unit"; fi
  done
)

# Whether a unit starts at boot; works without a running systemd too.
regild_unit_enabled() (
  case $(systemctl is-enabled "$1" 2>/dev/null) in
    enabled | enabled-runtime | static | alias | generated | indirect) exit 0 ;;
    *) exit 1 ;;
  esac
)

regild_unit_on() {
  systemctl unmask "$1" >&2 2>&1 || :
  systemctl --quiet enable "$1" >/dev/null 2>&1 || regild_log "could not enable $1"
}

# Stops a unit (of a template: every instance) and keeps it from starting again.
regild_unit_off() (
  command -v systemctl >/dev/null 2>&1 || exit 0
  case $1 in
    *@.*)
      instances=$(systemctl list-units --all --plain --no-legend "${1%@.*}@*" 2>/dev/null | awk '{ print $1 }') || instances=''
      for unit in $instances; do systemctl stop "$unit" >&2 || :; done
      ;;
    *) systemctl stop "$1" >/dev/null 2>&1 || : ;;
  esac
  systemctl disable "$1" >/dev/null 2>&1 || :
  # What was written by hand goes; what a package brought goes with the package.
  for file in "/etc/systemd/system/$1" "/etc/systemd/system/$1.d"; do
    regild_remove_path "$file"
  done
)

# What systemd answers to a question about its units. A busy machine lets one time out, and no answer is not an empty list: it is asked
# three times, and then the status is 1.
regild_ask_systemd() (
  for _ in 1 2 3; do
    if answer=$(systemctl "$@" 2>/dev/null); then
      printf '%s\n' "$answer"
      exit 0
    fi
    [ -d /run/systemd/system ] || break
    sleep 1
  done
  exit 1
)

# Whether the journal of this boot can be read: what cannot holds no errors either.
regild_has_journal() {
  journalctl -b -n 1 -q >/dev/null 2>&1
}

# Waits at most five minutes for the end of the boot, and prints the state that systemd is in then.
regild_await_boot() (
  waited=0
  state=$(systemctl is-system-running 2>/dev/null) || :
  while [ "$waited" -lt 300 ]; do
    case $state in
      starting | initializing) ;;
      *) break ;;
    esac
    sleep 10
    waited=$((waited + 10))
    state=$(systemctl is-system-running 2>/dev/null) || :
  done
  printf '%s' "$state"
)
