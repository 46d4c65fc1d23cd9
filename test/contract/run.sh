#!/usr/bin/env bash
# Validates what regild and its sandbox say to each other against Azure's own API descriptions.
#   AZURE_REST_API_SPECS   a folder with `specification/`, such as a clone of github.com/Azure/azure-rest-api-specs
# Without the descriptions or the validator it says so in one line and passes; with CI=true it fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
descriptions=${AZURE_REST_API_SPECS:-$project/../shared/azure-specs}

# shellcheck source-path=SCRIPTDIR source=../skip.sh
. "$here/../skip.sh"

[ -d "$descriptions/specification" ] || skip 'there are no API descriptions: set AZURE_REST_API_SPECS to a clone of azure-rest-api-specs'

# npm leaves a copy of the lock file behind that is as old as the installation.
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1) || skip 'the validator (oav) could not be installed'
fi

exec "$project/node_modules/.bin/node" "$here/suite.ts" "$(cd "$descriptions" && pwd)"
