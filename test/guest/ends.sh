# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# A run of this suite leaves nothing on the machine: no process, no file, no disk, however it ends. Sourced by suite.sh.

# Runs the part `lingering` by itself, with a word in the environment by which all that it starts is known. A signal that whoever
# called this suite ignores, as nohup does with SIGHUP, is one that a shell can never take: the run starts with all of them as they are at first.
start_run() { # start_run <word> [ends]
  mkdir -p "$work/$1"
  LINGERING_TOLD=$work/$1.told LINGERING_ENDS=${2:-} LINGERING_WORD=$1 TMPDIR=$work/$1 env --default-signal=TERM,HUP,INT "$here/run.sh" lingering >"$work/$1.log" 2>&1 &
  run=$!
}

processes_of() { grep -lsazxF "LINGERING_WORD=$1" /proc/[0-9]*/environ; } # processes_of <word>
disks_of() { losetup --list --noheadings --output BACK-FILE | grep -F "$work/$1/"; } # disks_of <word>
something_runs() { [ -n "$(processes_of "$1")" ] && [ -n "$(disks_of "$1")" ] && [ -n "$(ls "$work/$1")" ]; }
nothing_left() { [ -z "$(processes_of "$1")" ] && [ -z "$(disks_of "$1")" ] && [ -z "$(ls "$work/$1")" ]; }

test_ends() {
  local run signal
  start_run by-itself ends
  ok 'ends: a run that comes to its end' wait "$run"
  ok 'ends: leaves no process, no disk and no file' nothing_left by-itself
  for signal in TERM HUP KILL; do
    start_run "by-$signal"
    ok "ends: a run that is in the middle (SIG$signal)" wait_for 300 test -s "$work/by-$signal.told"
    ok "ends: has processes, a disk and files (SIG$signal)" something_runs "by-$signal"
    kill "-$signal" "$run"
    ok "ends: and leaves none when it is ended by SIG$signal" wait_for 300 nothing_left "by-$signal"
  done
}
