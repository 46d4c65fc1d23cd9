#!/bin/sh
# checks.sh guest|final [id…]: runs checks of `checks.tsv` and fails when one of severity `block` does.
# Prints `regild-check<TAB>id<TAB>pass|fail|skip|error<TAB>detail`, at most 120 characters of detail.
# A check of the catalog is the function of its name: it passes by coming to its end, or calls `fail` or `skip`.
# With REGILD_INLINE set the text defines functions only: validation sends it to a booted machine together with lib.sh.
set -eu

fail() {
  printf '%s' "$*"
  exit 1
}

skip() {
  printf '%s' "$*"
  exit 3
}

REGILD_BOOT=/var/tmp/regild-boot
regild_mark_boot() {
  cat /proc/sys/kernel/random/boot_id >"$REGILD_BOOT"
}

# At most so many words of standard input, on one line.
some() {
  head -n "${1:-3}" | tr '\n' ' '
}

regild_run_checks() {
  REGILD_STAGE=$1
  shift
  regild_load_packages
  REGILD_BLOCKED=''
  for id in "$@"; do
    regild_run_check "$id"
    if [ "$REGILD_STATUS" != pass ] && [ "$REGILD_STATUS" != skip ] && regild_check_blocks "$id"; then REGILD_BLOCKED="$REGILD_BLOCKED $id"; fi
  done
}

regild_run_check() {
  check=check_$(printf '%s' "$1" | tr '-' '_')
  code=0
  if command -v "$check" >/dev/null 2>&1; then
    detail=$(
      set +e
      "$check" 2>/dev/null
      exit 0
    ) || code=$?
  else
    code=2
    detail='no such check'
  fi
  case $code in
    0) REGILD_STATUS=pass ;;
    1) REGILD_STATUS=fail ;;
    3) REGILD_STATUS=skip ;;
    *) REGILD_STATUS=error ;;
  esac
  [ "$REGILD_STATUS" != pass ] || detail=''
  detail=$(printf '%s' "$detail" | tr '[:cntrl:]' ' ' | cut -c 1-120)
  printf 'regild-check\t%s\t%s\t%s\n' "$1" "$REGILD_STATUS" "$detail"
}

regild_check_blocks() {
  awk -F '\t' -v id="$1" '$1 == id && $2 == "block" { found = 1 } END { exit !found }' "$REGILD_HOME/checks.tsv" 2>/dev/null
}

# --- Azure's own image standard (LISA) --------------------------------------------------------------------------------

