#!/bin/sh
# packages.sh install <package>... | update | ansible: what the user's own steps ask of the package manager.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

main() {
  what=${1:?what to do is missing}
  shift
  [ "$what" != ansible ] || ! command -v ansible-playbook >/dev/null 2>&1 || return 0
  regild_refresh_repositories
  case $what in
    install) regild_install_as_usual "$@" ;;
    ansible) regild_install_as_usual "$(regild_ansible_package)" ;;
    update) regild_update_packages ;;
    *) regild_die "packages.sh does not know '$what'" ;;
  esac
}

main "$@"
