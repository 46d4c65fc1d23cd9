# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Validation leaves the identifier of the boot behind before it restarts the machine.
check_lix_03_restart() {
  [ -f "$REGILD_BOOT" ] || skip 'nobody looked at this machine before'
  [ "$(cat "$REGILD_BOOT")" != "$(cat /proc/sys/kernel/random/boot_id)" ] || fail 'it is still the same boot'
  state=$(regild_await_boot)
  case $state in
    starting | initializing) fail "$state after five minutes" ;;
    *) ;;
  esac
}
