# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_azl_19_version_locks() {
  held=$(regild_held_packages | grep -E '^(linux|kernel|cloud-init|walinuxagent|waagent|WALinuxAgent)' | some) || :
  [ -z "$held" ] || fail "$held"
}
