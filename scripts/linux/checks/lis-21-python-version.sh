# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_21_python_version() {
  python=$(command -v python3 || echo /usr/libexec/platform-python)
  [ -x "$python" ] || fail 'no Python 3'
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' || fail "$("$python" --version 2>&1)"
}
