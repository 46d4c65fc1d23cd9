# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_08_kernel_command_line() {
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  values=$(printf '%s\n' "$lines" | grep -oE '(^|[[:space:]])(nvme_core\.io_timeout=(4294967295|255)|nvme\.io_timeout=[0-9]+|clocksource=tsc|tsc=reliable|resume(_offset)?=[^[:space:]]+)' | sort -u | some)
  [ -z "$values" ] || fail "$values"
}
