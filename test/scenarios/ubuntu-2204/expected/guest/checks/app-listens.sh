check_app_listens() {
  code=0
  said=$(mktemp)
  timeout -k 5 30 sh -e -c 'ss -ltn '\''sport = :22'\'' | grep -q LISTEN' >"$said" 2>&1 </dev/null || code=$?
  last=$(tail -n 3 "$said" | tr '\n' ' ' | sed 's/ $//')
  rm -f "$said"
  case $code in
    0) ;;
    124) fail "it was not done within 30 seconds${last:+: $last}" ;;
    137) fail "it was killed, or not done within 30 seconds" ;;
    *) fail "it ended with $code: $last" ;;
  esac
}
