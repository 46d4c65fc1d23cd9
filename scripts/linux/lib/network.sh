# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# How the network card of a machine is described, who resolves its names, and what stands between it and Azure's own addresses.

# What Azure's image standard looks for: network scripts (RHEL and relatives), systemd-networkd (Azure Linux), or neither.
regild_network_standard() {
  case $REGILD_FAMILY in
    redhat) echo network-scripts ;;
    azurelinux) echo networkd ;;
    *) echo other ;;
  esac
}

# Whether NetworkManager or wicked takes addresses by itself, so that the datasource stays out of it; elsewhere nobody else writes the
# configuration.
regild_takes_addresses() {
  case $REGILD_FAMILY in
    redhat | suse | transactional) regild_first_unit NetworkManager.service wicked.service >/dev/null ;;
    *) return 1 ;;
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

regild_network_manager_settings() {
  cat /etc/NetworkManager/NetworkManager.conf /etc/NetworkManager/conf.d/*.conf /usr/lib/NetworkManager/conf.d/*.conf 2>/dev/null || :
}

# From release 10 on there are no network scripts; NetworkManager then makes a profile with DHCP for every card, unless it is told not to.
regild_network_manager_alone() {
  [ ! -d /etc/sysconfig/network-scripts ] && regild_unit_exists NetworkManager.service && regild_unit_enabled NetworkManager.service &&
    ! regild_network_manager_settings | grep -q '^no-auto-default='
}

# The network's own files that stay in the image, `kind path` to a line. What cloud-init wrote has its name in it.
regild_network_files() {
  regild_network_globs | while read -r kind file; do
    case ${file##*/} in
      *cloud-init* | ifcfg-lo | ifcfg-*.bak | '*' | '*.'*) continue ;;
      *) ;;
    esac
    [ ! -f "$file" ] || grep -qsi 'created by cloud-init\|generated.*cloud-init' "$file" || printf '%s %s\n' "$kind" "$file"
  done
}

regild_network_globs() {
  for file in /etc/netplan/*.yaml /lib/netplan/*.yaml /usr/lib/netplan/*.yaml; do printf 'netplan %s\n' "$file"; done
  for file in /etc/network/interfaces /etc/network/interfaces.d/*; do printf 'interfaces %s\n' "$file"; done
  for file in /etc/systemd/network/*.network; do printf 'networkd %s\n' "$file"; done
  for file in /etc/NetworkManager/system-connections/*.nmconnection; do printf 'keyfile %s\n' "$file"; done
  for file in /etc/sysconfig/network-scripts/ifcfg-* /etc/sysconfig/network/ifcfg-*; do printf 'ifcfg %s\n' "$file"; done
}

# `file card` for every card that such a file names.
regild_described_cards() {
  regild_network_files | while read -r kind file; do
    case $kind in
      netplan) awk '
        /^[[:space:]]*#/ { next }
        { match($0, /^ */); depth = RLENGTH }
        inside && depth <= outer { inside = 0 }
        /^ *ethernets[[:space:]]*:/ { inside = 1; outer = depth; first = 0; next }
        inside && !first { first = depth }
        inside && depth == first && /:[[:space:]]*/ { name = $1; sub(/:.*/, "", name); gsub(/["'\'']/, "", name); card = name; print name }
        inside && depth > first && /(^|[[:space:]{])(name|driver|macaddress)[[:space:]]*:/ { print "-" }' "$file" |
        awk '$0 == "-" { last = "*"; next } { if (last != "") print last; last = $0 } END { if (last != "") print last }' ;;
      interfaces) awk '$1 == "iface" && $2 != "lo" { print $2 }' "$file" ;;
      networkd) sed -n 's/^Name=//p' "$file" ;;
      keyfile) sed -n 's/^interface-name=//p' "$file" ;;
      *) sed -nE "s/^DEVICE=[\"']?([^\"']*)[\"']?\$/\\1/p" "$file" ;;
    esac | tr ' ' '\n' | awk -v file="$file" 'length { print file, $0 }'
  done
}

# Files in which a card gets an address that is not asked of DHCP.
regild_fixed_addresses() {
  regild_network_files | while read -r kind file; do
    case $kind in
      netplan) grep -qE '^[^#]*dhcp4:[[:space:]]*(true|yes)' "$file" || ! grep -qE '^[^#]*addresses:' "$file" ;;
      interfaces) ! grep -qE '^[[:space:]]*iface[[:space:]]+[^[:space:]]+[[:space:]]+inet[[:space:]]+static' "$file" ;;
      networkd) ! grep -qE '^Address=' "$file" || grep -qE '^DHCP=(yes|ipv4|true)' "$file" ;;
      keyfile) ! awk '/^\[/ { part = $0 } part == "[ipv4]" && /^method=manual/ { found = 1 } END { exit !found }' "$file" ;;
      *) ! grep -qE "^(BOOTPROTO=[\"']?(static|none)|IPADDR)" "$file" || ! grep -qE '^IPADDR' "$file" ;;
    esac || printf '%s\n' "$file"
  done
}