check_lis_01_sudo_targetpw() {
  [ -f /etc/sudoers ] || skip 'sudo is not installed'
  ! cat /etc/sudoers /etc/sudoers.d/* 2>/dev/null | grep -qE '^[[:space:]]*Defaults[[:space:]]+targetpw' || fail 'Defaults targetpw in sudoers'
}

check_lis_02_legacy_kernel_options() {
  lines=$(regild_kernel_lines)
  case $lines in
    *libata.atapi_enabled=0* | *reserve=0x1f0,0x8*) fail 'libata.atapi_enabled=0 or reserve=0x1f0,0x8 on the kernel command line' ;;
    *) ;;
  esac
}

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

# Azure Linux has systemd-networkd and no network scripts.
check_lis_04_network_file() {
  family=$(regild_family)
  if [ "$family" = azurelinux ]; then
    [ -f /etc/systemd/networkd.conf ] || [ -f /usr/lib/systemd/networkd.conf ] || fail 'no systemd/networkd.conf'
    exit 0
  fi
  grep -qsiE '^[[:space:]]*NETWORKING="?yes"?' /etc/sysconfig/network && exit 0
  ! regild_network_manager_alone || exit 0
  case $(regild_eth0_profile) in
    *.nmconnection) ;;
    *) fail '/etc/sysconfig/network does not say NETWORKING=yes' ;;
  esac
}

check_lis_05_eth0_profile() {
  file=$(regild_eth0_profile)
  case $file in
    '') regild_network_manager_alone || fail 'eth0 has no profile' ;;
    *.nmconnection)
      awk '/^\[/ { part = $0 } part == "[ipv4]" && $0 == "method=auto" { found = 1 } END { exit !found }' "$file" || fail "$file: ipv4 is not automatic"
      ! grep -q '^autoconnect=false' "$file" || fail "$file: autoconnect=false"
      ;;
    *)
      for line in DEVICE=eth0 BOOTPROTO=dhcp ONBOOT=yes; do
        grep -qE "^${line%=*}=[\"']?${line#*=}[\"']?[[:space:]]*\$" "$file" || fail "$file has no $line"
      done
      ;;
  esac
}

check_lis_06_persistent_net_rules() {
  [ ! -s /etc/udev/rules.d/70-persistent-net.rules ] || fail /etc/udev/rules.d/70-persistent-net.rules
  # A link of the same name to nowhere turns the generator off.
  [ "$(readlink /etc/udev/rules.d/75-persistent-net-generator.rules)" != /dev/null ] || exit 0
  for file in /lib/udev/rules.d/75-persistent-net-generator.rules /usr/lib/udev/rules.d/75-persistent-net-generator.rules; do
    [ ! -s "$file" ] || fail "$file"
  done
}

# On SUSE Azure sets the name; Azure Linux sends its own with the request.
check_lis_07_dhcp_hostname() {
  family=$(regild_family)
  if [ "$family" = azurelinux ]; then
    grep -qsE '^[[:space:]]*option[[:space:]]+.*host_name' /etc/dhcpcd.conf || grep -qs 'host-name' /etc/dhcp/dhclient.conf || fail 'the DHCP client does not send the host name'
    exit 0
  fi
  [ -f /etc/sysconfig/network/dhcp ] || skip 'no wicked'
  grep -qE '^DHCLIENT_SET_HOSTNAME="?no"?' /etc/sysconfig/network/dhcp || fail 'DHCLIENT_SET_HOSTNAME is not "no"'
}

check_lis_10_kvp_daemon() {
  pgrep -x hv_kvp_daemon >/dev/null || pgrep -x hypervkvpd >/dev/null || fail 'no hv_kvp_daemon process'
}

check_lis_11_repositories() {
  lines=$(regild_repositories)
  [ -n "$lines" ] || fail 'no package repository is enabled'
  amazon=$(printf '%s\n' "$lines" | grep -E 'amazonaws\.com|\.ec2\.(archive|ports)\.ubuntu\.com|cdn-aws\.deb\.debian\.org|aws\.ce\.redhat\.com|smt-ec2' | some 2) || :
  [ -z "$amazon" ] || fail "$amazon"
}

check_lis_12_serial_console() {
  console=console=$(regild_console)
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  [ -n "$lines" ] || skip 'the boot entries cannot be read'
  # Entries for recovery leave out what Debian and Ubuntu keep for the default entry; nobody starts a machine on Azure by them.
  ! printf '%s\n' "$lines" | grep -vE '(^|[[:space:]])(recovery|single)([[:space:]]|$)' | grep -qv "$console" || fail "a boot entry has no $console"
}

check_lis_13_shell_history() {
  files=$(regild_homes | while IFS= read -r home; do find "$home" -maxdepth 1 \( -name '.*_history' -o -name .history \) -size +0 2>/dev/null; done | some)
  [ -z "$files" ] || fail "$files"
}

# Errors that the kernel reports on sound machines too, as LISA lists them; a drive that Azure took the DVD out of answers with errors.
HARMLESS='Fast TSC calibration|acpi PNP0A03|pci_root PNP0A03|ipmi_si|perfctr msr|Perf event create|I/O error, dev (sr|fd)[0-9]|on dev (sr|fd)[0-9]|floppy: error|ib_srpt|regulatory|ACPI.*_(DSM|OSC|PDC)|hv_(fcopy|vss)|Correctable Errors|BERT:|mlx5_fwdump'

check_lis_14_boot_messages() {
  command -v journalctl >/dev/null 2>&1 || skip 'no journal'
  lines=$(journalctl -k -b -p 3 -q --no-pager -o cat 2>/dev/null | grep -vE "$HARMLESS" | sort -u) || :
  [ -z "$lines" ] || fail "$(printf '%s\n' "$lines" | wc -l | tr -d ' ') kinds of errors, first: $(printf '%s\n' "$lines" | head -n 1)"
}

check_lis_15_cloud_init_status() {
  command -v cloud-init >/dev/null 2>&1 || skip 'no cloud-init'
  status=$(timeout 300 cloud-init status --wait 2>/dev/null) || fail "$status"
}

check_lis_16_client_alive_interval() {
  interval=$(regild_sshd_setting clientaliveinterval)
  if [ "${interval:-0}" -le 0 ] || [ "$interval" -ge 236 ]; then fail "ClientAliveInterval is ${interval:-0}, not within 1 to 235"; fi
}

check_lis_17_no_passwords_or_keys() {
  azure=''
  [ "$REGILD_STAGE" != test-vm ] || azure=$(regild_azure_user)
  hashes=$(awk -F : -v azure="$azure" '$1 != azure && $2 !~ /^[*!x]/ { print $1 }' /etc/shadow | some)
  [ -z "$hashes" ] || fail "accounts with a password, or none needed: $hashes"
  keys=$(regild_authorized_keys "$azure" | some)
  [ -z "$keys" ] || fail "authorized keys: $keys"
}

# Files with a key that lets somebody in. cloud-init's line for root only prints a text (`command="echo …"`).
regild_authorized_keys() {
  regild_homes | while IFS= read -r home; do
    [ "${home##*/}" != "$1" ] || continue
    for file in "$home"/.ssh/authorized_keys*; do
      [ ! -f "$file" ] || ! grep -vE '^[[:space:]]*(#|$)' "$file" | grep -qvE 'command="echo .Please login as' || printf '%s\n' "$file"
    done
  done
}

