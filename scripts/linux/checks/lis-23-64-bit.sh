# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_23_64_bit() {
  machine=$(uname -m)
  case $machine in
    x86_64 | aarch64 | arm64) ;;
    *) fail "$machine" ;;
  esac
}
