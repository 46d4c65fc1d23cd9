# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Files with a key that lets somebody in. cloud-init's line for root only prints a text (`command="echo …"`).
regild_authorized_keys() {
  regild_homes | while IFS= read -r home; do
    [ "${home##*/}" != "$1" ] || continue
    for file in "$home"/.ssh/authorized_keys*; do
      [ ! -f "$file" ] || ! grep -vE '^[[:space:]]*(#|$)' "$file" | grep -qvE 'command="echo .Please login as' || printf '%s\n' "$file"
    done
  done
}

check_lis_17_no_passwords_or_keys() {
  azure=''
  [ "$REGILD_STAGE" != test-vm ] || azure=$(regild_azure_user)
  hashes=$(awk -F : -v azure="$azure" '$1 != azure && $2 !~ /^[*!x]/ { print $1 }' /etc/shadow | some)
  [ -z "$hashes" ] || fail "accounts with a password, or none needed: $hashes"
  keys=$(regild_authorized_keys "$azure" | some)
  [ -z "$keys" ] || fail "authorized keys: $keys"
}