check_lis_18_resource_disk_warning() {
  folder=$(regild_resource_disk) || skip 'the agent is not told to format a resource disk'
  mountpoint -q "$folder" || skip 'no resource disk'
  [ -f "$folder/DATALOSS_WARNING_README.txt" ] || fail "no DATALOSS_WARNING_README.txt in $folder"
}

check_lis_19_resource_disk() {
  mounted=$(awk '$3 ~ /^(ntfs|ntfs3|fuseblk)$/ { print $2 }' /proc/self/mounts | some)
  [ -z "$mounted" ] || fail "NTFS: $mounted"
}

check_lis_20_waagent_version() {
  agent=$(command -v waagent || echo /usr/sbin/waagent)
  version=$("$agent" -version 2>/dev/null | sed -nE 's/^WALinuxAgent-([0-9.]+).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail 'no Azure agent'
  ! grep -qE '^AutoUpdate\.(UpdateToLatestVersion|Enabled)=y' /etc/waagent.conf 2>/dev/null || exit 0
  [ "$(printf '%s\n' 2.2.53.1 "$version" | sort -V | head -n 1)" = 2.2.53.1 ] || fail "version $version, older than 2.2.53.1"
}

check_lis_21_python_version() {
  python=$(command -v python3 || echo /usr/libexec/platform-python)
  [ -x "$python" ] || fail 'no Python 3'
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' || fail "$("$python" --version 2>&1)"
}

check_lis_22_openssl_version() {
  command -v openssl >/dev/null 2>&1 || skip 'openssl is not installed'
  version=$(openssl version | awk '{ print $2 }')
  case $version in
    [3-9].* | 1.1.1* | 1.0.2*) ;;
    *) fail "version $version" ;;
  esac
}

check_lis_23_64_bit() {
  machine=$(uname -m)
  case $machine in
    x86_64 | aarch64 | arm64) ;;
    *) fail "$machine" ;;
  esac
}

check_lis_24_omi_version() {
  [ -x /opt/omi/bin/omiserver ] || exit 0
  version=$(/opt/omi/bin/omiserver --version | sed -nE 's/.*OMI-([0-9.]+)-?([0-9]*).*/\1.\2/p' | head -n 1)
  [ "$(printf '%s\n' 1.6.8.1 "${version:-0}" | sort -V | head -n 1)" = 1.6.8.1 ] || fail "version ${version:-unknown}, older than 1.6.8.1"
}

# The disk below a partition or a volume.
regild_disk_of() (
  lsblk -n -s -l -o NAME,TYPE "$1" 2>/dev/null | awk '$2 == "disk" { print $1; exit }'
)

check_lis_25_no_swap_on_os_disk() {
  root=$(findmnt -n -o SOURCE / | sed 's/\[.*//')
  disk=$(regild_disk_of "$root")
  awk 'NR > 1 { print $1, $2 }' /proc/swaps | while read -r path kind; do
    if [ "$kind" = file ]; then
      holder=$(findmnt -n -o SOURCE --target "$path" | sed 's/\[.*//')
      [ "$holder" != "$root" ] || fail "$path"
    elif [ -n "$disk" ]; then
      parent=$(regild_disk_of "$path")
      [ "$parent" != "$disk" ] || fail "$path"
    fi
  done || exit 1
  # A file below /mnt is on the resource disk.
  lines=$(awk '$1 !~ /^#/ && $3 == "swap" && $1 !~ /^\/mnt\// { print $1 }' /etc/fstab 2>/dev/null | some)
  [ -z "$lines" ] || fail "swap in fstab: $lines"
}

