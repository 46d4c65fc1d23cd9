# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# A virtual function carries traffic only as the second half of the synthetic device above it.
check_lix_17_virtual_function() {
  functions=$(for folder in /sys/class/net/*; do
    driver=$(readlink "$folder/device/driver" 2>/dev/null) || driver=''
    case ${driver##*/} in
      mlx4_core | mlx5_core | mana) printf '%s\n' "${folder##*/}" ;;
      *) ;;
    esac
  done)
  [ -n "$functions" ] || skip 'this machine has no accelerated networking'
  for name in $functions; do
    [ -e "/sys/class/net/$name/master" ] || fail "$name belongs to no synthetic device"
  done
}
