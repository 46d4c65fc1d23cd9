#!/bin/sh
# checks.sh guest|final [id...]: runs checks of `checks.tsv` and fails when one of severity `block` does.
# Prints `regild-check<TAB>id<TAB>pass|fail|skip|error<TAB>detail`, at most 120 characters of detail.
# A check is the function of its name in checks/<id>.sh: it passes by coming to its end, or calls `fail`, `skip` or `unknown`.
# Somebody who answers for all that a failed check says (answers.tsv) makes it a skipped one; many checks ask for each thing that they
# found. With REGILD_INLINE set the text defines functions only: validation sends it to a booted machine with the library and the checks
# asked.
set -eu

fail() {
  printf '%s' "$*"
  exit 1
}

skip() {
  printf '%s' "$*"
  exit 3
}

# Whether it holds could not be found out, which is no pass.
unknown() {
  printf '%s' "$*"
  exit 2
}

REGILD_BOOT=/var/tmp/regild-boot
regild_mark_boot() {
  cat /proc/sys/kernel/random/boot_id >"$REGILD_BOOT"
}

# At most so many words of standard input, on one line.
some() {
  head -n "${1:-3}" | tr '\n' ' '
}

regild_run_checks() {
  # shellcheck disable=SC2034 # for the checks
  REGILD_STAGE=$1
  shift
  regild_load_packages
  REGILD_BLOCKED=''
  for id in "$@"; do
    regild_run_check "$id"
    case $REGILD_STATUS in
      pass | skip) ;;
      *) ! regild_check_blocks "$id" || REGILD_BLOCKED="$REGILD_BLOCKED $id" ;;
    esac
  done
}

regild_run_check() {
  # shellcheck disable=SC2034 # for the checks
  REGILD_CHECK=$1
  check=check_$(printf '%s' "$1" | tr '-' '_')
  code=0
  if command -v "$check" >/dev/null 2>&1; then
    detail=$(
      set +e
      "$check" 2>/dev/null
      exit 0
    ) || code=$?
  else
    code=2
    detail='no such check'
  fi
  case $code in
    0) REGILD_STATUS=pass ;;
    1)
      REGILD_STATUS=fail
      if regild_answered "$1" "$detail"; then
        REGILD_STATUS=skip
        detail="answered for: $detail"
      fi
      ;;
    3) REGILD_STATUS=skip ;;
    *) REGILD_STATUS=error ;;
  esac
  [ "$REGILD_STATUS" != pass ] || detail=''
  detail=$(printf '%s' "$detail" | tr '[:cntrl:]' ' ' | cut -c 1-120)
  printf 'regild-check\t%s\t%s\t%s\n' "$1" "$REGILD_STATUS" "$detail"
  [ -z "$REGILD_KEPT" ] || regild_keep_result "$1" "$detail"
}

# What a check before generalize found goes into the image's record, for validation to tell (record.sh), and whatever the user's own ones
# say. Empty = nowhere.
REGILD_KEPT=''
regild_keep_result() {
  case $REGILD_STATUS in
    fail | error) ;;
    *) regild_check_is_own "$1" || return 0 ;;
  esac
  printf 'check\t%s\t%s\t%s\n' "$1" "$REGILD_STATUS" "$2" | regild_mask_keys >>"$REGILD_KEPT"
}

regild_check_is_own() {
  awk -F '\t' -v id="$1" '$1 == id && $4 == "own" { found = 1 } END { exit !found }' "$REGILD_HOME/checks.tsv" 2>/dev/null
}

regild_check_blocks() {
  awk -F '\t' -v id="$1" '$1 == id && $2 == "block" { found = 1 } END { exit !found }' "$REGILD_HOME/checks.tsv" 2>/dev/null
}

main() {
  stage=${1:?the stage is missing}
  shift
  # shellcheck disable=SC2046 # ids are words
  [ "$#" -gt 0 ] || set -- $(awk -F '\t' -v stage="$stage" '("," $3 ",") ~ ("," stage ",") { print $1 }' "$REGILD_HOME/checks.tsv")
  record=${REGILD_RECORD:-/var/lib/regild/translation.tsv}
  if [ "$stage" = guest ] && [ -f "$record" ]; then
    regild_delete_lines "$record" "^check$REGILD_TAB"
    REGILD_KEPT=$record
  fi
  regild_run_checks "$stage" "$@"
  [ -z "$REGILD_BLOCKED" ] || regild_die "failed checks:$REGILD_BLOCKED"
}

if [ -z "${REGILD_INLINE:-}" ]; then
  REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
  . "$REGILD_HOME/lib.sh"
  for file in "$REGILD_HOME"/checks/*.sh; do
    # shellcheck source=/dev/null
    [ ! -f "$file" ] || . "$file"
  done
  main "$@"
fi
