#!/bin/sh
# add-azure.sh: installs what an Azure guest needs while the present repositories still answer. A Marketplace base has most of it.
set -eu
REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$REGILD_HOME/lib.sh"

has_one_of() {
  for name in "$@"; do
    [ -z "$(regild_packages_like "$name")" ] || return 0
  done
  return 1
}

# Lines `need|want alternatives...` of what is missing.
missing() {
  regild_azure_packages | while read -r weight names; do
    # shellcheck disable=SC2086 # names is a list of words
    has_one_of $names || printf '%s %s\n' "$weight" "$names"
  done
}

install_first() {
  for name in "$@"; do
    if regild_install_packages "$name"; then
      regild_log "installed $name"
      return 0
    fi
  done
  return 1
}

install_missing() {
  refreshed=no
  missing | while read -r weight names; do
    if [ "$refreshed" = no ]; then
      regild_refresh_repositories || regild_log 'the repositories could not be read'
      refreshed=yes
    fi
    # shellcheck disable=SC2086 # names is a list of words
    install_first $names </dev/null || {
      [ "$weight" = want ] || regild_die "none of these packages could be installed, and an Azure image needs one: $names"
      regild_log "not available: $names"
    }
  done
}

enable_agents() {
  agent=$(regild_agent_unit) || regild_die 'the Azure agent has no service unit'
  regild_unit_on "$agent"
  kvp=$(regild_kvp_unit) || kvp=''
  [ -z "$kvp" ] || regild_unit_on "$kvp"
  for unit in cloud-init.target cloud-init-local.service cloud-init.service cloud-config.service cloud-final.service; do
    ! regild_unit_exists "$unit" || systemctl enable "$unit" >/dev/null 2>&1 || :
  done
  rm -f /etc/cloud/cloud-init.disabled
}

main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  regild_load_packages
  install_missing
  sh "$REGILD_HOME/remove-aws.sh" add-azure
  enable_agents
}

main "$@"
