#!/bin/sh
# Functions that the guest scripts share. The only file that tells distributions apart.
# POSIX sh without `local`: a function with variables of its own is a subshell, `name() ( … )`.
set -eu
LC_ALL=C
# Seconds that zypper waits for another zypper: a SUSE machine registers itself and reads its repositories after its first boot.
ZYPP_LOCK_TIMEOUT=600
export LC_ALL ZYPP_LOCK_TIMEOUT
REGILD_HOME=${REGILD_HOME:-/opt/regild}
REGILD_COMPONENTS=${REGILD_COMPONENTS:-$REGILD_HOME/components.tsv}
REGILD_TAB=$(printf '\t')
REGILD_PACKAGES=''

regild_log() {
  printf 'regild: %s\n' "$*" >&2
}

regild_die() {
  printf 'regild: error: %s\n' "$*" >&2
  exit 1
}

# --- distribution -----------------------------------------------------------------------------------------------------

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

# --- packages ---------------------------------------------------------------------------------------------------------

# name<TAB>version of every package, on Debian also of one whose configuration files were left behind.
regild_package_versions() (
  family=$(regild_family)
  case $family in
    debian) dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\t${Version}\n' 2>/dev/null | awk -F '\t' '$1 ~ /^(.i|rc)/ { print $2 "\t" $3 }' ;;
    *) rpm -qa --qf '%{NAME}\t%{VERSION}-%{RELEASE}\n' 2>/dev/null ;;
  esac
)

regild_load_packages() {
  REGILD_PACKAGES=$(regild_package_versions | cut -f 1 | sort -u)
}

# Installed packages whose name matches a shell pattern.
regild_packages_like() (
  printf '%s\n' "$REGILD_PACKAGES" | while IFS= read -r name; do
    # shellcheck disable=SC2254 # the argument is a pattern
    case $name in
      $1) printf '%s\n' "$name" ;;
      *) ;;
    esac
  done
)

# Packages beyond the named ones that would have to go with them, one to a line.
regild_dependents() (
  family=$(regild_family)
  case $family in
    debian)
      apt-get -s -o Debug::NoLocking=1 purge "$@" 2>/dev/null | awk '$1 == "Purg" || $1 == "Remv" { print $2 }' | sort -u | while IFS= read -r name; do
        regild_is_among "$name" "$@" || printf '%s\n' "$name"
      done
      ;;
    *) rpm -e --test "$@" 2>&1 | sed -n 's/^.*(installed) \(.*\)$/\1/p' | sort -u ;;
  esac
)

regild_is_among() (
  wanted=$1
  shift
  for word in "$@"; do
    [ "$word" != "$wanted" ] || exit 0
  done
  exit 1
)

# Removes packages with their configuration and nothing else; status 1 when something else needs them.
regild_remove_packages() (
  if regild_is_among "linux-image-$(uname -r)" "$@"; then
    regild_log "kept $*: the running kernel is among them"
    exit 1
  fi
  dependents=$(regild_dependents "$@")
  if [ -n "$dependents" ]; then
    regild_log "kept $*: needed by $(printf '%s' "$dependents" | tr '\n' ' ')"
    exit 1
  fi
  family=$(regild_family)
  case $family in
    debian) DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 purge "$@" ;;
    redhat)
      if command -v dnf >/dev/null 2>&1; then
        dnf -y --setopt=clean_requirements_on_remove=False remove "$@"
      elif command -v yum >/dev/null 2>&1; then
        yum -y --setopt=clean_requirements_on_remove=0 remove "$@"
      else
        rpm -e "$@"
      fi
      ;;
    suse) zypper --non-interactive remove --no-clean-deps "$@" ;;
    *) rpm -e "$@" ;;
  esac >&2
)

regild_refresh_repositories() (
  family=$(regild_family)
  case $family in
    debian) apt-get -q update ;;
    redhat) dnf -q makecache || yum -q makecache ;;
    suse) zypper --non-interactive refresh ;;
    *) tdnf -q makecache ;;
  esac >&2
)

