# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_08_kernel_command_line() {
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  values=$(printf '%s\n' "$lines" | grep -oE "(^|[[:space:]])$REGILD_AWS_ARGUMENTS" | sort -u | some)
  [ -z "$values" ] || fail "$values"
}
