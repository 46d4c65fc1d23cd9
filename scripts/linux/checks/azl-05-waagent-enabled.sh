# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The key types that cloud-init makes, `type` to a word; a list may stand on the line of its key or below it. Nothing where the default
# holds.
regild_host_key_types() {
  cat /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg 2>/dev/null | awk '
    /^ssh_genkeytypes[[:space:]]*:/ { taking = 1; text = ""; sub(/^[^:]*:/, "") }
    taking && /^[^[:space:]#-]/ { taking = 0 }
    taking { sub(/#.*/, ""); gsub(/[][,"'\'']/, " "); sub(/^[[:space:]]*-[[:space:]]/, " "); text = text " " $0 }
    /^ssh_genkeytypes/ && !taking { taking = 1 }
    END { print text }' | tr -s ' ' '\n' | awk 'length'
}

check_azl_05_waagent_enabled() {
  unit=$(regild_agent_unit) || fail 'no waagent unit'
  regild_unit_enabled "$unit" || fail "$unit is not enabled"
  ! grep -qE '^Provisioning\.Agent=(disabled|waagent)' /etc/waagent.conf || fail 'Provisioning.Agent is not auto or cloud-init'
  ! grep -qE '^Extensions\.Enabled=n' /etc/waagent.conf || fail 'Extensions.Enabled=n'
  # The agent waits up to half an hour for the key type that its own configuration names (WALinuxAgent, pa/provision/cloudinit.py).
  wanted=$(sed -n 's/^Provisioning\.SshHostKeyPairType=//p' /etc/waagent.conf 2>/dev/null | tail -n 1)
  types=$(regild_host_key_types | tr '\n' ' ')
  case " $types" in
    # Null leaves the keys to sshd's own unit, which makes every kind.
    ' ' | *' ~ '* | *' null '*) ;;
    *" ${wanted:-rsa} "*) ;;
    *) [ "$wanted" = auto ] || fail "ssh_genkeytypes is ${types% }, and the agent waits for ${wanted:-rsa}" ;;
  esac
}
