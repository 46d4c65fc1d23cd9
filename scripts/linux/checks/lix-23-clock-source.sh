# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_23_clock_source() {
  cat /sys/bus/vmbus/devices/*/class_id >/dev/null 2>&1 || skip 'not on Hyper-V'
  file=/sys/devices/system/clocksource/clocksource0/current_clocksource
  [ -r "$file" ] || skip 'the kernel does not say'
  source=$(cat "$file")
  case $source in
    hyperv_clocksource_* | lis_hv_clocksource* | tsc | tsc-early | arch_sys_counter) ;;
    *) fail "the clock source is $source" ;;
  esac
}
