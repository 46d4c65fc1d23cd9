# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# SSH to the machines. A connection that fails before the login is no answer of the machine: sshd starts again while cloud-init works, and
# QEMU accepts a port for a machine whose sshd is away. Sourced by suite.sh.

# What ssh itself says goes to a file of its own (-E), where it says at which point it was let in: only before that did the command certainly not run.
ssh_options=(-o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o ConnectTimeout=60 -o ServerAliveInterval=30 -o ServerAliveCountMax=20 -o StrictHostKeyChecking=no -o LogLevel=VERBOSE)

# For how many seconds a connection is tried again, as long as the machine is there; and the pause between two tries.
patience=1800 pause=2

# One try: what the command said, its status, and in the file what ssh said.
try_session() { # try_session <what ssh says> <input> <name> <user> <key> <command…>
  local said=$1 input=$2 name=$3 user=$4 key=$5
  shift 5
  rm -f "$said"
  in_network ssh "${ssh_options[@]}" -E "$said" -p "${ports[$name]}" -i "$key" -o "UserKnownHostsFile=$work/$name.known" "$user@127.0.0.1" "$@" <"$input"
}

# Whether ssh was let in or turned away, as opposed to having met nobody. 255 is ssh's own status.
answered() { # answered <status> <what ssh says>
  [ "$1" -ne 255 ] || grep -qsE '^Authenticated to |Permission denied|Host key verification failed' "$2"
}

machine_ended() { [ -n "${machines[$1]:-}" ] && ! kill -0 "${machines[$1]}" 2>/dev/null; } # machine_ended <name>

# A machine that is off, or says on its console that it has given up, will not answer any more.
has_given_up() { machine_ended "$1" || grep -qsE 'Kernel panic|You are in emergency mode' "$work/$1.serial"; } # has_given_up <name>

# Runs a command with a file as its input; the status is the command's, 255 when nobody let it in. A machine at which patience has ended once is asked
# once more each time, and not waited for.
session() { # session <input> <name> <user> <key> <command…>
  local said deadline=$((SECONDS + patience)) status
  [ ! -e "$work/$2.silent" ] || deadline=$SECONDS
  said=$(mktemp "$work/ssh.XXXXXX")
  while :; do
    status=0
    try_session "$said" "$@" || status=$?
    if answered "$status" "$said" || [ "$SECONDS" -ge "$deadline" ] || has_given_up "$2"; then break; fi
    sleep "$pause"
  done
  if answered "$status" "$said"; then rm -f "$work/$2.silent"; elif [ "$SECONDS" -ge "$deadline" ]; then : >"$work/$2.silent"; fi
  [ "$status" -ne 255 ] || cat "$said" >&2
  rm -f "$said"
  return "$status"
}

log_in() { session /dev/null "$@"; } # log_in <name> <user> <key> <command…>

on() { # on <name> <command…> — as the account that Azure made
  local name=$1
  shift
  log_in "$name" "$admin" "$work/admin" "$@"
}

# As Run Command does it: a script, as root.
run_script() { session "$2" "$1" "$admin" "$work/admin" sudo sh -s; } # run_script <name> <script>

refused() { # refused <name> <user> <key>
  local answer
  answer=$(log_in "$1" "$2" "$3" true 2>&1) && return 1
  case $answer in *'Permission denied'*) ;; *) echo "$answer" && return 1 ;; esac
}

# Nobody answers for as long as is given: one try could meet a moment without sshd.
unreachable() { # unreachable <seconds> <name>
  local patience=$1 answer
  rm -f "$work/$2.silent"
  answer=$(on "$2" true 2>&1) && return 1
  case $answer in *'Permission denied'* | *'Authenticated to'*) echo "$answer" && return 1 ;; esac
}