regild_install_packages() (
  family=$(regild_family)
  case $family in
    debian) DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 --no-install-recommends -o Dpkg::Options::=--force-confold install "$@" ;;
    redhat)
      if command -v dnf >/dev/null 2>&1; then dnf -y install "$@"; else yum -y install "$@"; fi
      ;;
    suse) zypper --non-interactive install --no-recommends "$@" ;;
    *) tdnf -y install "$@" ;;
  esac >&2
)

regild_clean_package_caches() (
  family=$(regild_family)
  case $family in
    debian)
      apt-get -q clean
      find /var/lib/apt/lists -mindepth 1 -type f -delete 2>/dev/null || :
      ;;
    redhat)
      if command -v dnf >/dev/null 2>&1; then dnf -q clean all; else yum -q clean all; fi
      ;;
    suse) zypper --non-interactive clean --all ;;
    *) tdnf -q clean all ;;
  esac >&2 || :
)

# Lines that name the sources of packages which are switched on.
regild_repositories() (
  family=$(regild_family)
  case $family in
    debian) cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null | grep -E '^[[:space:]]*(deb[[:space:]]|URIs:)' ;;
    suse) cat /etc/zypp/repos.d/*.repo /etc/zypp/services.d/*.service 2>/dev/null | grep -E '^(baseurl|url)=' ;;
    *) cat /etc/yum.repos.d/*.repo 2>/dev/null | grep -E '^[[:space:]]*(baseurl|mirrorlist|metalink)[[:space:]]*=' ;;
  esac
)

# What the package manager finds wrong with its own database, one finding to a line.
regild_package_trouble() (
  family=$(regild_family)
  case $family in
    debian)
      dpkg --audit
      apt-get -s -f -o Debug::NoLocking=1 install 2>&1 | grep -E '^(Inst|Remv|E:)'
      ;;
    *) rpm -Va --nofiles --nodigest --nosignature 2>&1 | grep -E 'Unsatisfied|rror' ;;
  esac || :
)

regild_held_packages() (
  family=$(regild_family)
  case $family in
    debian) apt-mark showhold ;;
    suse) zypper --non-interactive locks 2>/dev/null | awk -F '|' 'NR > 2 { gsub(/ /, "", $2); print $2 }' ;;
    *) cat /etc/dnf/plugins/versionlock.list /etc/yum/pluginconf.d/versionlock.list 2>/dev/null | sed 's/^[0-9]*://' ;;
  esac
)

# The package that owns a path, or nothing.
regild_owner() (
  family=$(regild_family)
  case $family in
    debian)
      # Merged /usr: a package may have recorded /lib/x for what is /usr/lib/x today.
      for path in "$1" "/usr$1" "${1#/usr}"; do
        owner=$(dpkg-query -S "$path" 2>/dev/null | grep -v '^diversion by' | head -n 1 | cut -d : -f 1 | cut -d , -f 1) || owner=''
        [ -z "$owner" ] || break
      done
      printf '%s' "$owner"
      ;;
    *) rpm -qf --qf '%{NAME}\n' "$1" 2>/dev/null | grep -v ' is not owned by ' | head -n 1 ;;
  esac
)

# A package with files below a folder, or nothing.
regild_owner_below() (
  [ -d "$1" ] && [ ! -L "$1" ] || exit 0
  family=$(regild_family)
  case $family in
    debian)
      for path in "$1" "/usr$1" "${1#/usr}"; do
        dpkg-query -S "$path/*" 2>/dev/null | grep -v '^diversion by' | head -n 1 | cut -d : -f 1 | cut -d , -f 1
      done ;;
    *) find "$1" -xdev -type f -exec rpm -qf --qf '%{NAME}\n' {} + 2>/dev/null | grep -v ' is not owned by ' ;;
  esac | head -n 1
)

# What an Azure guest needs, one to a line: `need` with alternatives, or `want`.
regild_azure_packages() (
  id=$(regild_os_release ID)
  family=$(regild_family)
  case $family in
    debian)
      if [ "$id" = ubuntu ]; then
        printf '%s\n' 'need walinuxagent' 'need cloud-init' 'want linux-cloud-tools-common' 'want azure-vm-utils'
        # A flavour of its own (fde, fips, lts) is already an Azure kernel.
        [ -n "$(regild_packages_like 'linux-image-*-azure*')" ] || printf '%s\n' 'need linux-azure'
      else
        printf '%s\n' 'need waagent walinuxagent' 'need cloud-init cloud-init-azure' 'want hyperv-daemons' 'want eject'
      fi
      printf '%s\n' 'want cloud-guest-utils' 'want gdisk'
      ;;
    redhat) printf '%s\n' 'need WALinuxAgent' 'need cloud-init' 'want cloud-utils-growpart' 'want hyperv-daemons' 'want nvme-cli' 'want azure-vm-utils' ;;
    suse) printf '%s\n' 'need python-azure-agent WALinuxAgent' 'need cloud-init' 'want hyper-v' 'want cloud-netconfig-azure' 'want azure-vm-utils' ;;
    *) printf '%s\n' 'need WALinuxAgent' 'need cloud-init' 'want cloud-init-azure-kvp' 'want cloud-utils-growpart' 'want hyperv-daemons' ;;
  esac
  printf '%s\n' 'want chrony'
)

# --- kernels and boot loader --------------------------------------------------------------------------------------------

# Versions of the installed kernels that have both modules and an image.
regild_kernels() (
  for folder in /lib/modules/*; do
    version=${folder##*/}
    for image in "/boot/vmlinuz-$version" "/boot/vmlinux-$version" "/boot/Image-$version" "$folder/vmlinuz"; do
      if [ -e "$image" ]; then
        printf '%s\n' "$version"
        break
      fi
    done
  done
)

