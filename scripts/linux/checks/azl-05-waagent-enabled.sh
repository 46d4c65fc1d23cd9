# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_05_waagent_enabled() {
  unit=$(regild_agent_unit) || fail 'no waagent unit'
  regild_unit_enabled "$unit" || fail "$unit is not enabled"
  ! grep -qE '^Provisioning\.Agent=(disabled|waagent)' /etc/waagent.conf || fail 'Provisioning.Agent is not auto or cloud-init'
  ! grep -qE '^Extensions\.Enabled=n' /etc/waagent.conf || fail 'Extensions.Enabled=n'
  # The agent waits up to half an hour for the key type that its own configuration names.
  types=$(cat /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg 2>/dev/null | grep -E '^ssh_genkeytypes' | tail -n 1) || types=''
  case $types in
    '' | *rsa*) ;;
    # Null leaves the keys to sshd's own unit, which makes every kind.
    *~ | *null) ;;
    *) fail "$types" ;;
  esac
}
