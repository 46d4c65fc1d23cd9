# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# cloud-init makes the administrator's account at the first boot: it must start, and its configuration must ask for the default user.
check_azl_34_cloud_init_runs() {
  [ -d /etc/cloud ] || fail 'no cloud-init'
  [ ! -e /etc/cloud/cloud-init.disabled ] || fail '/etc/cloud/cloud-init.disabled'
  ! regild_kernel_lines | grep -qE '(^|[[:space:]])cloud-init=disabled' || fail 'a boot entry has cloud-init=disabled'
  for unit in cloud-init-local.service cloud-final.service; do
    ! regild_unit_exists "$unit" || regild_unit_enabled "$unit" || fail "$unit is not enabled"
  done
  users=$(regild_cloud_users)
  case " $users " in
    '  ' | *' default '*) ;;
    *) fail "users: $users, and no default: cloud-init makes no administrator" ;;
  esac
}
