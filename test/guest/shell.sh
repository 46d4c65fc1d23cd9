# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# The language of the Linux scripts: shellcheck with every optional rule, and the three shells that run them. Sourced by suite.sh.

# From their own folder: that is where shellcheck looks for what they source.
lint_in() { # lint_in <folder> [option…]
  (cd "$1" && shift && find . -name '*.sh' -print0 | xargs -0 shellcheck "$@")
}

# The library with every check as one text, as validation sends it: what one file uses another must set.
one_text() { (cd "$project/scripts/linux" && cat lib.sh lib/*.sh checks.sh checks/*.sh) | sed '/^# shellcheck shell=/d' >"$1"; }

reads_all() { # reads_all <shell with its arguments>
  local file status=0
  while IFS= read -r file; do
    # shellcheck disable=SC2086 # a shell with its arguments
    $1 -n "$file" || status=1
  done < <(find "$project/scripts/linux" -name '*.sh')
  return "$status"
}

test_shell() {
  local shell planted=$work/planted.sh
  ok 'shellcheck -o all: the scripts of the image' lint_in "$project/scripts/linux" -o all
  one_text "$work/one.sh"
  cp "$project/scripts/linux/.shellcheckrc" "$work/"
  ok 'shellcheck -o all: the library and every check as one text' shellcheck -o all -e SC1091 "$work/one.sh"
  ok 'shellcheck: the scripts of this suite' lint_in "$here"
  for shell in dash 'bash --posix' 'busybox sh'; do
    ok "$shell reads every script" reads_all "$shell"
  done
  # shellcheck disable=SC2016 # the fault
  printf '%s\n' '#!/bin/sh' 'if [ $1 = x ]; then echo "$1"' >"$planted"
  ok 'shellcheck finds a planted fault' not shellcheck -o all "$planted"
  for shell in dash 'bash --posix' 'busybox sh'; do
    # shellcheck disable=SC2086
    ok "$shell refuses a planted fault" not $shell -n "$planted"
  done
}