# Amazon's own kernels lack or do not test the Hyper-V drivers; Ubuntu has a flavour for each cloud.
regild_suits_azure() (
  id=$(regild_os_release ID)
  case $id:$1 in
    *-aws | *amzn*) exit 1 ;;
    ubuntu:*-azure* | ubuntu:*-nvidia* | ubuntu:*-generic) exit 0 ;;
    ubuntu:*) exit 1 ;;
    *) exit 0 ;;
  esac
)

regild_initramfs() (
  for image in "/boot/initrd.img-$1" "/boot/initramfs-$1.img" "/boot/initrd-$1"; do
    if [ -e "$image" ]; then
      printf '%s\n' "$image"
      exit 0
    fi
  done
  exit 1
)

regild_initramfs_files() (
  image=$(regild_initramfs "$1") || exit 1
  if command -v lsinitramfs >/dev/null 2>&1; then lsinitramfs "$image"; else lsinitrd "$image"; fi 2>/dev/null
)

# Whether a kernel has a module built in or in its initramfs; `-` and `_` are the same in module names.
regild_kernel_boots_with() (
  name=$(printf '%s' "$2" | sed 's/[-_]/[-_]/g')
  ! grep -qE "/$name\.ko" "/lib/modules/$1/modules.builtin" 2>/dev/null || exit 0
  regild_initramfs_files "$1" | grep -E "(^|/)$name\.ko" >/dev/null
)

regild_rebuild_initramfs() (
  if command -v update-initramfs >/dev/null 2>&1; then
    update-initramfs -u -k all
  elif command -v dracut >/dev/null 2>&1; then
    dracut -f --regenerate-all
  fi >&2
)

regild_grub_config() (
  for file in /boot/grub/grub.cfg /boot/grub2/grub.cfg; do
    if [ -f "$file" ]; then
      printf '%s\n' "$file"
      exit 0
    fi
  done
  exit 1
)

regild_rebuild_grub() (
  config=$(regild_grub_config) || exit 0
  if command -v update-grub >/dev/null 2>&1; then
    update-grub
  elif command -v grub2-mkconfig >/dev/null 2>&1; then
    grub2-mkconfig -o "$config"
  fi >&2
)

