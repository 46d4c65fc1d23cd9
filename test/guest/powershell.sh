# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# The language of the Windows scripts, by a grammar: powershell/check.ts says one line for each script and each planted fault. Sourced by run.sh.
test_powershell() {
  local line
  if [ ! "$here/powershell/node_modules/.package-lock.json" -nt "$here/powershell/package-lock.json" ]; then
    if ! (cd "$here/powershell" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1); then
      ok 'the PowerShell grammar could be installed' false
      return
    fi
  fi
  ok 'the PowerShell grammar works' "$project/node_modules/.bin/node" "$here/powershell/check.ts"
  while IFS= read -r line; do
    ok "PowerShell: ${line#*ok }" test "${line%% *}" = ok
  done <"$work/last.log"
}
