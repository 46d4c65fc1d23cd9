# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# The language of the Linux scripts: shellcheck with every optional rule, and the three shells that run them. Sourced by run.sh.

# From their own folder: that is where shellcheck looks for what they source.
lint_in() { # lint_in <folder> [option…]
  (cd "$1" && shift && shellcheck "$@" ./*.sh)
}

test_shell() {
  local file shell planted=$work/planted.sh
  ok 'shellcheck -o all: the scripts of the image' lint_in "$project/scripts/linux" -o all
  ok 'shellcheck: the scripts of this suite' lint_in "$here"
  for file in "$project"/scripts/linux/*.sh; do
    for shell in dash 'bash --posix' 'busybox sh'; do
      # shellcheck disable=SC2086 # a shell with its arguments
      ok "$shell reads ${file##*/}" $shell -n "$file"
    done
  done
  # shellcheck disable=SC2016 # the fault
  printf '%s\n' '#!/bin/sh' 'if [ $1 = x ]; then echo "$1"' >"$planted"
  ok 'shellcheck finds a planted fault' not shellcheck -o all "$planted"
  for shell in dash 'bash --posix' 'busybox sh'; do
    # shellcheck disable=SC2086
    ok "$shell refuses a planted fault" not $shell -n "$planted"
  done
}
