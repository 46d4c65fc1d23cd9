#!/usr/bin/env bash
# test/read-only.sh [words of vitest]: runs the tests where nothing can be written but a temporary folder of their own, which they have to leave empty.
# Needs root and mount namespaces. It is how one sees that `npm test` touches nothing of the machine that it runs on.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${REGILD_READ_ONLY:-}" ]; then
  folder=$(mktemp -d)
  trap 'rmdir "$folder"' EXIT
  REGILD_READ_ONLY=$folder unshare -m bash "test/$(basename "$0")" "$@"
  exit
fi

# Vite compiles its own configuration beside it, and keeps the order of the last run's files.
caches=(node_modules/.vite-temp node_modules/.vite)
mkdir -p "${caches[@]}"
for cache in "${caches[@]}"; do mount -t tmpfs tmpfs "$cache"; done
export TMPDIR=$REGILD_READ_ONLY
mount -t tmpfs tmpfs "$TMPDIR"
mount -o remount,bind,ro /
if touch package.json 2>/dev/null; then
  echo 'test/read-only.sh: this folder is not on the root file system, and can be written still' >&2
  exit 1
fi

PATH=$PWD/node_modules/.bin:$PATH vitest run "$@"
left=$(ls -A "$TMPDIR")
if [ -n "$left" ]; then
  printf 'left behind: %s\n' "$left" >&2
  exit 1
fi