check_lis_26_kernel_options() {
  for kernel in $(regild_kernels); do
    config=/boot/config-$kernel
    [ -f "$config" ] || config=/lib/modules/$kernel/config
    [ -f "$config" ] || continue
    for option in CONFIG_WATCHDOG CONFIG_CIFS; do
      grep -qE "^$option=[ym]" "$config" || fail "$kernel has no $option"
    done
  done
}

# Validation leaves the identifier of the boot behind before it restarts the machine.
check_lix_03_restart() {
  [ -f "$REGILD_BOOT" ] || skip 'nobody looked at this machine before'
  [ "$(cat "$REGILD_BOOT")" != "$(cat /proc/sys/kernel/random/boot_id)" ] || fail 'it is still the same boot'
  check_azl_22_system_state
}

check_lix_05_hyperv_modules() {
  [ -d /sys/bus/vmbus/devices ] || fail 'no VMBus'
  kernel=$(uname -r)
  for module in hv_storvsc hv_netvsc; do
    if [ ! -d "/sys/module/$module" ] && ! grep -q "/$module\.ko" "/lib/modules/$kernel/modules.builtin" 2>/dev/null; then fail "$module is not loaded"; fi
  done
}

# Class ids of what every Azure machine has on Hyper-V's bus; the disk may be NVMe, which is not on it.
check_lix_06_vmbus_devices() {
  classes=$(cat /sys/bus/vmbus/devices/*/class_id 2>/dev/null) || classes=''
  [ -n "$classes" ] || fail 'no device on the VMBus'
  for device in shutdown:0e0b6031 time:9527e630 heartbeat:57164f39 network:f8615163; do
    printf '%s\n' "$classes" | grep -q "^{${device#*:}-" || fail "no device for ${device%:*}"
  done
}

check_lix_07_kvp_pools() {
  count=$(find /var/lib/hyperv -maxdepth 1 -name '.kvp_pool_*' 2>/dev/null | wc -l)
  [ "$count" -ge 5 ] || fail "$((count)) of 5 pools in /var/lib/hyperv"
}

check_lix_08_dhcp_timeout() {
  if regild_unit_exists NetworkManager.service && regild_unit_enabled NetworkManager.service; then
    cat /etc/NetworkManager/NetworkManager.conf /etc/NetworkManager/conf.d/*.conf /usr/lib/NetworkManager/conf.d/*.conf 2>/dev/null |
      grep -qE '^ipv4\.dhcp-timeout=([3-9][0-9]{2}|[0-9]{4,})' || fail 'ipv4.dhcp-timeout is below 300 in NetworkManager'
  elif [ -f /etc/dhcp/dhclient.conf ]; then
    grep -qE '^[[:space:]]*timeout[[:space:]]+([3-9][0-9]{2}|[0-9]{4,});' /etc/dhcp/dhclient.conf || fail 'the timeout in dhclient.conf is below 300'
  fi
}

check_lix_09_floppy() {
  [ ! -d /sys/module/floppy ] || fail 'the floppy module is loaded'
  grep -rqsE '^[[:space:]]*blacklist[[:space:]]+floppy' /etc/modprobe.d /usr/lib/modprobe.d /lib/modprobe.d || fail 'floppy is not blacklisted'
}

check_lix_11_resource_disk_swap() {
  grep -qE '^ResourceDisk\.EnableSwap=y' /etc/waagent.conf 2>/dev/null || skip 'the agent is not told to make swap'
  [ "$(wc -l </proc/swaps)" -gt 1 ] || fail 'ResourceDisk.EnableSwap=y, and no swap is on'
}

check_lix_13_root_identifier() {
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  by_name=$(printf '%s\n' "$lines" | grep -oE '(^|[[:space:]])root=/dev/(sd|xvd|vd|nvme|loop)[^[:space:]]*' | some 1) || :
  [ -z "$by_name" ] || fail "$by_name"
  line=$(awk '$1 !~ /^#/ && $2 == "/" { print $1 }' /etc/fstab | head -n 1)
  case $line in
    /dev/sd* | /dev/xvd* | /dev/vd* | /dev/nvme*) fail "fstab mounts / from $line" ;;
    *) ;;
  esac
  uuid=$(findmnt -n -o UUID / 2>/dev/null) || uuid=''
  [ -n "$uuid" ] || exit 0
  # The quotes that a boot loader's configuration may have around the value.
  others=$(printf '%s\n' "$lines" "root=$line" | tr -d "\"'" | grep -oE 'root=UUID=[^[:space:]]+' | grep -viF "root=UUID=$uuid" | sort -u | some 1) || :
  [ -z "$others" ] || fail "$others, but / is $uuid"
}

check_lix_14_ptp_clock() {
  [ -e /dev/ptp_hyperv ] || grep -qs hyperv /sys/class/ptp/ptp*/clock_name || fail 'no host clock device'
  ! command -v chronyc >/dev/null 2>&1 || chronyc -n sources 2>/dev/null | grep -q PHC || fail 'chrony does not use the host clock'
}

check_lix_15_name_resolution() {
  getent ahosts management.azure.com >/dev/null || fail 'management.azure.com does not resolve'
}

check_lix_16_system_running() {
  failed=$(systemctl list-units --failed --plain --no-legend 2>/dev/null | awk '{ print $1 }' | some 4)
  [ -z "$failed" ] || fail "$failed"
}

# A virtual function carries traffic only as the second half of the synthetic device above it.
check_lix_17_virtual_function() {
  functions=$(for folder in /sys/class/net/*; do
    driver=$(readlink "$folder/device/driver" 2>/dev/null) || driver=''
    case ${driver##*/} in
      mlx4_core | mlx5_core | mana) printf '%s\n' "${folder##*/}" ;;
      *) ;;
    esac
  done)
  [ -n "$functions" ] || skip 'this machine has no accelerated networking'
  for name in $functions; do
    [ -e "/sys/class/net/$name/master" ] || fail "$name belongs to no synthetic device"
  done
}