# The kernel command lines of every boot entry, one to a line. On release 8 an entry says `$kernelopts` and means the boot loader's environment block.
regild_kernel_lines() (
  config=$(regild_grub_config) || config=''
  if [ -n "$config" ]; then sed -nE 's/^[[:space:]]*linux(efi|16)?[[:space:]]+[^[:space:]]+[[:space:]]+//p' "$config"; fi
  cat /etc/kernel/cmdline 2>/dev/null || :
  options=''
  for block in /boot/grub2/grubenv /boot/efi/EFI/*/grubenv; do
    [ -n "$options" ] || [ ! -f "$block" ] || options=$(sed -n 's/^kernelopts=//p' "$block")
  done
  # shellcheck disable=SC2016 # the boot loader's variable
  for entry in /boot/loader/entries/*.conf; do
    [ ! -f "$entry" ] || sed -n 's/^options[[:space:]]*//p' "$entry" | while IFS= read -r line; do
      case $line in
        *'$kernelopts'*) printf '%s\n' "${line%%'$kernelopts'*}$options${line#*'$kernelopts'}" ;;
        *) printf '%s\n' "$line" ;;
      esac
    done
  done
)

# Kernel arguments for a boot loader that has no serial console yet. `rootdelay` is the longest wait for the disk to dracut;
# initramfs-tools sleeps for the whole of it at every boot, and waits for the disk by itself.
regild_azure_kernel_arguments() (
  if regild_is_arm64; then
    arguments='console=tty1 console=ttyAMA0 earlycon=pl011,0xeffec000 initcall_blacklist=arm_pmu_acpi_init'
  else
    arguments='console=tty1 console=ttyS0,115200n8 earlyprintk=ttyS0,115200'
  fi
  family=$(regild_family)
  [ "$family" = debian ] || arguments="$arguments rootdelay=300"
  echo "$arguments"
)

regild_add_kernel_arguments() (
  if command -v grubby >/dev/null 2>&1; then
    grubby --update-kernel=ALL --args="$1" >&2
  fi
  if [ -d /etc/default/grub.d ]; then
    # shellcheck disable=SC2016 # expanded when the boot loader's configuration is made
    printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX %s"\n' "$1" | regild_put /etc/default/grub.d/90-regild-azure.cfg 0644
  elif [ -f /etc/default/grub ] && ! grep -qF -- "$1" /etc/default/grub; then
    regild_substitute /etc/default/grub '^(GRUB_CMDLINE_LINUX=")' "\\1$1 "
  fi
  if [ -s /etc/kernel/cmdline ] && ! grep -qF -- "$1" /etc/kernel/cmdline; then
    regild_substitute /etc/kernel/cmdline '$' " $1"
  fi
)

# --- units, accounts ----------------------------------------------------------------------------------------------------

regild_unit_exists() {
  [ -e "/etc/systemd/system/$1" ] || [ -e "/run/systemd/system/$1" ] || [ -e "/usr/lib/systemd/system/$1" ] || [ -e "/lib/systemd/system/$1" ]
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

# name:uid:home:shell of every account.
regild_accounts() (
  getent passwd | awk -F : '{ print $1 ":" $3 ":" $6 ":" $7 }'
)

# Accounts that a person could log in to, beside root.
regild_login_users() (
  regild_accounts | awk -F : '$2 >= 1000 && $2 < 60000 && $4 !~ /(nologin|false|sync)$/ { print $1 }'
)

regild_homes() (
  {
    echo /root
    regild_accounts | awk -F : '$2 >= 1000 && $2 < 60000 { print $3 }'
    for folder in /home/*; do printf '%s\n' "$folder"; done
  } | sort -u | while IFS= read -r home; do
    [ ! -d "$home" ] || [ "$home" = / ] || printf '%s\n' "$home"
  done
)

# The account that Azure made when it provisioned this machine.
regild_azure_user() (
  sed -n 's/.*<[a-z0-9]*:*UserName>\([^<]*\)<.*/\1/p' /var/lib/waagent/ovf-env.xml 2>/dev/null | head -n 1
)

# Where the agent mounts the resource disk; status 1 when it is not told to format one (cloud-init does it in most images).
regild_resource_disk() (
  grep -qE '^ResourceDisk\.Format=y' /etc/waagent.conf 2>/dev/null || exit 1
  folder=$(sed -n 's/^ResourceDisk\.MountPoint=//p' /etc/waagent.conf | tail -n 1)
  printf '%s\n' "${folder:-/mnt/resource}"
)

regild_remove_user() (
  getent passwd "$1" >/dev/null || exit 0
  uid=$(id -u "$1")
  azure=$(regild_azure_user)
  if [ "$uid" -eq 0 ] || [ "$1" = "${SUDO_USER:-}" ] || [ "$1" = "$azure" ]; then
    regild_log "kept the account $1: it runs the build"
    exit 1
  fi
  # A service account's home may be shared with a package; a person's home goes with the person.
  if [ "$uid" -ge 1000 ]; then userdel -r "$1" >&2; else userdel "$1" >&2; fi
)

# --- files --------------------------------------------------------------------------------------------------------------

# Existing paths that match a glob; `~/` stands for every home.
regild_expand() (
  # shellcheck disable=SC2088 # the catalog's own sign for every home
  case $1 in
    '~/'*)
      regild_homes | while IFS= read -r home; do regild_glob "$home/${1#??}"; done
      ;;
    *) regild_glob "$1" ;;
  esac
)

