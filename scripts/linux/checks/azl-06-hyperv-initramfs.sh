# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_06_hyperv_initramfs() {
  kernels=$(regild_kernels)
  [ -n "$kernels" ] || fail 'no kernel is installed'
  for kernel in $kernels; do
    for module in hv_vmbus hv_storvsc hv_netvsc nvme; do
      regild_kernel_boots_with "$kernel" "$module" || fail "$kernel cannot load $module early"
    done
  done
}
