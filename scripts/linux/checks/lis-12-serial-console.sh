# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_12_serial_console() {
  console=console=$(regild_console)
  if [ "$REGILD_STAGE" = test-vm ]; then lines=$(cat /proc/cmdline); else lines=$(regild_kernel_lines); fi
  [ -n "$lines" ] || skip 'the boot entries cannot be read'
  # Entries for recovery leave out what Debian and Ubuntu keep for the default entry; nobody starts a machine on Azure by them.
  ! printf '%s\n' "$lines" | grep -vE '(^|[[:space:]])(recovery|single)([[:space:]]|$)' | grep -qv "$console" ||
    fail "a boot entry has no $console"
}