# Whether a service or a file of the image brings the first card up by DHCP without cloud-init.
regild_cards_come_up_by_dhcp() (
  ! regild_network_manager_alone || exit 0
  regild_network_files | while read -r kind file; do
    case $kind in
      netplan | networkd)
        grep -qE '^[^#]*(dhcp4:[[:space:]]*(true|yes)|DHCP=(yes|ipv4|true))' "$file" || continue
        regild_described_cards |
          awk -v file="$file" '$1 == file && $2 ~ /^(eth0|e\*|eth\*|\*)$/ { found = 1 } END { exit !found }' || continue
        ;;
      interfaces) grep -qE '^[[:space:]]*iface[[:space:]]+eth0[[:space:]]+inet[[:space:]]+dhcp' "$file" || continue ;;
      keyfile)
        grep -q '^method=auto' "$file" || continue
        ! grep -qE '^interface-name=([^e]|e[^t])' "$file" || continue
        ;;
      *)
        [ "${file##*-}" = eth0 ] || continue
        grep -qE "^BOOTPROTO=[\"']?dhcp" "$file" || continue
        ;;
    esac
    printf '%s\n' "$file"
  done | grep -q .
)

# `file address` for every name server that is fixed in the image.
regild_fixed_resolvers() {
  {
    grep -HE '^DNS=' /etc/systemd/resolved.conf /etc/systemd/resolved.conf.d/*.conf /etc/systemd/network/*.network
    grep -HE '^[[:space:]]*(supersede|prepend)[[:space:]]+domain-name-servers' /etc/dhcp/dhclient.conf /etc/dhclient.conf
    grep -HE '^servers=' /etc/NetworkManager/NetworkManager.conf /etc/NetworkManager/conf.d/*.conf
    grep -HE '^DNS[0-9]=' /etc/sysconfig/network-scripts/ifcfg-*
    grep -HE '^NETCONFIG_DNS_(STATIC_SERVERS|FORWARDER_SERVERS)=' /etc/sysconfig/network/config
    grep -HE '^(nameserver|dns-nameservers)[[:space:]]' /etc/resolv.conf.head /etc/resolvconf/resolv.conf.d/* /etc/network/interfaces
    grep -HE '^server=' /etc/dnsmasq.conf /etc/dnsmasq.d/*
    regild_network_files | awk '$1 == "netplan" { print $2 }' | while IFS= read -r file; do awk -v file="$file" '
      /^[^#]*nameservers:/ { inside = 3 }
      inside > 0 { print file ":" $0; inside-- }' "$file"; done
  } 2>/dev/null | awk '{
    at = index($0, ":"); file = substr($0, 1, at - 1); text = substr($0, at + 1)
    count = split(text, words, /[^0-9A-Fa-f.:]+/)
    for (n = 1; n <= count; n++)
      if (words[n] ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/ || words[n] ~ /^[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f]*$/) print file, words[n] }'
}

# The files in which cloud-init is told to leave the network alone, in either form of YAML.
regild_cloud_network_disabled() {
  for file in /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg; do
    [ -f "$file" ] || continue
    awk '
      /^network[[:space:]]*:.*config[[:space:]]*:[[:space:]]*"?disabled/ { found = 1 }
      /^[^[:space:]#]/ { inside = ($0 ~ /^network[[:space:]]*:[[:space:]]*$/) }
      inside && /^[[:space:]]+config[[:space:]]*:[[:space:]]*"?disabled/ { found = 1 }
      END { exit !found }' "$file" && printf '%s\n' "$file"
  done
  :
}

# Proxies that services are given without an exception for Azure's own addresses.
regild_service_proxies() {
  for file in /etc/systemd/system.conf /etc/systemd/system.conf.d/*.conf /etc/systemd/system/cloud-*.service.d/*.conf \
    /etc/systemd/system/waagent.service.d/*.conf /etc/systemd/system/walinuxagent.service.d/*.conf; do
    [ -f "$file" ] || continue
    grep -qiE '^[^#]*http_proxy=' "$file" || continue
    if ! { grep -iE '^[^#]*no_proxy=' "$file" | grep -F 169.254.169.254 | grep -qF 168.63.129.16; }; then
      printf '%s\n' "$file sets a proxy for 169.254.169.254 and 168.63.129.16 too"
    fi
  done
}

# Rules of a firewall, kept for the next boot, and routes that stop packets to the two addresses for everybody.
regild_platform_blocks() {
  grep -HE '^-A OUTPUT.* -d (169\.254\.169\.254|168\.63\.129\.16)(/32)? .*-j (DROP|REJECT)' \
    /etc/iptables/rules.v4 /etc/sysconfig/iptables 2>/dev/null | grep -v -- '-m owner' | sed 's/:/: /'
  grep -HE '^[^#]*(unreachable|blackhole|prohibit|reject)[^#]*(169\.254\.|168\.63\.129\.16)' \
    /etc/network/interfaces /etc/network/interfaces.d/* /etc/sysconfig/network-scripts/route-* /etc/sysconfig/network/routes 2>/dev/null |
    sed 's/:/: /'
  :
}
