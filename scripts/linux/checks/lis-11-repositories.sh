# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lis_11_repositories() {
  lines=$(regild_repositories)
  [ -n "$lines" ] || fail 'no package repository is enabled'
  amazon=$(printf '%s\n' "$lines" | grep -E 'amazonaws\.com|\.ec2\.(archive|ports)\.ubuntu\.com|cdn-aws\.deb\.debian\.org|aws\.ce\.redhat\.com|smt-ec2' | some 2) || :
  [ -z "$amazon" ] || fail "$amazon"
}
