# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Packages and where they come from. The only file that tells package managers apart.

# Stops where the packages are of another kind than the family's: the base is not the planned system.
regild_require_family() (
  case $REGILD_FAMILY in
    debian) tool=dpkg ;;
    *) tool=rpm ;;
  esac
  command -v "$tool" >/dev/null 2>&1 ||
    regild_die "the plan says that this system is of the family $REGILD_FAMILY, but '$(regild_os_release ID)' has no $tool"
)

# Of which kind packages are, as the component table says it.
regild_package_kind() {
  case $REGILD_FAMILY in
    debian) echo deb ;;
    *) echo rpm ;;
  esac
}

# name<TAB>version of every package, on Debian also of one whose configuration files were left behind.
regild_package_versions() (
  case $REGILD_FAMILY in
    debian)
      dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\t${Version}\n' 2>/dev/null |
        awk -F '\t' '$1 ~ /^(.i|rc)/ { print $2 "\t" $3 }'
      ;;
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
  case $REGILD_FAMILY in
    debian)
      apt-get -s -o Debug::NoLocking=1 purge "$@" 2>/dev/null | awk '$1 == "Purg" || $1 == "Remv" { print $2 }' | sort -u |
        while IFS= read -r name; do
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
  case $REGILD_FAMILY in
    debian) regild_apt -qq purge "$@" ;;
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
    transactional) regild_transaction pkg remove --no-clean-deps "$@" ;;
    *) rpm -e "$@" ;;
  esac >&2
)

# apt-get without questions: files that were changed stay as they are, and the first boot's own updates are waited for.
regild_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@"
}

# A change of a read-only root: a new snapshot after the newest one, mounted into the running system. Source: transactional-update(8).
regild_transaction() {
  transactional-update --non-interactive --continue apply "$@"
}

# Azure Linux up to release 3 has tdnf, later ones dnf alone.
regild_tdnf() {
  if command -v tdnf >/dev/null 2>&1; then tdnf "$@"; else dnf "$@"; fi
}

regild_refresh_repositories() (
  case $REGILD_FAMILY in
    debian) apt-get -q update ;;
    redhat) dnf -q makecache || yum -q makecache ;;
    suse | transactional) zypper --non-interactive refresh ;;
    *) regild_tdnf -q makecache ;;
  esac >&2
)

regild_install_packages() (
  case $REGILD_FAMILY in
    debian) regild_apt -qq --no-install-recommends install "$@" ;;
    redhat)
      if command -v dnf >/dev/null 2>&1; then dnf -y install "$@"; else yum -y install "$@"; fi
      ;;
    suse) zypper --non-interactive install --no-recommends "$@" ;;
    transactional) regild_transaction pkg install --no-recommends "$@" ;;
    *) regild_tdnf -y install "$@" ;;
  esac >&2
)

# The same as the distribution does it when a person asks: with what the packages recommend.
regild_install_as_usual() (
  case $REGILD_FAMILY in
    debian) regild_apt -qq install "$@" >&2 ;;
    suse) zypper --non-interactive install "$@" >&2 ;;
    transactional) regild_transaction pkg install "$@" >&2 ;;
    *) regild_install_packages "$@" ;;
  esac
)

# Everything that is installed, in its newest version. Sources: apt-get(8), dnf(8), yum(8), zypper(8), transactional-update(8),
# tdnf(8).
regild_update_packages() (
  case $REGILD_FAMILY in
    debian) regild_apt -qq dist-upgrade ;;
    redhat)
      if command -v dnf >/dev/null 2>&1; then dnf -y upgrade; else yum -y update; fi
      ;;
    suse) zypper --non-interactive update ;;
    transactional) regild_transaction update ;;
    *) regild_tdnf -y update ;;
  esac >&2
)

# The package that holds ansible-playbook.
regild_ansible_package() {
  if [ "$REGILD_FAMILY" = redhat ] && command -v dnf >/dev/null 2>&1; then echo ansible-core; else echo ansible; fi
}

