# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_11_efi_fallback_loader() {
  [ -d /sys/firmware/efi ] || skip 'started by BIOS'
  if regild_is_arm64; then name=BOOTAA64.EFI; else name=BOOTX64.EFI; fi
  [ -n "$(find /boot/efi /efi /boot -maxdepth 3 -iname "$name" 2>/dev/null)" ] || fail "no EFI/BOOT/$name"
}
