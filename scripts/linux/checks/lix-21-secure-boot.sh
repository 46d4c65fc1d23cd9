# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# What the machine was asked to be stands in its metadata, what it is in the firmware's variable: four bytes of attributes, then 0 or 1.
check_lix_21_secure_boot() {
  command -v curl >/dev/null 2>&1 || skip 'no curl'
  wanted=$(regild_metadata compute/securityProfile/secureBootEnabled) || wanted=''
  [ "$wanted" = true ] || skip 'this machine does not ask for Secure Boot'
  set -- /sys/firmware/efi/efivars/SecureBoot-*
  [ -f "$1" ] || fail 'the firmware has no variable SecureBoot'
  [ "$(od -An -t u1 -j 4 -N 1 "$1" | tr -d ' ')" = 1 ] || fail 'Secure Boot is off'
}
