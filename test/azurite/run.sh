#!/usr/bin/env bash
# Records of versions, judged by strangers: kept in Azurite (Microsoft's emulator of Blob Storage), validated by CycloneDX's own validator, verified with Sigstore.
# Where they cannot be installed it says so in one line and passes; with CI=true it fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)

# shellcheck source-path=SCRIPTDIR source=../skip.sh
. "$here/../skip.sh"

export PATH="$project/node_modules/.bin:$PATH"
# npm leaves a copy of the lock file behind that is as old as the installation.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1) || skip 'Azurite and the validators could not be installed'
fi

exec node "$here/suite.ts"
