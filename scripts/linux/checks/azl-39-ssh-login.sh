# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The whole way in, with the key that Azure put into this machine. sshd starts again while cloud-init sets it up: only a refusal is an
# answer.
check_azl_39_ssh_login() {
  [ -n "${REGILD_LOGIN_KEY:-}" ] || skip 'nobody said who the administrator is'
  command -v ssh >/dev/null 2>&1 || skip 'no ssh client in the image'
  for pause in 5 10 20 40 0; do
    said=$(regild_log_in) && [ "$(printf '%s\n' "$said" | tail -n 1)" = "$REGILD_LOGIN" ] && return 0
    case $said in *'Permission denied'*) break ;; *) ;; esac
    sleep "$pause"
  done
  fail "$(printf '%s\n' "$said" | tail -n 1)"
}
