# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_12_free_space() {
  for place in '/ 102400' '/boot 51200'; do
    folder=${place% *}
    free=$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "${place#* }" ] || fail "$folder has $free KiB left"
  done
}
