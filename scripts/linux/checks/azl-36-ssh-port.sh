# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_36_ssh_port() {
  ports=$(regild_sshd_setting port | tr '\n' ' ')
  case " $ports " in
    '  ' | *' 22 '*) ;;
    *) fail "sshd listens on port ${ports% } alone" ;;
  esac
}
