# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_05_eth0_profile() {
  file=$(regild_eth0_profile)
  case $file in
    '') regild_network_manager_alone || fail 'eth0 has no profile' ;;
    *.nmconnection)
      awk '/^\[/ { part = $0 } part == "[ipv4]" && $0 == "method=auto" { found = 1 } END { exit !found }' "$file" ||
        fail "$file: ipv4 is not automatic"
      ! grep -q '^autoconnect=false' "$file" || fail "$file: autoconnect=false"
      ;;
    *)
      for line in DEVICE=eth0 BOOTPROTO=dhcp ONBOOT=yes; do
        grep -qE "^${line%=*}=[\"']?${line#*=}[\"']?[[:space:]]*\$" "$file" || fail "$file has no $line"
      done
      ;;
  esac
}
