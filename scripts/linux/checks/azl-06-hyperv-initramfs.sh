# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# A kernel of a unified image carries its initramfs inside it, and is the vendor's own for Azure. Without an initramfs only the disk is
# needed early.
check_azl_06_hyperv_initramfs() {
  kernels=$(regild_kernels)
  if [ -z "$kernels" ]; then
    [ -z "$(find /boot/efi/EFI /efi/EFI /boot/EFI -iname '*.efi' -path '*EFI/Linux/*' 2>/dev/null)" ] ||
      skip 'the kernel is a unified image'
    [ -z "$(regild_glob '/lib/modules/*/vmlinuz*.efi')" ] || skip 'the kernel is a unified image'
    fail 'no kernel is installed'
  fi
  for kernel in $kernels; do
    if regild_initramfs "$kernel" >/dev/null; then modules='hv_vmbus hv_storvsc hv_netvsc nvme'; else modules='hv_vmbus hv_storvsc nvme'; fi
    for module in $modules; do
      regild_kernel_boots_with "$kernel" "$module" || fail "$kernel cannot load $module early"
    done
  done
}