regild_glob() (
  IFS=''
  # shellcheck disable=SC2086 # the argument is a pattern; with an empty IFS it is not split
  for path in $1; do
    if [ -e "$path" ] || [ -L "$path" ]; then printf '%s\n' "$path"; fi
  done
)

# Files below the paths of a glob in which a line matches an extended regular expression. Large files are not configuration.
regild_files_with() (
  regild_expand "$1" | while IFS= read -r path; do
    find -H "$path" -xdev -path "$REGILD_HOME" -prune -o -type f -size -2048 -exec grep -lE -e "$2" {} + 2>/dev/null || :
  done
)

# Writes standard input to a file when it differs. Keeps the inode, and with it mode, owner and security label, of a file that exists.
regild_put() (
  text=$(cat)
  if [ ! -f "$1" ] || [ "$(cat "$1")" != "$text" ]; then
    mkdir -p "$(dirname "$1")"
    [ -e "$1" ] || { : >"$1" && chmod "$2" "$1"; }
    printf '%s\n' "$text" >"$1"
    ! command -v restorecon >/dev/null 2>&1 || restorecon "$1" >/dev/null 2>&1 || :
    regild_log "wrote $1"
  fi
)

regild_delete_lines() (
  grep -qE -e "$2" "$1" 2>/dev/null || exit 0
  scratch=$(mktemp)
  grep -vE -e "$2" "$1" >"$scratch" || [ "$?" -eq 1 ]
  cat "$scratch" >"$1"
  rm -f "$scratch"
  regild_log "deleted lines from $1"
)

# The separator is a control character that no expression holds.
regild_substitute() (
  separator=$(printf '\001')
  scratch=$(mktemp)
  sed -E "s$separator$2$separator$3${separator}g" "$1" >"$scratch"
  if [ "$(cat "$scratch")" != "$(cat "$1")" ]; then
    cat "$scratch" >"$1"
    regild_log "changed $1"
  fi
  rm -f "$scratch"
)

# Sets key=value in a file of such lines.
regild_set_key() (
  if grep -qE "^$2=" "$1" 2>/dev/null; then
    regild_substitute "$1" "^$2=.*\$" "$2=$3"
  else
    printf '%s=%s\n' "$2" "$3" >>"$1"
    regild_log "added $2 to $1"
  fi
)

# Folders of the system are never removed as a whole, nor what a mount or another package still needs.
regild_removable() (
  case $1 in
    *..* | *//* | [!/]*) exit 1 ;;
    / | /bin | /boot | /dev | /etc | /home | /lib | /lib32 | /lib64 | /media | /mnt | /opt | /proc | /root | /run | /sbin | /srv | /sys | /tmp | /usr | /var) exit 1 ;;
    /usr/bin | /usr/sbin | /usr/lib | /usr/lib64 | /usr/libexec | /usr/local | /usr/share | /usr/src | /var/cache | /var/lib | /var/log | /var/opt | /var/run | /var/spool | /var/tmp) exit 1 ;;
    /etc/cloud | /etc/cloud/cloud.cfg.d | /etc/ssh | /etc/systemd | /etc/systemd/system | /etc/udev | /etc/udev/rules.d | /etc/apt | /etc/yum.repos.d | /etc/sudoers.d) exit 1 ;;
    *) ;;
  esac
  awk -v path="$1" '$2 == path || index($2, path "/") == 1 { found = 1 } END { exit found }' /proc/self/mounts
)

