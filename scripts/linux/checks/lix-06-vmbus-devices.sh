# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Class ids of what every Azure machine has on Hyper-V's bus; the disk may be NVMe, which is not on it.
check_lix_06_vmbus_devices() {
  classes=$(cat /sys/bus/vmbus/devices/*/class_id 2>/dev/null) || classes=''
  [ -n "$classes" ] || fail 'no device on the VMBus'
  for device in shutdown:0e0b6031 time:9527e630 heartbeat:57164f39 network:f8615163; do
    printf '%s\n' "$classes" | grep -q "^{${device#*:}-" || fail "no device for ${device%:*}"
  done
}