check_lix_19_nvme_namespaces() {
  [ -n "$(regild_glob '/sys/class/nvme/nvme*')" ] || skip 'this machine has no NVMe controller'
  for folder in /sys/class/nvme/nvme*; do
    [ -n "$(find "$folder/" -maxdepth 1 -name 'nvme*n[0-9]*')" ] || fail "${folder##*/} shows no disk"
  done
}

# What the machine was asked to be stands in its metadata, what it is in the firmware's variable: four bytes of attributes, then 0 or 1.
check_lix_21_secure_boot() {
  command -v curl >/dev/null 2>&1 || skip 'no curl'
  wanted=$(curl -sf -m 10 --noproxy '*' -H Metadata:true 'http://169.254.169.254/metadata/instance/compute/securityProfile/secureBootEnabled?api-version=2021-02-01&format=text') || wanted=''
  [ "$wanted" = true ] || skip 'this machine does not ask for Secure Boot'
  set -- /sys/firmware/efi/efivars/SecureBoot-*
  [ -f "$1" ] || fail 'the firmware has no variable SecureBoot'
  [ "$(od -An -t u1 -j 4 -N 1 "$1" | tr -d ' ')" = 1 ] || fail 'Secure Boot is off'
}

check_lix_22_provisioning_media() {
  [ -b /dev/sr0 ] || skip 'no DVD drive'
  label=$(blkid -p -s LABEL -o value /dev/sr0 2>/dev/null) || label=''
  [ -z "$label" ] || fail "$label is in the drive"
}

# --- regild's own -------------------------------------------------------------------------------------------------------

# What the clouds put in at a boot (registrations, answer files) belongs to the phase generalize and is looked at before it.
check_azl_01_no_aws_components() {
  [ -f "$REGILD_COMPONENTS" ] || skip 'no component table'
  found=$(regild_component_ids remove . | while IFS= read -r id; do
    [ "$(regild_component_field "$id" leftover)" = block ] || continue
    if [ "$REGILD_STAGE" = test-vm ] && awk -F '\t' -v id="$id" '$1 == id { exit !($3 == "generalize") }' "$REGILD_COMPONENTS"; then continue; fi
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || printf '%s (%s)\n' "$id" "$hit"
  done | some)
  [ -z "$found" ] || fail "$found"
}

check_azl_02_aws_callers() {
  [ -f "$REGILD_COMPONENTS" ] || skip 'no component table'
  found=$(regild_component_ids report . | while IFS= read -r id; do
    [ "$(regild_component_field "$id" leftover)" != harmless ] || continue
    hit=$(regild_find_component "$id" | head -n 1)
    [ -z "$hit" ] || printf '%s (%s)\n' "$id" "$hit"
  done | some)
  [ -z "$found" ] || fail "$found"
}

