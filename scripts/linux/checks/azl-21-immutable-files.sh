# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_21_immutable_files() {
  command -v lsattr >/dev/null 2>&1 || skip 'no lsattr'
  fixed=$(lsattr -d /etc/resolv.conf /etc/hostname /etc/hosts /etc/passwd /etc/shadow /etc/ssh/sshd_config /etc/udev/rules.d \
    /etc/fstab 2>/dev/null | awk '$1 ~ /i/ { print $2 }' | regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$fixed" ] || fail "$fixed"
}
