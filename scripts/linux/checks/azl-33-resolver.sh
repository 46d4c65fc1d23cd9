# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The resolver of a VPC answers nobody else, and no other network has it at that address.
check_azl_33_resolver() {
  found=$(regild_fixed_resolvers | awk '
    $2 ~ /^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|169\.254\.|fd00:ec2:)/ {
      print $2 " in " $1
    }' |
    regild_unanswered "$REGILD_CHECK" | some)
  [ -z "$found" ] || fail "$found"
}