check_azl_03_azure_datasource() {
  [ -d /etc/cloud ] || fail 'no cloud-init'
  names=$(regild_datasources | tr '\n' ' ')
  # An absent list means all, Azure among them.
  case " ${names:-Azure }" in
    *' Azure '*) ;;
    *) fail "datasource_list: $names" ;;
  esac
  if grep -qE '^(datasource|policy)[[:space:]]*[:=]' /etc/cloud/ds-identify.cfg 2>/dev/null && ! grep -qE 'Azure|enabled|search' /etc/cloud/ds-identify.cfg; then
    fail 'ds-identify.cfg excludes Azure'
  fi
}

check_azl_04_cloud_init_schema() {
  cloud-init schema --help >/dev/null 2>&1 || skip 'cloud-init has no schema command'
  text=$(cloud-init schema --system 2>&1) && exit 0
  case $text in
    *'not find any data source'* | *'No user data'*) skip 'no datasource has been read here' ;;
    *) fail "$(printf '%s\n' "$text" | grep -iE 'error|invalid' | some 2)" ;;
  esac
}

check_azl_05_waagent_enabled() {
  unit=$(regild_agent_unit) || fail 'no waagent unit'
  regild_unit_enabled "$unit" || fail "$unit is not enabled"
  ! grep -qE '^Provisioning\.Agent=(disabled|waagent)' /etc/waagent.conf || fail 'Provisioning.Agent is not auto or cloud-init'
  ! grep -qE '^Extensions\.Enabled=n' /etc/waagent.conf || fail 'Extensions.Enabled=n'
  # The agent waits up to half an hour for the key type that its own configuration names.
  types=$(cat /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg 2>/dev/null | grep -E '^ssh_genkeytypes' | tail -n 1) || types=''
  case $types in
    '' | *rsa*) ;;
    # Null leaves the keys to sshd's own unit, which makes every kind.
    *~ | *null) ;;
    *) fail "$types" ;;
  esac
}

check_azl_06_hyperv_initramfs() {
  kernels=$(regild_kernels)
  [ -n "$kernels" ] || fail 'no kernel is installed'
  for kernel in $kernels; do
    for module in hv_vmbus hv_storvsc hv_netvsc nvme; do
      regild_kernel_boots_with "$kernel" "$module" || fail "$kernel cannot load $module early"
    done
  done
}

check_azl_07_default_kernel() {
  kernel=$(uname -r)
  regild_suits_azure "$kernel" || fail "the running kernel is $kernel"
}

check_azl_08_kernel_command_line() {
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  values=$(printf '%s\n' "$lines" | grep -oE '(^|[[:space:]])(nvme_core\.io_timeout=(4294967295|255)|nvme\.io_timeout=[0-9]+|clocksource=tsc|tsc=reliable|resume(_offset)?=[^[:space:]]+)' | sort -u | some)
  [ -z "$values" ] || fail "$values"
}

check_azl_09_fstab() {
  [ -f /etc/fstab ] || exit 0
  names=$(awk '$1 ~ /^\/dev\/(sd|xvd|vd|nvme)/ { print $1 }' /etc/fstab | some)
  [ -z "$names" ] || fail "device names: $names"
  required=$(awk '
    /^[[:space:]]*(#|$)/ || $2 ~ /^\/(boot(\/efi)?|usr|var|home|tmp|var\/(log|tmp))?$/ || $2 == "none" || $3 ~ /^(swap|tmpfs|proc|sysfs|devpts|devtmpfs|cgroup2?|debugfs|hugetlbfs)$/ { next }
    ("," $4 ",") !~ /,(nofail|noauto),/ { print $2 }' /etc/fstab | some)
  [ -z "$required" ] || fail "without nofail: $required"
}

check_azl_10_storage_references() {
  devices=$(awk '$1 !~ /^#/ && NF >= 2 && $4 !~ /nofail/ { print $2 }' /etc/crypttab 2>/dev/null) || devices=''
  for device in $devices; do
    case $device in
      UUID=*) [ -e "/dev/disk/by-uuid/${device#UUID=}" ] || fail "crypttab: $device" ;;
      /dev/sd* | /dev/xvd* | /dev/nvme*) fail "crypttab: $device" ;;
      *) ;;
    esac
  done
  arrays=$(cat /etc/mdadm.conf /etc/mdadm/mdadm.conf 2>/dev/null | awk '$1 == "ARRAY" { print $2 }')
  for array in $arrays; do
    [ -e "$array" ] || fail "mdadm.conf: $array"
  done
  [ ! -s /etc/lvm/devices/system.devices ] || fail '/etc/lvm/devices/system.devices names the disks of this machine'
}

