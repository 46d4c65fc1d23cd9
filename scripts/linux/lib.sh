#!/bin/sh
# What every guest script starts with: where things lie, how to speak, and the functions of lib/, one subject to a file.
# POSIX sh without `local`: a function with variables of its own is a subshell, `name() ( ... )`.
# With REGILD_INLINE set the text is one with those files: validation sends them to a booted machine as one script.
set -eu
LC_ALL=C
# Seconds that zypper waits for another zypper: a SUSE machine registers itself and reads its repositories after its first boot.
ZYPP_LOCK_TIMEOUT=600
export LC_ALL ZYPP_LOCK_TIMEOUT
REGILD_HOME=${REGILD_HOME:-/opt/regild}
REGILD_COMPONENTS=${REGILD_COMPONENTS:-$REGILD_HOME/components.tsv}
REGILD_ANSWERS=${REGILD_ANSWERS:-$REGILD_HOME/answers.tsv}
REGILD_TAB=$(printf '\t')
REGILD_PACKAGES=''

regild_log() {
  printf 'regild: %s\n' "$*" >&2
}

regild_die() {
  printf 'regild: error: %s\n' "$*" >&2
  exit 1
}

if [ -z "${REGILD_INLINE:-}" ]; then
  . "$REGILD_HOME/lib/system.sh"
  . "$REGILD_HOME/lib/packages.sh"
  . "$REGILD_HOME/lib/boot.sh"
  . "$REGILD_HOME/lib/units.sh"
  . "$REGILD_HOME/lib/accounts.sh"
  . "$REGILD_HOME/lib/files.sh"
  . "$REGILD_HOME/lib/settings.sh"
  . "$REGILD_HOME/lib/network.sh"
  . "$REGILD_HOME/lib/logins.sh"
  . "$REGILD_HOME/lib/answers.sh"
  . "$REGILD_HOME/lib/components.sh"
fi
