#!/usr/bin/env bash
# Strangers judge regild and its sandbox: HashiCorp's Packer, Microsoft's az and Python SDKs, OpenTofu with AzAPI, moto as AWS, actionlint, hadolint, the schemas of CI systems. README.md says what each part proves.
#   run.sh [part…]   only these parts: packer machine az sdk terraform moto actionlint hadolint schemas
#   run.sh install   only builds and installs the strangers
#   REGILD_PEERS         the folder that keeps the strangers between runs (default: regild-peers in the user's cache)
#   REGILD_GUEST_BASE    the base system of test/guest, as a tar file
# A part whose stranger cannot be had says so in one line and is counted as skipped; with CI=true it fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
export PATH="$project/node_modules/.bin:$PATH"
export REGILD_PEERS="${REGILD_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/regild-peers}"
mkdir -p "$REGILD_PEERS"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The modules and what they must hash to: a proxy that serves another one is refused.
packer_version=1.16.0
packer_sum='h1:+e9/aNeyZuEGm9fGre3wfg2BNnj1AQj5HzboO4iEYuY='
opentofu_version=1.12.6
opentofu_sum='h1:0VT4P8pMmGcCUnQ9JDrJ+Qg2d35Vzm4FFd/9+H7oF98='
azapi_version=1.15.0
azapi_sum='h1:A963Vm8nOaOTu9uUKvI6fr3Q69TFOdqwSqSp8Y0/p7M='
actionlint_version=1.7.7
actionlint_sum='h1:0KgkoNTrYY7vmOCs9BW2AHxLvvpoY9nEUzgBHiPUr0k='

lacks() { # lacks <part> <reason> — what stands in a part's way
  echo "$2" >"$work/$1.lacks"
  return 1
}

# `go install module@version` refuses a module with a `replace`, so it is built in its own folder, with its own go.sum.
build_go() { # build_go <part>[/<program>] <module> <version> <sum> <package> [flag…] — a part's one program has its name
  local part=${1%/*} program=${1#*/} version=$3 binary module
  binary=$REGILD_PEERS/$program-$version/$program
  [ ! -x "$binary" ] || return 0
  command -v go >/dev/null || lacks "$part" 'Go is not installed' || return 1
  module=$(go mod download -json "$2@v$version" 2>"$work/$part.log") || lacks "$part" 'the Go module proxy does not answer' || return 1
  [ "$(node -p 'JSON.parse(process.argv[1]).Sum' "$module")" = "$4" ] || lacks "$part" "the Go module proxy serves another $program $version" || return 1
  mkdir -p "$(dirname "$binary")"
  (cd "$(node -p 'JSON.parse(process.argv[1]).Dir' "$module")" && go build -trimpath -ldflags '-s -w' -o "$binary.$$" "${@:6}" "$5") >>"$work/$part.log" 2>&1 ||
    lacks "$part" "$program could not be built: $(tail -n 1 "$work/$part.log")" || return 1
  mv "$binary.$$" "$binary"
}

# Each takes what those before it made of Go's own library. AzAPI keeps a vendor folder, of which the proxy serves the list alone.
build_terraform() {
  build_go terraform/tofu github.com/opentofu/opentofu "$opentofu_version" "$opentofu_sum" ./cmd/tofu &&
    build_go terraform/terraform-provider-azapi github.com/Azure/terraform-provider-azapi "$azapi_version" "$azapi_sum" . -mod=mod &&
    build_azurerm
}

# The provider azurerm itself was still building after 17 minutes on a busy machine: this is HashiCorp's SDK below it, as terraform/azurerm calls it.
build_azurerm() {
  [ ! -x "$REGILD_AZURERM" ] || return 0
  command -v go >/dev/null || lacks terraform 'Go is not installed' || return 1
  mkdir -p "$(dirname "$REGILD_AZURERM")"
  (cd "$here/terraform/azurerm" && go build -trimpath -o "$REGILD_AZURERM.$$" .) >>"$work/terraform.log" 2>&1 ||
    lacks terraform "terraform/azurerm could not be built: $(tail -n 1 "$work/terraform.log")" || return 1
  mv "$REGILD_AZURERM.$$" "$REGILD_AZURERM"
}

# Python's environments hold their own paths: one that is whole says so in the end.
install_python() { # install_python <name>
  local requirements=$here/$1/requirements.txt folder
  folder=$REGILD_PEERS/$1
  ! diff -q "$requirements" "$folder/whole" >/dev/null 2>&1 || return 0
  command -v python3 >/dev/null || lacks "$1" 'Python is not installed' || return 1
  rm -rf "$folder"
  python3 -m venv "$folder" >"$work/$1.log" 2>&1 || lacks "$1" 'Python makes no virtual environment' || return 1
  "$folder/bin/pip" install --quiet --no-deps --disable-pip-version-check --requirement "$requirements" >>"$work/$1.log" 2>&1 ||
    lacks "$1" "what $1/requirements.txt lists could not be installed: $(tail -n 1 "$work/$1.log")" || return 1
  cp "$requirements" "$folder/whole"
}