# Removes a path; one that ends in `/` only when nothing but empty folders is left in it.
regild_remove_path() (
  case $1 in
    */)
      folder=${1%/}
      [ -d "$folder" ] || exit 0
      find "$folder" -xdev -depth -type d -exec rmdir {} + 2>/dev/null || :
      exit 0
      ;;
    *) ;;
  esac
  if [ ! -e "$1" ] && [ ! -L "$1" ]; then exit 0; fi
  if ! regild_removable "$1"; then
    regild_log "kept $1: it belongs to the system or holds a mount"
    exit 0
  fi
  owner=$(regild_owner "$1")
  [ -n "$owner" ] || owner=$(regild_owner_below "$1")
  if [ -n "$owner" ]; then
    regild_log "kept $1: it belongs to the package $owner"
    exit 0
  fi
  ! grep -q "^$1 " /proc/swaps 2>/dev/null || swapoff "$1"
  rm -rf "$1"
  regild_log "removed $1"
)

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

# --- AWS components -------------------------------------------------------------------------------------------------------

# Takes the component table from standard input instead of the guest's folder (checks on a booted machine have no folder).
regild_use_table() {
  REGILD_COMPONENTS=$(mktemp)
  cat >"$REGILD_COMPONENTS"
}

# Ids with an action (`remove|keep`, joined by a bar) in a phase (`.` = any).
regild_component_ids() (
  awk -F '\t' -v actions="$1" -v phase="$2" '$2 ~ "^(" actions ")$" && (phase == "." || $3 == phase) && !seen[$1]++ { print $1 }' "$REGILD_COMPONENTS"
)

# Values of one field of a component; further columns stay tab-separated.
regild_component_field() (
  awk -F '\t' -v id="$1" -v field="$2" '$1 == id && $4 == field { line = $5; for (column = 6; column <= NF; column++) line = line "\t" $column; print line }' "$REGILD_COMPONENTS"
)

# The values of a component's field, each handed to a function as its first words; stops at nothing.
regild_each_value() (
  regild_component_field "$1" "$2" | while IFS=$REGILD_TAB read -r value second third; do
    "$3" "$value" "$second" "$third" || :
  done
)

# Where a component is found, `field value` to a line. Needs regild_load_packages.
regild_find_component() (
  family=$(regild_family)
  if [ "$family" = debian ]; then field=deb; else field=rpm; fi
  regild_each_value "$1" "$field" regild_find_package
  regild_each_value "$1" snap regild_find_snap
  regild_each_value "$1" pip regild_find_pip
  regild_each_value "$1" service regild_find_unit
  regild_each_value "$1" path regild_find_path
  regild_each_value "$1" user regild_find_user
  regild_each_value "$1" content regild_find_content
)

regild_find_package() {
  regild_packages_like "$1" | sed 's/^/package /'
}

regild_find_snap() {
  [ ! -d "/snap/$1" ] || printf 'snap %s\n' "$1"
}

regild_pip_paths() (
  name=$(printf '%s' "$1" | sed 's/[-_.]/[-_.]/g')
  for folder in '/usr/local/lib/python3*/dist-packages' '/usr/local/lib/python3*/site-packages' '/usr/local/lib64/python3*/site-packages'; do
    regild_glob "$folder/$name-[0-9]*.dist-info"
    regild_glob "$folder/$name-[0-9]*.egg-info"
  done
)

regild_find_pip() {
  [ -z "$(regild_pip_paths "$1")" ] || printf 'pip %s\n' "$1"
}

regild_find_unit() {
  ! regild_unit_exists "$1" || printf 'unit %s\n' "$1"
}

regild_find_path() {
  regild_expand "$1" | sed 's/^/path /'
}

regild_find_user() {
  ! getent passwd "$1" >/dev/null || printf 'account %s\n' "$1"
}

regild_find_content() {
  regild_files_with "$1" "$2" | sed 's/^/text in /'
}

# Says what became of a component: in the build log, and in the folder for the inventory.
regild_report_component() {
  printf 'regild-component\t%s\t%s\t%s\n' "$1" "$2" "$3"
  [ ! -d "$REGILD_HOME" ] || printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$REGILD_HOME/report.tsv"
}
