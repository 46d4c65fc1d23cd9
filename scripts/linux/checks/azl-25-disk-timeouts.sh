# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_25_disk_timeouts() {
  for file in /sys/block/sd*/device/timeout; do
    [ -f "$file" ] || continue
    value=$(cat "$file")
    [ "$value" -ge 300 ] || fail "$file is $value"
  done
  for folder in /sys/block/nvme*; do
    grep -qs 'MSFT NVMe Accelerator' "$folder/device/model" || continue
    value=$(cat "$folder/queue/io_timeout")
    [ "$value" -ge 240000 ] || fail "$folder/queue/io_timeout is $value"
  done
}
