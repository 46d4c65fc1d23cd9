#!/bin/sh
# with-secrets.sh <identity> <list> <command...>: runs a command that finds secrets of Azure Key Vault in its environment.
# <identity> is the resource id of the managed identity that may read them (empty = the machine has only one); a line of <list> is
# `NAME<TAB>URL`. Token and values go through pipes and the environment of the command: never into an argument list, an output or a file.
set -eu

regild_stop() {
  printf 'regild: error: %s\n' "$*" >&2
  exit 1
}

# What a URL answers to a request with one header. Both reach the program by standard input, since anybody can read its arguments: wget
# takes neither from there, so where curl is missing it is the Python that the Azure agent runs on. `direct` goes past a proxy, to the host
# itself.
regild_get() {
  if command -v curl >/dev/null 2>&1; then
    set -- "$1" "$2" "${3:+--noproxy *}"
    # shellcheck disable=SC2086 # an option with its value, or nothing; the pattern of all hosts must not become file names
    printf 'url = "%s"\nheader = "%s"\n' "$1" "$2" |
      (set -f && curl --silent --show-error --fail --max-time 30 --retry 5 --retry-delay 2 $3 --config -)
    return
  fi
  regild_python=$(command -v python3 || command -v /usr/libexec/platform-python) ||
    regild_stop 'there is neither curl nor Python to read a secret with'
  printf '%s\n' "$1" "$2" "${3:-}" | "$regild_python" -c '
import sys, time, urllib.error, urllib.request
url, header, direct = sys.stdin.read().split("\n")[:3]
request = urllib.request.Request(url, headers=dict([header.split(": ", 1)]))
opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if direct else []))
for left in range(5, -1, -1):
    try:
        sys.stdout.buffer.write(opener.open(request, timeout=30).read())
        break
    except OSError as error:
        if not left or getattr(error, "code", 503) not in (408, 429, 500, 502, 503, 504):
            sys.exit(str(error))
        time.sleep(2)
'
}

# The text of a field of the JSON object on standard input, decoded.
regild_json_text() {
  LC_ALL=C awk -v field="$1" '
    function hex(digits,   n, value) {
      for (n = 1; n <= 4; n++) value = value * 16 + index("0123456789abcdef", tolower(substr(digits, n, 1))) - 1
      return value
    }
    function utf8(code) {
      if (code < 128) return sprintf("%c", code)
      if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
      if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
      return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
    }
    { text = text $0 }
    END {
      if (!match(text, "\"" field "\"[ \t]*:[ \t]*\"")) exit 1
      plain["b"] = "\b"; plain["f"] = "\f"; plain["n"] = "\n"; plain["r"] = "\r"; plain["t"] = "\t"
      for (at = RSTART + RLENGTH; at <= length(text); at++) {
        character = substr(text, at, 1)
        if (character == "\"") exit 0
        if (character != "\\") { printf "%s", character; continue }
        character = substr(text, ++at, 1)
        if (character != "u") { printf "%s", (character in plain ? plain[character] : character); continue }
        code = hex(substr(text, at + 1, 4)); at += 4
        # Two halves of one character beyond the first plane.
        if (code >= 55296 && code < 56320) { code = 65536 + (code - 55296) * 1024 + hex(substr(text, at + 3, 4)) - 56320; at += 6 }
        # No environment can hold it.
        if (code == 0) exit 1
        printf "%s", utf8(code)
      }
      exit 1
    }'
}

# A token for the vaults of one cloud, such as https://vault.azure.net.
regild_token() {
  regild_url="http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$1${2:+&msi_res_id=$2}"
  regild_answer=$(regild_get "$regild_url" 'Metadata: true' direct) || return 1
  printf '%s' "$regild_answer" | regild_json_text access_token
}

regild_identity=${1?the identity is missing}
regild_list=${2:?the list of secrets is missing}
shift 2
regild_resource=''
while IFS="$(printf '\t')" read -r regild_name regild_secret; do
  regild_host=${regild_secret#https://}
  regild_host=${regild_host%%/*}
  if [ "https://${regild_host#*.}" != "$regild_resource" ]; then
    regild_resource=https://${regild_host#*.}
    regild_bearer=$(regild_token "$regild_resource" "$regild_identity") ||
      regild_stop "the managed identity ${regild_identity:-of this machine} got no token for $regild_resource"
  fi
  regild_answer=$(regild_get "$regild_secret?api-version=7.4" "Authorization: Bearer $regild_bearer") ||
    regild_stop "the secret $regild_secret could not be read"
  # The last character keeps line ends that belong to the value.
  regild_value=$(printf '%s' "$regild_answer" | regild_json_text value && printf .) ||
    regild_stop "the answer for the secret $regild_secret cannot be understood"
  export "$regild_name=${regild_value%.}"
done <"$regild_list"
exec "$@"