check_azl_11_efi_fallback_loader() {
  [ -d /sys/firmware/efi ] || skip 'started by BIOS'
  if regild_is_arm64; then name=BOOTAA64.EFI; else name=BOOTX64.EFI; fi
  [ -n "$(find /boot/efi /efi /boot -maxdepth 3 -iname "$name" 2>/dev/null)" ] || fail "no EFI/BOOT/$name"
}

check_azl_12_free_space() {
  for place in '/ 102400' '/boot 51200'; do
    folder=${place% *}
    free=$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "${place#* }" ] || fail "$folder has $free KiB left"
  done
}

check_azl_14_network_configuration() {
  pinned=$(grep -lE '^[[:space:]]*(HWADDR|MACADDR)=' /etc/sysconfig/network-scripts/ifcfg-* 2>/dev/null | some) || :
  # cloud-init writes 50-cloud-init.yaml anew at each first boot.
  pinned=$pinned$(find /etc/netplan -name '*.yaml' ! -name 50-cloud-init.yaml -exec grep -lE '^[^#]*macaddress:' {} + 2>/dev/null | some)
  [ -z "$pinned" ] || fail "pinned to a MAC address: $pinned"
  renderers=$(regild_network_services | tr '\n' ' ')
  case $renderers in
    '') fail 'no network service starts at boot' ;;
    *NetworkManager*systemd-networkd*) fail "two network services start at boot: $renderers" ;;
    *) ;;
  esac
}

check_azl_15_accelerated_networking() {
  for rule in /usr/lib/udev/rules.d/*sriov*.rules /lib/udev/rules.d/*sriov*.rules /etc/udev/rules.d/*sriov*.rules /usr/lib/systemd/network/*sriov*.network; do
    [ ! -e "$rule" ] || exit 0
  done
  fail 'no rule leaves the virtual function unmanaged'
}

check_azl_16_time_source() {
  unit=$(regild_first_unit chrony.service chronyd.service) || fail 'chrony is not installed'
  regild_unit_enabled "$unit" || fail "$unit is not enabled"
  lines=$(regild_chrony_lines)
  case $lines in
    *169.254.169.123* | *fd00:ec2::123* | *ptp_ena*) fail 'chrony asks Amazon' ;;
    *ptp_hyperv*) ;;
    *) fail 'chrony does not follow /dev/ptp_hyperv' ;;
  esac
  for other in systemd-timesyncd.service ntpd.service ntp.service; do
    if regild_unit_exists "$other" && regild_unit_enabled "$other"; then fail "$other is enabled too"; fi
  done
}

check_azl_17_sshd() {
  sshd=$(command -v sshd || echo /usr/sbin/sshd)
  [ -x "$sshd" ] || fail 'no sshd'
  mkdir -p /run/sshd
  text=$("$sshd" -t 2>&1) || fail "$text"
  command=$("$sshd" -T 2>/dev/null | awk '$1 == "authorizedkeyscommand" { print $2 }')
  case $command in
    *eic_* | *ec2* | /opt/aws/*) fail "AuthorizedKeysCommand $command" ;;
    *) ;;
  esac
  # A drop-in can hide the option on the command line, where `sshd -T` does not see it.
  override=$(cat /etc/systemd/system/ssh*.service.d/* /usr/lib/systemd/system/ssh*.service.d/* /lib/systemd/system/ssh*.service.d/* 2>/dev/null | grep -E 'ExecStart=.*AuthorizedKeysCommand' | some 1) || :
  [ -z "$override" ] || fail "$override"
}

check_azl_18_package_database() {
  trouble=$(regild_package_trouble | some)
  [ -z "$trouble" ] || fail "$trouble"
}

check_azl_19_version_locks() {
  held=$(regild_held_packages | grep -E '^(linux|kernel|cloud-init|walinuxagent|waagent|WALinuxAgent)' | some) || :
  [ -z "$held" ] || fail "$held"
}

check_azl_20_provisioning_media() {
  blocked=$(cat /etc/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf /lib/modprobe.d/*.conf 2>/dev/null | grep -oE '^[[:space:]]*(install|blacklist)[[:space:]]+(udf|vfat|fat|isofs|cdrom|sr_mod)([[:space:]]|$)' | sort -u | some)
  [ -z "$blocked" ] || fail "$blocked"
}

check_azl_21_immutable_files() {
  command -v lsattr >/dev/null 2>&1 || skip 'no lsattr'
  fixed=$(lsattr -d /etc/resolv.conf /etc/hostname /etc/hosts /etc/passwd /etc/shadow /etc/ssh/sshd_config /etc/udev/rules.d /etc/fstab 2>/dev/null | awk '$1 ~ /i/ { print $2 }' | some)
  [ -z "$fixed" ] || fail "$fixed"
}

# Failed units are the business of lix-16: here it is whether the boot came to its end.
check_azl_22_system_state() {
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
  case $state in
    running | degraded) ;;
    offline | unknown | '') skip 'systemd does not run here' ;;
    *) fail "$state after $waited seconds: $(systemctl list-jobs --no-legend --plain 2>/dev/null | awk '{ print $2 }' | some)" ;;
  esac
}

check_azl_23_platform_endpoints() {
  command -v curl >/dev/null 2>&1 || skip 'no curl'
  curl -s -m 10 --noproxy '*' -o /dev/null 'http://168.63.129.16/?comp=versions' || fail '168.63.129.16 port 80 does not answer'
  provider=$(curl -s -m 10 --noproxy '*' -H Metadata:true 'http://169.254.169.254/metadata/instance/compute/provider?api-version=2021-02-01&format=text') || provider=''
  [ "$provider" = Microsoft.Compute ] || fail "the metadata service says '$provider'"
}

check_azl_24_mana_driver() {
  for kernel in $(regild_kernels); do
    modinfo -k "$kernel" mana >/dev/null 2>&1 || fail "$kernel has no mana driver"
  done
}

check_azl_25_disk_timeouts() {
  for file in /sys/block/sd*/device/timeout; do
    [ -f "$file" ] || continue
    value=$(cat "$file")
    [ "$value" -ge 300 ] || fail "$file is $value"
  done
  for folder in /sys/block/nvme*; do
    grep -qs 'MSFT NVMe Accelerator' "$folder/device/model" || continue
    value=$(cat "$folder/queue/io_timeout")
    [ "$value" -ge 240000 ] || fail "$folder/queue/io_timeout is $value"
  done
}

