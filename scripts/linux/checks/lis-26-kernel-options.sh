# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
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
