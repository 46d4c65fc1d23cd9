# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_02_legacy_kernel_options() {
  lines=$(regild_kernel_lines)
  case $lines in
    *libata.atapi_enabled=0* | *reserve=0x1f0,0x8*) fail 'libata.atapi_enabled=0 or reserve=0x1f0,0x8 on the kernel command line' ;;
    *) ;;
  esac
}
