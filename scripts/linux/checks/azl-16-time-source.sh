# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_16_time_source() {
  unit=$(regild_first_unit chrony.service chronyd.service) || fail 'chrony is not installed'
  regild_unit_enabled "$unit" || fail "$unit is not enabled"
  lines=$(regild_chrony_lines)
  case $lines in
    *169.254.169.123* | *fd00:ec2::123* | *ptp_ena*) fail 'chrony asks Amazon' ;;
    *ptp_hyperv*) ;;
    *) ! regild_has_host_clock || fail 'chrony does not follow /dev/ptp_hyperv' ;;
  esac
  for other in systemd-timesyncd.service ntpd.service ntp.service; do
    if regild_unit_exists "$other" && regild_unit_enabled "$other"; then fail "$other is enabled too"; fi
  done
}
