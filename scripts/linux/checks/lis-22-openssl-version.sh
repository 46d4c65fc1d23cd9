# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_22_openssl_version() {
  command -v openssl >/dev/null 2>&1 || skip 'openssl is not installed'
  version=$(openssl version | awk '{ print $2 }')
  case $version in
    [3-9].* | 1.1.1* | 1.0.2*) ;;
    *) fail "version $version" ;;
  esac
}
