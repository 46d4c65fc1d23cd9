# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# What the manifest answers for: answers.tsv, lines of `glob of rule or check ids<TAB>glob of what was found<TAB>reason`.

# Takes the table from standard input instead of the guest's folder (checks on a booted machine have no folder).
regild_use_answers() {
  REGILD_ANSWERS=$(mktemp)
  cat >"$REGILD_ANSWERS"
}

# Whether somebody answers for what a rule or a check (id) found: a path, or words such as `account oracle`.
regild_answered() (
  [ -f "$REGILD_ANSWERS" ] || exit 1
  while IFS=$REGILD_TAB read -r ids items _; do
    # shellcheck disable=SC2254 # patterns
    case $1 in
      $ids)
        case $2 in
          $items) exit 0 ;;
          *) ;;
        esac
        ;;
      *) ;;
    esac
  done <"$REGILD_ANSWERS"
  exit 1
)

# The lines of standard input that nobody answers for under any of these ids.
regild_unanswered() (
  while IFS= read -r item; do
    for id in "$@"; do
      ! regild_answered "$id" "$item" || continue 2
    done
    printf '%s\n' "$item"
  done
)
