# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# The system below: its family, its architecture, its console, and when its first boot is over.

regild_os_release() (
  file=/etc/os-release
  [ -r "$file" ] || file=/usr/lib/os-release
  sed -n "s/^$1=//p" "$file" 2>/dev/null | tr -d "\"'" | head -n 1
)

# The system's family. The plan says it, in guest.env beside the scripts or in the script that was sent whole; nothing is guessed from the
# system.
# shellcheck source=/dev/null # written by the plan
[ -n "${REGILD_FAMILY:-}" ] || [ ! -r "$REGILD_HOME/guest.env" ] || . "$REGILD_HOME/guest.env"
case ${REGILD_FAMILY:-} in
  debian | redhat | suse | transactional | azurelinux) ;;
  '') regild_die "nothing says of which family this system is: REGILD_FAMILY is not set, and $REGILD_HOME/guest.env does not set it" ;;
  *) regild_die "no guest script changes a system of the family '$REGILD_FAMILY'" ;;
esac

# The plan was made for one system, and a guest of another is left as it is: its release, by the first number, and its architecture.
# Systems with a read-only root rename themselves from release to release, so their family alone is compared. guest.env says none of
# it where scripts run by hand.
regild_require_planned_system() (
  [ -n "${REGILD_MACHINE:-}" ] || return 0
  id=$(regild_os_release ID)
  version=$(regild_os_release VERSION_ID)
  wanted=no
  for one in ${REGILD_SYSTEMS:-}; do
    case $id in "$one" | "$one"[-_]*) wanted=yes ;; *) ;; esac
  done
  [ "$REGILD_FAMILY" != transactional ] || wanted=yes
  major=${version%%.*}
  case $version in '' | "${REGILD_MAJOR:-$major}" | "${REGILD_MAJOR:-$major}".*) ;; *) wanted=no ;; esac
  [ "$(uname -m)" = "$REGILD_MACHINE" ] || wanted=no
  [ "$wanted" = yes ] ||
    regild_die "this is $id $version on $(uname -m), and the plan is for ${REGILD_SYSTEMS:-} ${REGILD_MAJOR:-} on $REGILD_MACHINE"
)

regild_is_arm64() {
  case $(uname -m) in
    aarch64 | arm64) return 0 ;;
    *) return 1 ;;
  esac
}

regild_console() {
  if regild_is_arm64; then echo ttyAMA0; else echo ttyS0; fi
}

# SSH answers before cloud-init has made accounts and package sources, and before the package managers of the first boot are done.
regild_wait_for_first_boot() {
  [ -d /run/systemd/system ] && command -v cloud-init >/dev/null 2>&1 || return 0
  timeout 900 cloud-init status --wait >/dev/null 2>&1 || regild_log 'cloud-init did not end well within 15 minutes'
}

# Asks one of Azure's own addresses with curl's arguments: once more, and a third time, where it is late, breaks off or says that it is too
# busy (curl's 28, 52, 56, and 22 with -f); where nobody is, that is the answer.
regild_ask_fabric() (
  for pause in 2 5 0; do
    code=0
    curl -s -m 10 --noproxy '*' "$@" || code=$?
    case $code in
      22 | 28 | 52 | 56) sleep "$pause" ;;
      *) break ;;
    esac
  done
  exit "$code"
)

# A field of Azure's metadata service, as text.
regild_metadata() {
  regild_ask_fabric -f -H Metadata:true "http://169.254.169.254/metadata/instance/$1?api-version=2021-02-01&format=text"
}
