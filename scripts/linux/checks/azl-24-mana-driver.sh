# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_24_mana_driver() {
  for kernel in $(regild_kernels); do
    modinfo -k "$kernel" mana >/dev/null 2>&1 || fail "$kernel has no mana driver"
  done
}