# What machines start from: the guest suite's base, made by its own rules unless it is kept. Their names, mounts and network end with the part.
prepare_machines() {
  [ "$(id -u)" -eq 0 ] || lacks machine 'it needs root' || return 1
  unshare --net --mount --pid --fork true 2>/dev/null || lacks machine 'it may not make namespaces' || return 1
  [ -s "${REGILD_GUEST_BASE:-}" ] || command -v mmdebstrap >/dev/null || install_package mmdebstrap || lacks machine 'mmdebstrap could not be installed' || return 1
  # shellcheck source=/dev/null
  (. "$project/test/guest/lib.sh" && make_base) >"$work/base.log" 2>&1 || lacks machine "there is no base system: $(tail -n 1 "$work/base.log")"
}

install_package() { { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$1"; } >/dev/null 2>&1; }

prepare() { # prepare <part>, in a shell of its own
  made_in=$REGILD_PEERS/go.$1.$$
  trap 'rm -rf "$made_in"' EXIT
  export GOMODCACHE="$made_in/mod" GOCACHE="$made_in/build" GOFLAGS=-modcacherw GOTOOLCHAIN=local
  case $1 in
    packer) build_go packer github.com/hashicorp/packer "$packer_version" "$packer_sum" . ;;
    terraform) build_terraform ;;
    actionlint) build_go actionlint github.com/rhysd/actionlint "$actionlint_version" "$actionlint_sum" ./cmd/actionlint ;;
    machine) prepare_machines ;;
    *) install_python "$1" ;;
  esac
}

# The machines need Packer too.
reason() { # reason <part>
  if [ -s "$work/$1.lacks" ]; then cat "$work/$1.lacks"; elif [ "$1" = machine ] && [ -s "$work/packer.lacks" ]; then cat "$work/packer.lacks"; else return 1; fi
}

# The machines' addresses are those that the sandbox gives out; in this network nothing else is there.
run_part() { # run_part <part>
  case $1 in
    machine)
      # shellcheck disable=SC2016 # the inner shell's own arguments
      unshare --net --mount --pid --fork --kill-child --mount-proc bash -euc '
        ip link set lo up
        for number in $(seq 32); do ip address add "203.0.113.$number/32" dev lo; done
        exec node "$1/suite.ts" machine "$2"
      ' bash "$here" "$work"
      ;;
    *) node "$here/suite.ts" "$1" "$work" ;;
  esac
}

side_by_side() { # side_by_side <function> <word…> — and waits for all of them, whatever becomes of each
  local word number pids=()
  for word in "${@:2}"; do
    "$1" "$word" >"$work/$word.said" 2>&1 </dev/null &
    pids+=($!)
  done
  for number in "${!pids[@]}"; do wait "${pids[$number]}" || touch "$work/${*:$((number + 2)):1}.broke"; done
}

[ "$#" -gt 0 ] || set -- packer machine az sdk terraform moto actionlint hadolint schemas
parts=("$@") wanted=("$@")
[ "$1" != install ] || { parts=() && wanted=(packer az sdk terraform moto actionlint hadolint schemas); }
case " ${wanted[*]} " in *' packer '*) ;; *' machine '*) wanted+=(packer) ;; esac
export REGILD_PACKER="$REGILD_PEERS/packer-$packer_version/packer"
export REGILD_TOFU="$REGILD_PEERS/tofu-$opentofu_version/tofu"
export REGILD_AZAPI="$REGILD_PEERS/terraform-provider-azapi-$azapi_version/terraform-provider-azapi"
REGILD_AZURERM="$REGILD_PEERS/azurerm-$(cat "$here"/terraform/azurerm/* | cksum | tr -d ' ')/azurerm" && export REGILD_AZURERM
export REGILD_ACTIONLINT="$REGILD_PEERS/actionlint-$actionlint_version/actionlint"
echo "# strangers: $(date +%T)"
side_by_side prepare "${wanted[@]}"
echo "# parts: $(date +%T)"

able=() failed=0 skipped=0
for part in "${parts[@]}"; do
  if ! reason=$(reason "$part"); then
    able+=("$part")
  elif [ "${CI:-}" = true ]; then
    echo "FAILED  $part, since CI skips nothing: $reason"
    failed=$((failed + 1))
  else
    echo "skipped $part: $reason"
    skipped=$((skipped + 1))
  fi
done
rm -f "$work"/*.broke
[ "${#able[@]}" -eq 0 ] || side_by_side run_part "${able[@]}"
for part in "${able[@]}"; do
  cat "$work/$part.said"
  # One that broke off says nothing of what it had still to say.
  [ ! -e "$work/$part.broke" ] || grep -q '^FAILED ' "$work/$part.said" || echo "FAILED  $part: it broke off"
done >"$work/said"
cat "$work/said"
failed=$((failed + $(grep -c '^FAILED ' "$work/said" || true)))
echo "# end: $(date +%T)"
echo "$(grep -c '^ok ' "$work/said" || true) passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
