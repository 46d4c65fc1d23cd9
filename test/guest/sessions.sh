# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# How the suite asks its machines (session.sh), against an ssh that says what a file tells it, one line for each try. Sourced by suite.sh.

# `run` logs in and runs the command, `lost` logs in and loses the connection; any other line is what ssh says before it gives up.
fake_ssh() {
  mkdir -p "$work/fake"
  cat >"$work/fake/ssh" <<'SH'
#!/bin/sh
line=$(head -n 1 "$FAKE_PLAN")
sed -i 1d "$FAKE_PLAN"
while [ "$1" != -E ]; do shift; done
said=$2
while [ "${1#*@}" = "$1" ]; do shift; done
shift
case $line in
  run | lost) echo 'Authenticated to 127.0.0.1 ([127.0.0.1]:1) using "publickey".' >"$said" ;;
  *) echo "$line" >"$said" ;;
esac
[ "$line" = run ] || exit 255
sh -c "$*"
SH
  chmod 0755 "$work/fake/ssh"
}

in_fake_network() { FAKE_PLAN=$work/plan PATH=$work/fake:$PATH "$@"; }

# What each try meets, and nothing else: a try too many finds an empty line, which is a failure too.
tries() { printf '%s\n' "$@" >"$work/plan"; }
all_tried() { [ ! -s "$work/plan" ] || { cat "$work/plan" && return 1; }; }
left_to_try() { [ "$(wc -l <"$work/plan")" = "$1" ]; }

away=('kex_exchange_identification: read: Connection reset by peer' 'Connection closed by 127.0.0.1 port 2201' 'ssh: connect to host 127.0.0.1 port 2201: Connection refused' 'Connection timed out during banner exchange')

# An answer comes once, whole, with what the command read; and the plan is used up.
one_answer() {
  tries "${away[@]}" run
  printf '%s\n' 'echo one' 'echo two' >"$work/script"
  session "$work/script" machine user key sh -s >"$work/answer" && diff <(printf '%s\n' one two) "$work/answer" && all_tried
}

own_status() {
  local status=0
  tries run run
  on machine exit "$1" || status=$?
  [ "$status" = "$1" ] && left_to_try 1
}

lost_is_not_repeated() {
  local status=0
  tries lost run
  on machine true || status=$?
  [ "$status" = 255 ] && left_to_try 1
}

refusal_is_an_answer() {
  tries "${away[0]}" 'user@127.0.0.1: Permission denied (publickey).' run
  refused machine user key && left_to_try 1
}

nobody_is_no_refusal() {
  local patience=0
  tries "${away[0]}" run
  ! refused machine user key && left_to_try 1
}

letting_in_is_no_refusal() { tries run && ! refused machine user key && all_tried; }

gives_up_with_words() {
  local patience=0 status=0
  tries "${away[0]}"
  on machine true 2>"$work/words" || status=$?
  [ "$status" = 255 ] && diff <(echo "${away[0]}") "$work/words"
}

ended_machine_is_not_waited_for() {
  local -A machines=([machine]=$(sh -c 'echo $$'))
  tries "${away[0]}" run
  ! on machine true && left_to_try 1
}

panicked_machine_is_not_waited_for() {
  echo '[    0.04] Kernel panic - not syncing' >"$work/panicked.serial"
  tries "${away[0]}" run
  ! on panicked true && left_to_try 1
}

silent_machine_is_not_waited_for() {
  local patience=0
  rm -f "$work/machine.silent"
  tries "${away[0]}"
  ! on machine true && all_tried || return 1
  patience=1800
  tries "${away[0]}" run
  ! on machine true && left_to_try 1 && on machine true && all_tried || return 1
  tries "${away[0]}" run
  on machine true && all_tried
}

no_one_is_unreachable() { tries "${away[@]}" && unreachable 0 machine; }
someone_is_reachable() { tries "${away[0]}" run && ! unreachable 60 machine && tries 'Permission denied (publickey).' && ! unreachable 60 machine; }

test_sessions() {
  # The real network and the real machines belong to the part boot.
  # shellcheck disable=SC2317 # called by session
  in_network() { in_fake_network "$@"; }
  local pause=0 admin=user
  local -A ports=([machine]=2201 [panicked]=2202) machines=()
  fake_ssh
  ok 'sessions: a connection that fails before the login is tried again, the command runs once' one_answer
  ok "sessions: the command's status is the status" own_status 7
  ok 'sessions: 255 too, and it runs once' own_status 255
  ok 'sessions: what was lost after the login is not run again' lost_is_not_repeated
  ok 'sessions: a refusal is an answer' refusal_is_an_answer
  ok 'sessions: that nobody answers is no refusal' nobody_is_no_refusal
  ok 'sessions: to be let in is none either' letting_in_is_no_refusal
  ok 'sessions: at the deadline ssh has the word' gives_up_with_words
  ok 'sessions: a machine that has ended is not waited for' ended_machine_is_not_waited_for
  ok 'sessions: nor is one whose kernel has given up' panicked_machine_is_not_waited_for
  ok 'sessions: a machine at which patience has ended is asked once, until it answers again' silent_machine_is_not_waited_for
  rm -f "$work/machine.silent"
  ok 'sessions: nobody answers, and that is what was asked' no_one_is_unreachable
  ok 'sessions: somebody answers, and that is not' someone_is_reachable
}
