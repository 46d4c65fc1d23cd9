# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# The language of the Windows scripts, by a grammar: powershell/check.ts says one line for each script and each planted fault. Sourced by suite.sh.
test_powershell() {
  local line
  if [ ! "$here/powershell/node_modules/.package-lock.json" -nt "$here/powershell/package-lock.json" ]; then
    if ! (cd "$here/powershell" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1); then
      ok 'the PowerShell grammar could be installed' false
      return
    fi
  fi
  ok 'the PowerShell grammar works' "$project/node_modules/.bin/node" "$here/powershell/check.ts"
  # `ok` writes to the log itself.
  mv "$work/last.log" "$work/powershell.log"
  while IFS= read -r line; do
    ok "PowerShell: ${line#*ok }" test "${line%% *}" = ok
  done <"$work/powershell.log"
  ok 'PowerShell: every script was looked at' test "$(grep -c 'is Windows PowerShell 5.1$' "$work/powershell.log")" = "$(find "$project/scripts/windows" -name '*.ps1' | wc -l)"
}