check_azl_26_provisioned() {
  command -v cloud-init >/dev/null 2>&1 || skip 'no cloud-init'
  status=$(timeout 300 cloud-init status --wait --long 2>/dev/null) || :
  case $status in
    *'status: done'* | *'status: degraded'*) ;;
    *) fail "$(printf '%s' "$status" | tr '\n' ' ')" ;;
  esac
  case $status in
    *DataSourceAzure*) ;;
    *) fail 'cloud-init did not use the Azure datasource' ;;
  esac
}

check_azl_27_own_identity() {
  grep -qE '^[0-9a-f]{32}$' /etc/machine-id || fail 'no machine-id'
  [ -n "$(find /etc/ssh -name 'ssh_host_*_key' -size +0)" ] || fail 'no host keys'
  name=$(hostname)
  case $name in
    localhost* | ip-[0-9]*) fail "the host name is $name" ;;
    *) ;;
  esac
}

check_azl_28_administrator() {
  azure=$(regild_azure_user)
  [ -n "$azure" ] || skip 'the agent kept no account name'
  getent passwd "$azure" >/dev/null || fail "the account $azure does not exist"
  for name in ec2-user ssm-user; do
    if [ "$name" != "$azure" ] && getent passwd "$name" >/dev/null; then fail "the account $name exists"; fi
  done
  sudo -n -l -U "$azure" 2>/dev/null | grep -q 'ALL' || fail "$azure may not use sudo"
}

check_azl_30_aws_connections() {
  peers=$(ss -Htun 2>/dev/null | awk '{ print $6 }' | grep -E '^169\.254\.(169\.123|170\.2):' | some) || :
  [ -z "$peers" ] || fail "$peers"
  names=$(journalctl -b --no-pager -q 2>/dev/null | grep -oE '[a-z0-9.-]+\.amazonaws\.com' | sort -u | some) || :
  [ -z "$names" ] || fail "$names"
}

main() {
  stage=${1:?the stage is missing}
  shift
  # shellcheck disable=SC2046 # ids are words
  [ "$#" -gt 0 ] || set -- $(awk -F '\t' -v stage="$stage" '("," $3 ",") ~ ("," stage ",") { print $1 }' "$REGILD_HOME/checks.tsv")
  regild_run_checks "$stage" "$@"
  [ -z "$REGILD_BLOCKED" ] || regild_die "failed checks:$REGILD_BLOCKED"
}

if [ -z "${REGILD_INLINE:-}" ]; then
  REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
  . "$REGILD_HOME/lib.sh"
  main "$@"
fi
