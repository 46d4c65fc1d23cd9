# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_05_hyperv_modules() {
  [ -d /sys/bus/vmbus/devices ] || fail 'no VMBus'
  kernel=$(uname -r)
  for module in hv_storvsc hv_netvsc; do
    [ -d "/sys/module/$module" ] || grep -q "/$module\.ko" "/lib/modules/$kernel/modules.builtin" 2>/dev/null ||
      fail "$module is not loaded"
  done
}
