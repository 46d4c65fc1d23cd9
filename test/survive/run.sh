#!/usr/bin/env bash
# What regild must survive, proved with real processes and many rounds.
#   run.sh [part…]   only these parts: rounds no-packet story tutorial help fleet-year (REGILD_FLEET_SEED: which runners are killed, and when; always the same in CI)
#                    disturbances (kills, faults and outages at a sample of places; REGILD_DISTURBANCES_SEED: which; always the same in CI)
#                    foreign (answers that nobody described, to a sample of the questions of everything that writes; the same seed)
#   run.sh disturbances-all   by its name alone: at every place
#   run.sh foreign-all   by its name alone: to every question
#   run.sh fleet-years   by its name alone: the year with six seeds; REGILD_FLEET_SEED="1 2 3" names others
# no-packet needs Linux, root (for a network namespace) and strace: where it cannot run it says so in one line and passes; with CI=true it fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
export PATH="$project/node_modules/.bin:$PATH"

# shellcheck source-path=SCRIPTDIR source=../skip.sh
. "$here/../skip.sh"

require_namespace() {
  [ "$(uname -s)" = Linux ] || skip 'it needs Linux'
  [ "$(id -u)" -eq 0 ] || skip 'it needs root'
  if ! command -v strace >/dev/null; then
    { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install strace; } >/dev/null 2>&1 || skip 'strace could not be installed'
  fi
  unshare --net --mount true 2>/dev/null || skip 'it may not make a network namespace'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Names are asked of an address outside, so that a question is a packet that wants out too.
test_no_packet() {
  require_namespace
  echo 'nameserver 203.0.113.53' >"$work/resolv.conf"
  # shellcheck disable=SC2016 # the inner shell's own arguments
  unshare --net --mount bash -euc '
    ip link set lo up
    mount --bind "$1/resolv.conf" "$(readlink -f /etc/resolv.conf)"
    exec node "$2/no-packet.ts" "$1"
  ' bash "$work" "$here"
}

# Every test file that asks for rounds (test/rounds.ts), with many of them, and those that are too slow for `npm test`.
test_rounds() {
  cd "$project"
  {
    git grep --untracked -lE "from '[./]+rounds\.ts'" -- 'test/*.test.ts'
    git ls-files --cached --others --exclude-standard -- 'test/*.slow.test.ts'
  } | sort -u | REGILD_TEST_ROUNDS=many xargs vitest run
}

# The life of one image, every command a process of its own, against one `regild sandbox`.
test_story() {
  node "$here/story.ts"
}

# Every example of every help, one after another in one project against the sandbox that remembers, and the last line of each.
test_help() {
  node "$here/help.ts"
}

# docs/tutorial/life.md as it stands: every command a process of its own, in the sandbox that remembers.
test_tutorial() {
  node "$here/tutorial.ts"
}

# Runs that are killed, met by faults and cut off, each compared with one that nothing disturbs; REGILD_DISTURBANCES_SEED chooses the places.
test_disturbances() {
  node "$here/disturbances.ts"
}

test_disturbances_all() {
  node "$here/disturbances.ts" all
}

# Answers that nobody described: each is told or asked for again, and the next run ends as if nothing had been.
test_foreign() {
  node "$here/foreign.ts"
}

test_foreign_all() {
  node "$here/foreign.ts" all
}

test_fleet_years() {
  REGILD_FLEET_SEED="${REGILD_FLEET_SEED:-1 2 3 5 8 13}" node "$here/fleet-year.ts"
}

test_fleet_year() {
  node "$here/fleet-year.ts"
}

[ "$#" -gt 0 ] || set -- rounds no-packet story tutorial help fleet-year disturbances foreign
for part in "$@"; do "test_${part//-/_}"; done
