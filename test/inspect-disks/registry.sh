# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# Hives of the registry, judged by hivex: those of the made Windows, what hivexsh adds to them, and one whose log completes it. $REGILD_HIVES names a
# folder with more hives, such as those of real machines. Sourced by run.sh.

test_registry() {
  local hive
  mkdir "$work/hives"
  "$node" "$here/write-hives.ts" "$work/hives"
  for hive in SYSTEM SOFTWARE SAM; do ok "registry: $hive, every key and value" same_as_hivex "$work/hives/$hive"; done
  ok 'registry: what hivexsh adds' grown_same_as_hivex "$work/hives/SOFTWARE"
  ok 'registry: a hive that its log completes' completed_same_as_hivex
  for hive in "${REGILD_HIVES:-/nonexistent}"/*; do [ ! -f "$hive" ] || ok "registry: $(basename "$hive")" same_as_hivex "$hive"; done
}

same_as_hivex() { # same_as_hivex <hive> [log]
  "$node" "$here/dump-hive.ts" "$@" | LC_ALL=C sort >"$work/ours.txt" || return 1
  /usr/bin/python3 "$here/judge-hive.py" "$1" | LC_ALL=C sort >"$work/theirs.txt" || return 1
  test -s "$work/ours.txt" && diff "$work/ours.txt" "$work/theirs.txt"
}

grown_same_as_hivex() { # grown_same_as_hivex <hive>
  {
    echo 'cd Microsoft'
    seq 200 | sed 's/.*/add Grown&/'
    printf 'cd Grown7\nsetval 3\nText\nstring:hello\nWord\ndword:7\nBytes\nhex:3:%s\ncommit\nquit\n' "$(printf '01,%.0s' $(seq 900) | sed 's/,$//')"
  } | hivexsh -w "$1" && same_as_hivex "$1" && grep -q 'Grown200' "$work/ours.txt"
}

# hivex does not play logs back: it reads the hive as it should be.
completed_same_as_hivex() {
  "$node" "$here/dump-hive.ts" "$work/hives/interrupted" "$work/hives/interrupted.LOG1" | LC_ALL=C sort >"$work/ours.txt" || return 1
  /usr/bin/python3 "$here/judge-hive.py" "$work/hives/completed" | LC_ALL=C sort >"$work/theirs.txt" || return 1
  grep -q New "$work/ours.txt" && diff "$work/ours.txt" "$work/theirs.txt"
}
