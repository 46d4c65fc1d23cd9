# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_13_root_identifier() {
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  by_name=$(printf '%s\n' "$lines" | grep -oE '(^|[[:space:]])root=/dev/(sd|xvd|vd|nvme|loop)[^[:space:]]*' | some 1) || :
  [ -z "$by_name" ] || fail "$by_name"
  line=$(awk '$1 !~ /^#/ && $2 == "/" { print $1 }' /etc/fstab | head -n 1)
  case $line in
    /dev/sd* | /dev/xvd* | /dev/vd* | /dev/nvme*) fail "fstab mounts / from $line" ;;
    *) ;;
  esac
  uuid=$(findmnt -n -o UUID / 2>/dev/null) || uuid=''
  [ -n "$uuid" ] || exit 0
  # The quotes that a boot loader's configuration may have around the value.
  others=$(printf '%s\n' "$lines" "root=$line" | tr -d "\"'" | grep -oE 'root=UUID=[^[:space:]]+' |
    grep -viF "root=UUID=$uuid" | sort -u | some 1) || :
  [ -z "$others" ] || fail "$others, but / is $uuid"
}
