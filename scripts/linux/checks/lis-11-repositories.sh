# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_11_repositories() {
  lines=$(regild_repositories)
  if [ -z "$lines" ]; then
    ! regild_awaits_registration || skip 'the owner of the machine registers it for packages'
    fail 'no package repository is enabled'
  fi
  amazon='amazonaws\.com|\.ec2\.(archive|ports)\.ubuntu\.com|cdn-aws\.deb\.debian\.org|aws\.ce\.redhat\.com|smt-ec2'
  found=$(printf '%s\n' "$lines" | grep -E "$amazon" | regild_unanswered "$REGILD_CHECK" | some 2)
  [ -z "$found" ] || fail "$found"
}