regild_clean_package_caches() (
  case $REGILD_FAMILY in
    debian)
      apt-get -q clean
      find /var/lib/apt/lists -mindepth 1 -type f -delete 2>/dev/null || :
      ;;
    redhat)
      if command -v dnf >/dev/null 2>&1; then dnf -q clean all; else yum -q clean all; fi
      ;;
    suse | transactional) zypper --non-interactive clean --all ;;
    *) regild_tdnf -q clean all ;;
  esac >&2 || :
)

# Lines that name the sources of packages which are switched on.
regild_repositories() (
  case $REGILD_FAMILY in
    debian)
      cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | grep -E '^[[:space:]]*deb[[:space:]]'
      for file in /etc/apt/sources.list.d/*.sources; do
        [ ! -f "$file" ] || awk 'BEGIN { RS = "" } tolower($0) !~ /(^|\n)enabled:[[:space:]]*(no|false|0)/' "$file" | grep -E '^URIs:'
      done
      ;;
    suse | transactional) cat /etc/zypp/repos.d/*.repo /etc/zypp/services.d/*.service 2>/dev/null | regild_enabled_urls ;;
    *) cat /etc/yum.repos.d/*.repo 2>/dev/null | regild_enabled_urls ;;
  esac
  :
)

# Lines with an address in the parts of standard input that are not switched off.
regild_enabled_urls() {
  awk -F '[[:space:]]*=[[:space:]]*' '
    function part_ends() { if (on) printf "%s", lines; on = 1; lines = "" }
    /^\[/ { part_ends() }
    $1 == "enabled" && tolower($2) ~ /^(0|no|false)[[:space:]]*$/ { on = 0 }
    $1 ~ /^[[:space:]]*(baseurl|mirrorlist|metalink|url)$/ { lines = lines $0 "\n" }
    END { part_ends() }'
}

# Whether packages come only after the owner of the machine registers it: an image with a subscription of one's own has no repository
# before.
regild_awaits_registration() (
  case $(regild_os_release ID) in
    rhel | sles | sles_sap | sle_hpc | sl-micro) [ -z "$(regild_packages_like 'rhui-azure-*')" ] && [ ! -s /etc/pki/consumer/cert.pem ] ;;
    *) exit 1 ;;
  esac
)

# What the package manager finds wrong with its own database, one finding to a line.
regild_package_trouble() (
  case $REGILD_FAMILY in
    debian)
      dpkg --audit
      apt-get -s -f -o Debug::NoLocking=1 install 2>&1 | grep -E '^(Inst|Remv|E:)'
      ;;
    *) rpm -Va --nofiles --nodigest --nosignature 2>&1 | grep -E 'Unsatisfied|rror' ;;
  esac || :
)

regild_held_packages() (
  case $REGILD_FAMILY in
    debian) apt-mark showhold ;;
    suse | transactional) zypper --non-interactive locks 2>/dev/null | awk -F '|' 'NR > 2 { gsub(/ /, "", $2); print $2 }' ;;
    *) cat /etc/dnf/plugins/versionlock.list /etc/yum/pluginconf.d/versionlock.list 2>/dev/null | sed 's/^[0-9]*://' ;;
  esac
)

# The package that owns a path, or nothing.
regild_owner() (
  case $REGILD_FAMILY in
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
  case $REGILD_FAMILY in
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
  case $REGILD_FAMILY in
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
    redhat)
      printf '%s\n' 'need WALinuxAgent' 'need cloud-init' 'want cloud-utils-growpart' 'want hyperv-daemons' 'want nvme-cli' \
        'want azure-vm-utils'
      ;;
    suse | transactional)
      printf '%s\n' 'need python-azure-agent WALinuxAgent' 'need cloud-init' 'want hyper-v' 'want cloud-netconfig-azure' \
        'want azure-vm-utils'
      ;;
    *) printf '%s\n' 'need WALinuxAgent' 'need cloud-init' 'want cloud-init-azure-kvp' 'want cloud-utils-growpart' 'want hyperv-daemons' ;;
  esac
  printf '%s\n' 'want chrony'
)
