# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# LISA asks for them with the drivers of azl-06, without which nothing starts. What a kernel does not have at all, an initramfs cannot lack.
check_azl_41_hyperv_input() {
  for kernel in $(regild_kernels); do
    regild_initramfs "$kernel" >/dev/null || continue
    for module in hid-hyperv hyperv-keyboard; do
      [ -n "$(find "/lib/modules/$kernel/" -name "$module.ko*" 2>/dev/null)" ] || continue
      regild_kernel_boots_with "$kernel" "$module" || fail "$kernel cannot load $module early"
    done
  done
}
