#!/usr/bin/env bash
# What people look at, judged by strangers: the pages in Chromium (layout on a phone, a laptop and a wide screen, light and dark, axe, print to PDF), and
# results on a terminal of 24 × 80 (pyte). Where they cannot be installed it says so in one line and passes; with CI=true it fails.
#   REGILD_PAGES=<folder>   keeps the pages, their pictures and PDFs there
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
export PATH="$project/node_modules/.bin:$PATH"

# shellcheck source-path=SCRIPTDIR source=../skip.sh
. "$here/../skip.sh"

root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# A laptop keeps what it has; only a machine of CI is given packages.
if ! command -v chromium >/dev/null; then
  [ "${CI:-}" = true ] || skip 'there is no chromium: install it with your package manager'
  root apt-get update -qq >/dev/null 2>&1 || skip 'apt-get update failed'
  root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null 2>&1 || skip 'chromium could not be installed'
fi

# npm leaves a copy of the lock file behind that is as old as the installation.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1) || skip 'axe-core could not be installed'
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! python3 -c 'import pyte' 2>/dev/null; then
  python3 -m venv "$work/venv" 2>/dev/null || { root apt-get install -y -qq python3-venv >/dev/null 2>&1 && python3 -m venv "$work/venv"; } || skip 'python3 has no venv'
  "$work/venv/bin/pip" install -q --disable-pip-version-check pyte==0.8.2 2>/dev/null || skip 'pyte could not be installed'
  export PATH="$work/venv/bin:$PATH"
fi

node "$here/suite.ts" "${REGILD_PAGES:-$work/pages}"
