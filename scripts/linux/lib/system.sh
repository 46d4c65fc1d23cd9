# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The system below: its family, its architecture, its console, and when its first boot is over.

regild_os_release() (
  file=/etc/os-release
  [ -r "$file" ] || file=/usr/lib/os-release
  sed -n "s/^$1=//p" "$file" 2>/dev/null | tr -d "\"'" | head -n 1
)

# One of debian, redhat, suse, azurelinux; anything else has no tested road to Azure and stops the build.
regild_family() (
  id=$(regild_os_release ID)
  case $id in
    ubuntu | debian) echo debian ;;
    rhel | centos | rocky | almalinux | ol | fedora) echo redhat ;;
    sles | sles_sap | opensuse-leap | opensuse-tumbleweed) echo suse ;;
    azurelinux | mariner) echo azurelinux ;;
    amzn) regild_die "Amazon Linux does not run on Azure: choose Azure Linux, a RHEL relative or Ubuntu as the base" ;;
    flatcar | coreos | bottlerocket) regild_die "'$id' has an image of its own for Azure and is not changed in place" ;;
    *) regild_die "the distribution '$id' is not one of Debian, Ubuntu, RHEL and relatives, SUSE, Azure Linux" ;;
  esac
)

REGILD_FAMILY=${REGILD_FAMILY:-$(regild_family)}

regild_is_arm64() {
  case $(uname -m) in
    aarch64 | arm64) return 0 ;;
    *) return 1 ;;
  esac
}

regild_console() {
  if regild_is_arm64; then echo ttyAMA0; else echo ttyS0; fi
}

# SSH answers before cloud-init has made accounts and package sources, and before the package managers of the first boot are done.
regild_wait_for_first_boot() {
  [ -d /run/systemd/system ] && command -v cloud-init >/dev/null 2>&1 || return 0
  timeout 900 cloud-init status --wait >/dev/null 2>&1 || regild_log 'cloud-init did not end well within 15 minutes'
}
